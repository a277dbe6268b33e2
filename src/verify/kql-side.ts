import { compileKql } from "../compile.ts";
import type { Profile, TableMapping } from "../fields/profile.ts";
import { fieldOf, mappingOf } from "../fields/profile.ts";
import { expressionsOf, inputsOf, operandsOf } from "../plan/children.ts";
import type { Expr, Plan, Relation } from "../plan/nodes.ts";
import { foldConstants } from "../rewrite/fold-constants.ts";
import { inlineLets } from "../rewrite/inline-lets.ts";
import { rewritePlanExpressions, rewriteRelations } from "../rewrite/walk.ts";
import { QueryError, tablesOf } from "../run.ts";
import type { TableDeclarations } from "../schemas/declared.ts";
import { knownColumns } from "../schemas/known-tables.ts";
import { NotRunnable, preparePlan } from "../targets/typescript/execute.ts";
import type { Column, ScalarType } from "../types/scalar-type.ts";
import type { Value } from "../types/value.ts";
import { beforeGroups, carryIdentity, chainOf } from "./identity.ts";
import { branchesOfPlan, type Runner } from "./kql-branches.ts";
import { dictionaryOfPlan } from "./kql-dictionary.ts";
import { identity } from "./made-event.ts";
import { rowReader } from "./mapped-row.ts";
import type { Clock, Side, StageResult } from "./side.ts";
import type { ResultColumn, ResultTable } from "./table.ts";
import { otherOrders } from "./ties.ts";

/** Columns are the fields, but for the two names of the event time. */
export const ownColumns: TableMapping = {
  search: "",
  macroSearch: null,
  dataModel: null,
  logsource: null,
  missing: null,
  filled: [],
  time: "Timestamp",
  alsoShown: [],
  fields: {
    Timestamp: { kind: "field", field: "Timestamp" },
    TimeGenerated: { kind: "field", field: "Timestamp" },
  },
  otherFields: "",
};

export function tableMapping(profile: Profile | null, table: string): TableMapping {
  return profile === null ? ownColumns : (mappingOf(profile, table) ?? ownColumns);
}

export interface KqlSide extends Side {
  readonly plan: Plan;
  readonly text: string;
  readonly tables: readonly string[];
}

/**
 * A KQL rule on events in the fields of a profile, or in its own columns without one.
 * @throws QueryError for a rule that is not right, NotRunnable for one that cannot be run
 */
export async function kqlSide(
  name: string,
  text: string,
  profile: Profile | null,
  clock: Clock,
  declared: TableDeclarations = {},
): Promise<KqlSide> {
  const plan = planWithIdentity(text, declared);
  const carried = carryIdentity(plan.body);
  const tables = tablesOf(plan);
  const mapping = (table: string): TableMapping => tableMapping(profile, table);
  const readers = tables.map((table) => ({ table, read: rowReader(mapping(table), columnsRead(plan, table)) }));
  const prepare = (body: Relation): Runner => {
    const run = preparePlan({ ...plan, body, render: null });
    return async (events) => {
      const rowsByTable = Object.fromEntries(
        readers.map(({ table, read }) => [table, events.flatMap((e) => (e.table === table ? [read(e)] : []))]),
      );
      const rows: (readonly Value[])[] = [];
      for await (const row of run({ tables: rowsByTable, now: clock.now }).rows) rows.push(row);
      return rows;
    };
  };
  const main = prepare(plan.body);
  const before = beforeGroups(carried);
  const passing = before && prepare(before);
  const columns = resultColumns(plan.body);
  const constants = await constantsOf(plan, prepare);
  return {
    language: "kql",
    name,
    text,
    plan,
    tables,
    types: new Map(tables.flatMap((table) => fieldTypes(mapping(table), columnsRead(plan, table)))),
    columns,
    dictionary: dictionaryOfPlan(plan, mapping, (expr) => constants.get(expr)),
    run: async (events): Promise<ResultTable> => ({
      columns,
      rows: await main(events),
      sortedBy: sortedBy(plan.body),
      warnings: [],
    }),
    passing: passing && (async (events) => new Set((await passing(events)).map((row) => String(row[0])))),
    alternatives: alternativesOf(plan.body, columns, prepare),
    branches: branchesOfPlan(withConstants({ ...plan, body: carried }, tables.map(mapping)), text, prepare),
    async stages(events) {
      const results: StageResult[] = [];
      for (const relation of chainOf(carried)) {
        const rows = await prepare(relation)(events);
        const at = relation.columns.findIndex((c) => c.name === identity);
        results.push({
          label: shortened(text.slice(relation.span.start, relation.span.end)),
          rows: rows.length,
          ids: at < 0 ? null : new Set(rows.map((row) => String(row[at]))),
        });
      }
      return results;
    },
  };
}

