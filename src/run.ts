import { discoveredColumns } from "./analyze/discovered-columns.ts";
import { type CompileOptions, compileKql } from "./compile.ts";
import { Diagnostics } from "./diagnostics/diagnostic.ts";
import { QueryError } from "./diagnostics/query-error.ts";
import type { Plan, Plugin, Relation, Scan } from "./plan/nodes.ts";
import { decidesOnRows } from "./plan/settings.ts";
import { filterBeforeInnerunique } from "./rewrite/filter-before-innerunique.ts";
import { foldConstants } from "./rewrite/fold-constants.ts";
import { pruneLets } from "./rewrite/prune-lets.ts";
import { rewriteRelations } from "./rewrite/walk.ts";
import { type Cell, cellOf } from "./runtime/cell.ts";
import { parseDatetime } from "./runtime/index.ts";
import type { TableDeclarations } from "./schemas/declared.ts";
import { inferColumns } from "./schemas/infer.ts";
import { knownColumns } from "./schemas/known-tables.ts";
import { type Execution, executePlan, NotRunnable } from "./targets/typescript/execute.ts";
import type { Column } from "./types/scalar-type.ts";
import type { Datetime } from "./types/time.ts";

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

export { QueryError };

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
  const now = clock(options.now);
  const plan = await discovered(text, schemas, tables, now);
  const missing = new Diagnostics(text);
  for (const scan of scansOf(plan)) {
    if (Object.hasOwn(tables, scan.table) || scan.pattern !== undefined) continue;
    missing.add(
      "KQL113",
      scan.span,
      `there are no events for the table \`${scan.table}\``,
      "an empty list says that there are none",
    );
  }
  if (missing.failed) throw new QueryError(missing.list);
  const ready = filterBeforeInnerunique(pruneLets(foldConstants(withoutAbsentTables(plan, tables))));
  const { columns, rows } = executed(text, ready, tables, now);
  return {
    columns: columns.map((c) => (c.type === "unknown" ? { ...c, type: "dynamic" } : c)),
    rows: cells(rows, columns),
  };
}

/** Plugins whose columns the data decides, in one query; each is looked at before the query is run. */
const mostDiscoveries = 20;

/** The plan, with the columns of plugins such as bag_unpack as the data has them. */
async function discovered(
  text: string,
  schemas: TableDeclarations,
  tables: Record<string, Events>,
  now: Datetime,
): Promise<Plan> {
  const found = new Map<number, readonly Column[]>();
  for (;;) {
    const { plan, diagnostics } = compileKql(text, { schemas, present: Object.keys(tables), discovered: found });
    if (!plan) throw new QueryError(diagnostics.filter((d) => d.severity === "error"));
    const open = firstUndiscovered(plan);
    if (!open?.discover || found.size >= mostDiscoveries || found.has(open.span.start)) return plan;
    const values: Plan = { ...plan, body: open.discover.values, render: null };
    // The events are read twice.
    for (const table of tablesOf(values)) {
      const events = tables[table];
      if (events !== undefined && !Array.isArray(events)) tables[table] = await allOf(events);
    }
    const ready = pruneLets(foldConstants(withoutAbsentTables(values, tables)));
    found.set(open.span.start, await discoveredColumns(open.discover, executed(text, ready, tables, now).rows));
  }
}

async function allOf(events: Events): Promise<readonly object[]> {
  const all: object[] = [];
  for await (const event of events) all.push(event);
  return all;
}

/** The first plugin, from the data up, whose columns are still to be found. */
function firstUndiscovered(plan: Plan): Plugin | undefined {
  let first: Plugin | undefined;
  const visit = (r: Relation): Relation => {
    if (r.kind === "plugin" && r.discover) first ??= r;
    return r;
  };
  for (const l of plan.lets) if (l.kind === "table") rewriteRelations(l.value, visit);
  rewriteRelations(plan.body, visit);
  return first;
}

/** What the plan has and the emitted module cannot do yet is a finding about the query. */
function executed(text: string, plan: Plan, tables: Readonly<Record<string, Events>>, now: Datetime): Execution {
  const setting = plan.settings.find((s) => s.kind === "set" && decidesOnRows(s));
  if (setting !== undefined) {
    const findings = new Diagnostics(text);
    const hint = "take it out to run the query without it";
    findings.add("KQL108", setting.span, `the setting ${setting.name} is not followed here`, hint);
    throw new QueryError(findings.list);
  }
  try {
    return executePlan(plan, { tables, now });
  } catch (error) {
    if (!(error instanceof NotRunnable)) throw error;
    const findings = new Diagnostics(text);
    for (const note of error.notes) if (note.level === "unsupported") findings.add("KQL108", note.span, note.message);
    throw new QueryError(findings.list);
  }
}

async function* cells(rows: AsyncIterable<readonly unknown[]>, columns: readonly Column[]): AsyncGenerator<Cell[]> {
  for await (const row of rows) yield columns.map((c, i) => cellOf(row[i] as never, c.type));
}

function clock(now: string | Date | undefined): Datetime {
  const value = parseDatetime(
    now === undefined ? new Date().toISOString() : now instanceof Date ? now.toISOString() : now,
  );
  if (!value) throw new RangeError(`\`${String(now)}\` is not a time; write it as 2026-01-31T12:00:00Z`);
  return value;
}

/** A union's pattern means the tables that exist: here, those with events. */
function withoutAbsentTables(plan: Plan, tables: Readonly<Record<string, Events>>): Plan {
  const change = (r: Relation): Relation => {
    if (r.kind !== "union") return r;
    const there = r.inputs.map((i) => i.kind !== "scan" || i.pattern === undefined || Object.hasOwn(tables, i.table));
    if (there.every(Boolean)) return r;
    const kept = <T>(list: readonly T[]): T[] => list.filter((_, i) => there[i]);
    if (!there.some(Boolean)) return { kind: "rows", rows: [], columns: r.columns, span: r.span };
    return { ...r, inputs: kept(r.inputs), mappings: kept(r.mappings), sourceNames: kept(r.sourceNames) };
  };
  return {
    ...plan,
    lets: plan.lets.map((l) => (l.kind === "table" ? { ...l, value: rewriteRelations(l.value, change) } : l)),
    body: rewriteRelations(plan.body, change),
  };
}

/** The tables that a plan reads. */
export function tablesOf(plan: Plan): readonly string[] {
  return [...new Set(scansOf(plan).map((scan) => scan.table))];
}

function scansOf(plan: Plan): readonly Scan[] {
  const found: Scan[] = [];
  const visit = (r: Relation): Relation => {
    if (r.kind === "scan") found.push(r);
    return r;
  };
  rewriteRelations(plan.body, visit);
  for (const l of plan.lets) if (l.kind === "table") rewriteRelations(l.value, visit);
  return found;
}
