import { compileKql } from "../../src/compile.ts";
import { parseKqlText } from "../../src/kql/parse.ts";
import { printKql } from "../../src/kql/print.ts";
import type { Plan } from "../../src/plan/nodes.ts";
import { filterBeforeInnerunique } from "../../src/rewrite/filter-before-innerunique.ts";
import { foldConstants } from "../../src/rewrite/fold-constants.ts";
import { inlineLets } from "../../src/rewrite/inline-lets.ts";
import { pruneLets } from "../../src/rewrite/prune-lets.ts";
import { useTimeColumn } from "../../src/rewrite/time-column.ts";
import { QueryError, runKql } from "../../src/run.ts";
import { parseDatetime } from "../../src/runtime/index.ts";
import { emitKql } from "../../src/targets/kql/index.ts";
import { executePlan } from "../../src/targets/typescript/execute.ts";
import { Datetime } from "../../src/types/time.ts";
import type { Value } from "../../src/types/value.ts";
import { header, misfit, shown } from "./cells.ts";
import { otherSchema, schema } from "./tables.ts";

const schemas = { T: schema, U: otherSchema };
export const clock = parseDatetime("2026-01-01T00:00:00Z") ?? new Datetime(0n);

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
};

/** What running does to a plan first. */
const ready = (plan: Plan): Plan => filterBeforeInnerunique(pruneLets(foldConstants(plan)));

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
  const run = await rowsOf(ready(plan), tables);
  // Which row of a key innerunique keeps is up to what comes behind it: the one rewrite that chooses among right answers.
  if (!/\bjoin (?!kind=)|innerunique/.test(kql))
    yield { name: "filters before innerunique", text: kql, rows: run, wanted };
  // Rows that say the names of columns change with them.
  if (!/getschema|narrow|search|pack_all|bag_unpack|reorder/.test(kql)) {
    for (const flavour of ["defender", "sentinel"] as const) {
      const rows = await rowsOf(useTimeColumn(plan, flavour, kql), tables);
      yield { name: flavour, text: kql, rows: rows.slice(1), wanted: wanted.slice(1) };
    }
  }
  for (const { name, text } of printed(kql, plan)) {
    const again = compileKql(text, { schemas });
    if (again.plan === null) throw new Error(`${name}: ${again.diagnostics[0]?.message}\n${text}`);
    yield { name, text, rows: await rowsOf(again.plan, tables), wanted };
    yield { name: `${name}, as it is run`, text, rows: await rowsOf(ready(again.plan), tables), wanted: run };
  }
}

/**
 * The same for a query in which the data decides on the columns, so that its plan alone cannot be run; no roads where the data lacks
 * a column that the query names.
 */
export async function* roadsOfText(kql: string, plan: Plan, tables: Tables): AsyncGenerator<Road> {
  // search names the columns that are known before there are data.
  if (/\bsearch\b/.test(kql)) return;
  let wanted: readonly string[];
  try {
    wanted = await cellsOf(kql, tables);
  } catch (error) {
    if (error instanceof QueryError) return;
    throw error;
  }
  for (const { name, text } of printed(kql, plan)) yield { name, text, rows: await cellsOf(text, tables), wanted };
}

async function cellsOf(kql: string, tables: Tables): Promise<readonly string[]> {
  const { columns, rows } = await runKql(kql, { tables, schemas, now: "2026-01-01T00:00:00Z" });
  return [header(columns), ...rows.map((row) => row.map((cell) => shown(cell as Value)).join(" | "))];
}

/** A query as each printer writes it. */
function printed(kql: string, plan: Plan): readonly { readonly name: string; readonly text: string }[] {
  const { query } = parseKqlText(kql);
  if (query === null) throw new Error("not read");
  return [
    { name: "the tree printed", text: printKql(query) },
    { name: "the plan as KQL", text: emitKql(plan).text },
    { name: "the plan as KQL, spelled as before", text: emitKql(plan, { query: kql }).text },
  ];
}
