import type { ColumnPattern, Expression, FindOperator, UnionOperator } from "../../kql/ast.ts";
import { operandsOf } from "../../plan/children.ts";
import type { Expr, NamedExpr, Relation, Union } from "../../plan/nodes.ts";
import type { Column, ScalarType } from "../../types/scalar-type.ts";
import { opaque } from "../open.ts";
import type { TableScope } from "../session.ts";
import { conversions } from "../types.ts";
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
  const types = new Map<string, ScalarType>();
  for (const { table } of legs)
    for (const c of table.columns) types.set(c.name, commonType(types.get(c.name) ?? c.type, c.type));
  const filtered = legs.map(({ table }): Relation => {
    if (o.predicate === null) return table;
    // What a table lacks and another one has is null in it.
    const lacking = [...types].flatMap(([name, type]): Column[] =>
      table.columns.some((c) => c.name === name) ? [] : [{ name, type }],
    );
    const seen = { ...table, columns: [...table.columns, ...lacking] };
    const predicate = session.condition(o.predicate, { ...scope, input: seen });
    const read = lacking.filter((c) => reads(predicate, c.name));
    const values = read.map((c) => ({ name: c.name, value: literal(c.type, c.type === "string" ? "" : null, span) }));
    const columns = [...table.columns, ...read];
    const input: Relation = values.length === 0 ? table : { kind: "extend", input: table, values, columns, span };
    return { kind: "filter", input, predicate, columns, span };
  });
  const wanted = wantedColumns(o, legs, filtered, types);
  const isRest = [...types.keys()].some((name) => !wanted.some((w) => w.name === name));
  const packs = o.output?.kind === "project" ? o.output.pack : isRest;
  const columns: Column[] = [
    { name: source, type: "string" },
    ...wanted,
    ...(packs ? [{ name: "pack_", type: "dynamic" as const }] : []),
  ];
  const away = o.output?.kind === "project-smart" ? o.output.away : [];
  const inputs = filtered.map((table, i) => projected(table, legs[i]?.name ?? "", source, wanted, packs, away, span));
  const result: Union = {
    kind: "union",
    inputs,
    mappings: inputs.map((input) => Object.fromEntries(input.columns.map((c) => [c.name, c.name]))),
    sourceColumn: null,
    sourceNames: inputs.map((_, i) => `union_arg${i}`),
    columns,
    span,
  };
  return result;
}

const reads = (e: Expr, column: string): boolean =>
  e.kind === "column" ? e.name === column : operandsOf(e).some((operand) => reads(operand, column));

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
function wantedColumns(
  o: FindOperator,
  legs: readonly Leg[],
  tables: readonly Relation[],
  types: ReadonlyMap<string, ScalarType>,
): Column[] {
  if (o.output?.kind === "project")
    return o.output.columns.map((c) => ({ name: c.name.text, type: c.type ?? types.get(c.name.text) ?? "dynamic" }));
  const read = new Set<string>();
  const visit = (e: Expr): void => {
    if (e.kind === "column") read.add(e.name);
    operandsOf(e).forEach(visit);
  };
  for (const table of tables) if (table.kind === "filter") visit(table.predicate);
  const all = [...types].map(([name, type]) => ({ name, type }));
  const isCommon = ({ name }: Column): boolean => legs.every(({ table }) => table.columns.some((c) => c.name === name));
  return [...all.filter(isCommon), ...all.filter((c) => !isCommon(c) && read.has(c.name))];
}

/** A table's rows in the columns of the result. */
function projected(
  table: Relation,
  name: string,
  source: string,
  wanted: readonly Column[],
  packs: boolean,
  away: readonly ColumnPattern[],
  span: Relation["span"],
): Relation {
  const found = wanted.map(({ name, type }): NamedExpr => {
    const column = table.columns.find((c) => c.name === name);
    if (!column) return { name, value: literal(type, null, span) };
    const converter = conversions[type];
    const value = columnRef(column, span);
    return { name, value: column.type === type || !converter ? value : call(converter, [value], type, span) };
  });
  const rest = table.columns.filter(
    (c) => !wanted.some((w) => w.name === c.name) && !away.some((p) => fits(p.pattern, c.name)),
  );
  const pairs = rest.flatMap((c) => [literal("string", c.name, span), columnRef(c, span)]);
  const bag = pairs.length === 0 ? literal("dynamic", {}, span) : call("bag_pack", pairs, "dynamic", span);
  const values: NamedExpr[] = [{ name: source, value: literal("string", name, span) }, ...found];
  if (packs) values.push({ name: "pack_", value: bag });
  const columns = values.map((v) => ({ name: v.name, type: v.value.type }));
  return { kind: "project", input: table, values, keyword: "project", columns, span };
}