function alternativesOf(
  body: Relation,
  columns: readonly ResultColumn[],
  prepare: (body: Relation) => Runner,
): Side["alternatives"] {
  const bodies = otherOrders(body);
  if (bodies.length === 0) return null;
  const runners = bodies.map(prepare);
  return async function* (events) {
    for (const run of runners) yield { columns, rows: await run(events), sortedBy: sortedBy(body), warnings: [] };
  };
}

/** The plan with `_id` as a column of every table, its lets in place. @throws QueryError */
function planWithIdentity(text: string, declared: TableDeclarations): Plan {
  const compiled = (schemas: TableDeclarations): Plan => {
    const { plan, diagnostics } = compileKql(text, { schemas });
    if (plan === null) throw new QueryError(diagnostics.filter((d) => d.severity === "error"));
    return plan;
  };
  const schemas: Record<string, Readonly<Record<string, string>>> = { ...declared };
  for (const table of tablesOf(compiled(declared))) {
    const known = Object.hasOwn(declared, table)
      ? declared[table]
      : Object.fromEntries((knownColumns(table) ?? []).map((c) => [c.name, c.type]));
    if (Object.keys(known ?? {}).length > 0) schemas[table] = { ...known, [identity]: "string" };
  }
  return foldConstants(inlineLets(compiled(schemas)));
}

/** The plan with the columns that have one value in all events replaced by it: what depends on them alone decides nothing. */
function withConstants(plan: Plan, mappings: readonly TableMapping[]): Plan {
  const constants = new Map<string, Value>();
  for (const mapping of mappings) {
    for (const [column, field] of Object.entries(mapping.fields))
      if (field.kind === "constant") constants.set(column, field.value);
  }
  if (constants.size === 0) return plan;
  const made = new Set<string>();
  const visit = (relation: Relation): void => {
    if (
      relation.kind === "extend" ||
      relation.kind === "project" ||
      relation.kind === "expand" ||
      relation.kind === "apply"
    ) {
      for (const { name, value } of relation.values) if (value.kind !== "column" || value.name !== name) made.add(name);
    }
    inputsOf(relation).forEach(visit);
  };
  visit(plan.body);
  return foldConstants(
    rewritePlanExpressions(plan, (expr) => {
      if (expr.kind !== "column" || made.has(expr.name)) return expr;
      const value = constants.get(expr.name);
      return value === undefined ? expr : { kind: "literal", value, type: expr.type, span: expr.span };
    }),
  );
}

/** The columns that a plan knows of a table. */
function columnsRead(plan: Plan, table: string): readonly Column[] {
  const columns = new Map<string, Column>();
  rewriteRelations(plan.body, (r) => {
    if (r.kind === "scan" && r.table === table) for (const c of r.columns) columns.set(c.name, c);
    return r;
  });
  return [...columns.values()];
}

/** The types of fields that hold a column as it is. */
function fieldTypes(mapping: TableMapping, columns: readonly Column[]): readonly (readonly [string, ScalarType])[] {
  return columns.flatMap((column): readonly (readonly [string, ScalarType])[] => {
    const field = fieldOf(mapping, column.name);
    return field?.kind === "field" && field.field !== mapping.time ? [[field.field, column.type]] : [];
  });
}

