import type { ColumnPattern, Expression, FindOperator, UnionOperator } from "../../kql/ast.ts";
import { operandsOf } from "../../plan/children.ts";
import type { Expr, NamedExpr, Relation, Union } from "../../plan/nodes.ts";
import type { Column, ScalarType } from "../../types/scalar-type.ts";
import { opaque } from "../open.ts";
import type { TableScope } from "../session.ts";
import { call, columnRef, literal } from "../values.ts";
import { parameter } from "./mv-expand.ts";
import { fits } from "./project-columns.ts";
import { union } from "./union.ts";

/**
 * `find withsource=s in (A, B) where p project a, b: string, pack(*)`: rows of several tables, brought to the columns that are asked
 * for, those of the condition by default, and the others in a bag. (find-operator)
 */
export function find(o: FindOperator, scope: TableScope): Relation {
  const { session } = scope;
  const { span } = o;
  const source = parameter(o.parameters, "withsource") ?? "source_";
  if (o.tables.length === 0) return opaque("a find in all tables", [{ name: source, type: "string" }], span, session);
  const legs = o.tables.flatMap((table) => legsOf(table, o, scope));
  const filtered = legs.map(({ table }): Relation => {
    if (o.predicate === null) return table;
    const predicate = session.condition(o.predicate, { ...scope, input: table });
    return { kind: "filter", input: table, predicate, columns: table.columns, span };
  });
  const types = new Map<string, ScalarType>();
  for (const { table } of legs)
    for (const c of table.columns) types.set(c.name, commonType(types.get(c.name) ?? c.type, c.type));
  const wanted = wantedColumns(o, filtered, types);
  const isRest = [...types.keys()].some((name) => !wanted.some((w) => w.name === name));
  const packs = o.output?.kind === "project" ? o.output.pack : isRest;
  const columns: Column[] = [
    { name: source, type: "string" },
    ...wanted,
    ...(packs ? [{ name: "pack_", type: "dynamic" as const }] : []),
  ];
  const away = o.output?.kind === "project-smart" ? o.output.away : [];
  const inputs = filtered.map((table) => projected(table, wanted, packs, away, span));
  const result: Union = {
    kind: "union",
    inputs,
    mappings: inputs.map((input) => Object.fromEntries(input.columns.map((c) => [c.name, c.name]))),
    sourceColumn: source,
    sourceNames: legs.map((l) => l.name),
    columns,
    span,
  };
  return result;
}

interface Leg {
  readonly table: Relation;
  readonly name: string;
}

/** The tables that a name or a pattern stands for, as union finds them. */
function legsOf(table: Expression | ColumnPattern, o: FindOperator, scope: TableScope): readonly Leg[] {
  const one: UnionOperator = {
    kind: "union",
    parameters: [],
    tables: [table],
    span: o.span,
    keywordSpan: o.keywordSpan,
  };
  const found = union(one, null, scope);
  if (found.kind !== "union") return [{ table: found, name: "union_arg0" }];
  return found.inputs.map((input, i) => ({ table: input, name: found.sourceNames[i] ?? "" }));
}

/** The type of a column that tables have in different ones. */
function commonType(a: ScalarType, b: ScalarType): ScalarType {
  if (a === b) return a;
  const whole = (t: ScalarType): boolean => t === "int" || t === "long";
  if (whole(a) && whole(b)) return "long";
  return (whole(a) || a === "real") && (whole(b) || b === "real") ? "real" : "dynamic";
}

/** What `project` lists, or the columns that all tables have and those that the condition reads. */
function wantedColumns(o: FindOperator, tables: readonly Relation[], types: ReadonlyMap<string, ScalarType>): Column[] {
  if (o.output?.kind === "project")
    return o.output.columns.map((c) => ({ name: c.name.text, type: c.type ?? types.get(c.name.text) ?? "dynamic" }));
  const read = new Set<string>();
  const visit = (e: Expr): void => {
    if (e.kind === "column") read.add(e.name);
    operandsOf(e).forEach(visit);
  };
  for (const table of tables) if (table.kind === "filter") visit(table.predicate);
  const all = [...types].map(([name, type]) => ({ name, type }));
  const isCommon = ({ name }: Column): boolean => tables.every((t) => t.columns.some((c) => c.name === name));
  return [...all.filter(isCommon), ...all.filter((c) => !isCommon(c) && read.has(c.name))];
}

const converters: Partial<Record<ScalarType, string>> = {
  string: "tostring",
  long: "tolong",
  int: "toint",
  real: "toreal",
  bool: "tobool",
  datetime: "todatetime",
  timespan: "totimespan",
  dynamic: "todynamic",
};

/** A table's rows in the columns of the result. */
function projected(
  table: Relation,
  wanted: readonly Column[],
  packs: boolean,
  away: readonly ColumnPattern[],
  span: Relation["span"],
): Relation {
  const values = wanted.map(({ name, type }): NamedExpr => {
    const column = table.columns.find((c) => c.name === name);
    if (!column) return { name, value: literal(type, null, span) };
    const converter = converters[type];
    const value = columnRef(column, span);
    return { name, value: column.type === type || !converter ? value : call(converter, [value], type, span) };
  });
  const rest = table.columns.filter(
    (c) => !wanted.some((w) => w.name === c.name) && !away.some((p) => fits(p.pattern, c.name)),
  );
  const pairs = rest.flatMap((c) => [literal("string", c.name, span), columnRef(c, span)]);
  if (packs) values.push({ name: "pack_", value: call("bag_pack", pairs, "dynamic", span) });
  const columns = values.map((v) => ({ name: v.name, type: v.value.type }));
  return { kind: "project", input: table, values, keyword: "project", columns, span };
}
