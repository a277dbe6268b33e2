import { compileKql, type CompileOptions } from "./compile.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import type { Plan, Relation } from "./plan/nodes.ts";
import { foldConstants } from "./rewrite/fold-constants.ts";
import { pruneLets } from "./rewrite/prune-lets.ts";
import { rewriteRelations } from "./rewrite/walk.ts";
import { type Cell, cellOf } from "./runtime/cell.ts";
import { inferColumns } from "./schemas/infer.ts";
import { knownColumns } from "./schemas/known-tables.ts";
import { executePlan } from "./targets/typescript/execute.ts";
import { parseDatetime } from "./runtime/index.ts";
import { Datetime } from "./types/time.ts";
import type { Column } from "./types/scalar-type.ts";

export type Events = Iterable<object> | AsyncIterable<object>;

export interface RunOptions extends CompileOptions {
  readonly tables?: Readonly<Record<string, Events>>;
  /** The time that `now()` gives: ISO text or a Date; the clock's by default. */
  readonly now?: string | Date;
}

export interface Result {
  readonly columns: readonly Column[];
  readonly rows: Cell[][];
}

/** A query that cannot be run; `diagnostics` say why and where. */
export class QueryError extends Error {
  readonly diagnostics: readonly Diagnostic[];
  constructor(diagnostics: readonly Diagnostic[]) {
    const first = diagnostics.find((d) => d.severity === "error") ?? diagnostics[0];
    super(first ? `${first.line}:${first.column} ${first.code}: ${first.message}` : "the query cannot be run");
    this.name = "QueryError";
    this.diagnostics = diagnostics;
  }
}

/** Runs a query on events and gives all rows. Throws a QueryError for a query that is not right. */
export async function runKql(text: string, options: RunOptions = {}): Promise<Result> {
  const { columns, rows } = await streamKql(text, options);
  const all: Cell[][] = [];
  for await (const row of rows) all.push(row);
  return { columns, rows: all };
}

/** The same, row by row as they are found. */
export async function streamKql(
  text: string,
  options: RunOptions = {},
): Promise<{ readonly columns: readonly Column[]; readonly rows: AsyncIterable<Cell[]> }> {
  const tables: Record<string, Events> = { ...options.tables };
  const schemas = { ...options.schemas };
  for (const [name, events] of Object.entries(tables)) {
    if (Object.hasOwn(schemas, name) || knownColumns(name)) continue;
    const inferred = await inferColumns(events);
    tables[name] = inferred.events;
    schemas[name] = inferred.columns;
  }
  const { plan, diagnostics } = compileKql(text, { schemas });
  if (!plan) throw new QueryError(diagnostics.filter((d) => d.severity === "error"));
  for (const name of tablesOf(plan)) tables[name] ??= [];
  const ready = pruneLets(foldConstants(plan));
  const { columns, rows } = executePlan(ready, { tables, now: clock(options.now) });
  return { columns: columns.map((c) => (c.type === "unknown" ? { ...c, type: "dynamic" } : c)), rows: cells(rows, columns) };
}

async function* cells(rows: AsyncIterable<readonly unknown[]>, columns: readonly Column[]): AsyncGenerator<Cell[]> {
  for await (const row of rows) yield columns.map((c, i) => cellOf(row[i] as never, c.type));
}

function clock(now: string | Date | undefined): Datetime {
  const value = parseDatetime(now === undefined ? new Date().toISOString() : now instanceof Date ? now.toISOString() : now);
  if (!value) throw new RangeError(`\`${String(now)}\` is not a time; write it as 2026-01-31T12:00:00Z`);
  return value;
}

/** The tables that a plan reads. */
export function tablesOf(plan: Plan): readonly string[] {
  const found = new Set<string>();
  const visit = (r: Relation): Relation => {
    if (r.kind === "scan") found.add(r.table);
    return r;
  };
  rewriteRelations(plan.body, visit);
  for (const l of plan.lets) if (l.kind === "table") rewriteRelations(l.value, visit);
  return [...found];
}