function resultColumns(body: Relation): readonly ResultColumn[] {
  const carried = carriedColumns(body);
  const sets = setColumns(body);
  return body.columns.map((c) => ({
    name: c.name,
    type: c.type,
    carried: carried.has(c.name),
    unordered: sets.has(c.name),
  }));
}

/** Result columns that are columns of the events, unchanged. */
function carriedColumns(relation: Relation): ReadonlySet<string> {
  switch (relation.kind) {
    case "scan":
      return new Set(relation.columns.map((c) => c.name));
    case "filter":
    case "sort":
    case "limit":
      return carriedColumns(relation.input);
    case "extend":
    case "expand":
    case "apply": {
      const made = new Set<string>(relation.values.map((v) => v.name));
      return new Set([...carriedColumns(relation.input)].filter((name) => !made.has(name)));
    }
    case "project": {
      const below = carriedColumns(relation.input);
      return new Set(
        relation.values.flatMap(({ name, value }) =>
          value.kind === "column" && value.name === name && below.has(name) ? [name] : [],
        ),
      );
    }
    default:
      return new Set();
  }
}

/** Columns with arrays whose order means nothing. */
function setColumns(relation: Relation): ReadonlySet<string> {
  const found = new Set<string>();
  for (const r of chainOf(relation)) {
    if (r.kind === "aggregate") {
      for (const call of r.aggregates) {
        if (/^make_(?:set|list)/.test(call.function)) for (const c of call.columns) found.add(c.name);
      }
    }
    if (r.kind === "project") {
      for (const { name, value } of r.values) if (value.kind === "column" && found.has(value.name)) found.add(name);
    }
  }
  return found;
}

/** The columns by which the result is sorted. */
function sortedBy(body: Relation): readonly string[] | null {
  let relation = body;
  const names = new Map<string, string>();
  while (relation.kind === "limit" || relation.kind === "project" || relation.kind === "extend") {
    if (relation.kind === "project") {
      for (const { name, value } of relation.values) if (value.kind === "column") names.set(value.name, name);
    }
    relation = relation.input;
  }
  if (relation.kind !== "sort") return null;
  const keys = relation.keys.map((k) => (k.value.kind === "column" ? (names.get(k.value.name) ?? k.value.name) : null));
  const known = keys.slice(0, keys.includes(null) ? keys.indexOf(null) : keys.length);
  return known.filter((k): k is string => k !== null);
}

/** The values of all expressions without columns, those that ask for the time included. */
async function constantsOf(plan: Plan, prepare: (body: Relation) => Runner): Promise<ReadonlyMap<Expr, Value>> {
  const exprs = new Set<Expr>();
  const collect = (expr: Expr): void => {
    if (isConstant(expr)) exprs.add(expr);
    else {
      operandsOf(expr).forEach(collect);
      if (expr.kind === "in-table" || expr.kind === "toscalar") each(expr.table);
    }
  };
  const each = (relation: Relation): void => {
    expressionsOf(relation).forEach(collect);
    inputsOf(relation).forEach(each);
  };
  each(plan.body);
  const values = new Map<Expr, Value>();
  const computed = [...exprs].filter((expr) => {
    if (expr.kind === "literal") values.set(expr, expr.value);
    return expr.kind !== "literal";
  });
  for (const expr of computed) {
    const columns = [{ name: "value", type: expr.type }];
    try {
      const [row] = await prepare({ kind: "rows", rows: [[expr]], columns, span: expr.span })([]);
      if (row?.[0] !== undefined) values.set(expr, row[0]);
    } catch (problem) {
      if (!(problem instanceof NotRunnable)) throw problem;
    }
  }
  return values;
}

function isConstant(expr: Expr): boolean {
  if (expr.kind === "column" || expr.kind === "in-table" || expr.kind === "toscalar") return false;
  return operandsOf(expr).every(isConstant);
}

export function shortened(text: string, length = 100): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > length ? `${line.slice(0, length - 1)}…` : line;
}
