import { type CompileOptions, compileKql } from "../../src/compile.ts";
import type { Plan } from "../../src/plan/nodes.ts";
import { foldConstants } from "../../src/rewrite/fold-constants.ts";
import { pruneLets } from "../../src/rewrite/prune-lets.ts";
import { cellOf } from "../../src/runtime/cell.ts";
import { type Events, parseDatetime } from "../../src/runtime/index.ts";
import { executePlan } from "../../src/targets/typescript/execute.ts";
import { emitTypeScript, type TypeScriptOptions } from "../../src/targets/typescript/index.ts";
import { Datetime } from "../../src/types/time.ts";

/** Tables of the tests. */
export const schemas = {
  Logons: {
    Time: "datetime",
    User: "string",
    Host: "string",
    Count: "long",
    Score: "real",
    Ok: "bool",
    Data: "dynamic",
    "odd name": "string",
  },
  Hosts: { Host: "string", Site: "string", Weight: "long" },
} satisfies CompileOptions["schemas"];

export function planOf(query: string): Plan {
  const { plan, diagnostics } = compileKql(query, { schemas });
  if (plan === null) throw new Error(diagnostics.map((d) => d.message).join("; "));
  return pruneLets(foldConstants(plan));
}

export function emitted(query: string, options: TypeScriptOptions = {}): string {
  const { text, notes } = emitTypeScript(planOf(query), { name: "my rule", ...options });
  if (text === "") throw new Error(notes.map((note) => note.message).join("; "));
  return text;
}

/** The function's statements. */
export function bodyOf(query: string): string {
  const text = emitted(query);
  return text.slice(text.indexOf("{\n", text.indexOf("function")) + 2, text.lastIndexOf("}")).trimEnd();
}

export const clock = parseDatetime("2026-01-01T00:00:00Z") ?? new Datetime(0n);

export async function cellsOf(query: string, tables: Readonly<Record<string, Events>> = {}): Promise<unknown[][]> {
  const { columns, rows } = executePlan(planOf(query), { tables, now: clock });
  const found: unknown[][] = [];
  for await (const row of rows) found.push(columns.map((c, i) => cellOf(row[i], c.type)));
  return found;
}
