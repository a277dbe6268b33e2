import { compileKql } from "../../src/compile.ts";
import { parseKqlText } from "../../src/kql/parse.ts";
import { printKql } from "../../src/kql/print.ts";
import type { Plan } from "../../src/plan/nodes.ts";
import { filterBeforeInnerunique } from "../../src/rewrite/filter-before-innerunique.ts";
import { foldConstants } from "../../src/rewrite/fold-constants.ts";
import { inlineLets } from "../../src/rewrite/inline-lets.ts";
import { pruneLets } from "../../src/rewrite/prune-lets.ts";
import { useTimeColumn } from "../../src/rewrite/time-column.ts";
import { parseDatetime } from "../../src/runtime/index.ts";
import { emitKql } from "../../src/targets/kql/index.ts";
import { executePlan } from "../../src/targets/typescript/execute.ts";
import { Datetime } from "../../src/types/time.ts";
import { header, misfit, shown } from "./cells.ts";
import { otherSchema, schema } from "./tables.ts";

const schemas = { T: schema, U: otherSchema };
const clock = parseDatetime("2026-01-01T00:00:00Z") ?? new Datetime(0n);

/** null where the query is not right. */
export function compiled(kql: string): Plan | null {
  const { plan, diagnostics } = compileKql(kql, { schemas });
  return diagnostics.some((d) => d.severity === "error") ? null : plan;
}

export type Tables = Readonly<Record<string, readonly object[]>>;

/** The rows of a plan as it is, without the rewrites that running makes. */
export async function rowsOf(plan: Plan, tables: Tables): Promise<readonly string[]> {
  const { columns, rows } = executePlan(plan, { tables, now: clock });
  const lines: string[] = [];
  for await (const row of rows) {
    columns.forEach((c, i) => {
      const wrong = misfit(row[i], c.type);
      if (wrong !== null) throw new TypeError(`${c.name}: ${wrong}`);
    });
    lines.push(row.map(shown).join(" | "));
  }
  return [header(columns), ...lines];
}

const rewrites: Readonly<Record<string, (plan: Plan) => Plan>> = {
  "constants worked out": foldConstants,
  "lets in place": inlineLets,
  "unused lets dropped": pruneLets,
  "filters before innerunique": filterBeforeInnerunique,
  "all that running does": (plan) => filterBeforeInnerunique(pruneLets(foldConstants(plan))),
};

export interface Road {
  readonly name: string;
  readonly text: string;
  readonly rows: readonly string[];
  readonly wanted: readonly string[];
}

/** The rows of a plan by every other road, beside those that are wanted. */
export async function* roads(kql: string, plan: Plan, tables: Tables, wanted: readonly string[]): AsyncGenerator<Road> {
  for (const [name, rewrite] of Object.entries(rewrites))
    yield { name, text: kql, rows: await rowsOf(rewrite(plan), tables), wanted };
  // Rows that say the names of columns change with them.
  if (!/getschema|narrow|search|pack_all|bag_unpack|reorder/.test(kql)) {
    for (const flavour of ["defender", "sentinel"] as const) {
      const rows = await rowsOf(useTimeColumn(plan, flavour), tables);
      yield { name: flavour, text: kql, rows: rows.slice(1), wanted: wanted.slice(1) };
    }
  }
  const { query: tree } = parseKqlText(kql);
  if (tree === null) throw new Error("not read");
  const texts = {
    "the tree printed": printKql(tree),
    "the plan as KQL": emitKql(plan).text,
    "the plan as KQL, spelled as before": emitKql(plan, { query: kql }).text,
  };
  for (const [name, text] of Object.entries(texts)) {
    const again = compileKql(text, { schemas });
    if (again.plan === null) throw new Error(`${name}: ${again.diagnostics[0]?.message}\n${text}`);
    yield { name, text, rows: await rowsOf(again.plan, tables), wanted };
  }
}
