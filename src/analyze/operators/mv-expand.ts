import type { MvExpandColumn, MvExpandOperator, OperatorParameter } from "../../kql/ast.ts";
import type { Expansion, Relation } from "../../plan/nodes.ts";
import type { Column } from "../../types/scalar-type.ts";
import { expression } from "../expression.ts";
import { automaticName, ColumnNames } from "../names.ts";
import type { TableScope } from "../session.ts";

/** The text of a setting such as `bagexpansion=array`, or null. */
export function parameter(list: readonly OperatorParameter[], name: string): string | null {
  const found = list.find((p) => p.name === name);
  if (!found) return null;
  return "text" in found.value && !("kind" in found.value)
    ? found.value.text
    : String((found.value as { value: unknown }).value);
}

/** The expanded columns of mv-expand and mv-apply. */
export function expansions(columns: readonly MvExpandColumn[], input: Relation, scope: TableScope): Expansion[] {
  const names = new ColumnNames(input.columns.map((c) => c.name));
  const given = new Set<string>();
  return columns.map((column) => {
    const value = expression(column.value, { ...scope, input });
    if (value.type !== "dynamic" && value.type !== "unknown") {
      scope.session.diagnostics.add(
        "KQL104",
        column.span,
        `\`${scope.session.excerpt(column.value.span)}\` is a ${value.type}, only an array or a bag can be expanded`,
        value.type === "string" ? "parse_json(…) or split(…) makes one of a string" : undefined,
      );
    }
    const name = column.name?.text ?? automaticName(column.value) ?? names.number(scope.session);
    if (given.has(name)) scope.session.diagnostics.add("KQL105", column.span, `the column \`${name}\` is given twice`);
    given.add(name);
    return { name, value, type: column.type ?? "dynamic" };
  });
}

/** The name of the column with the elements' places: the one asked for, numbered where it is taken. */
export function indexName(wanted: string | null, input: Relation, values: readonly Expansion[]): string | null {
  return wanted === null
    ? null
    : new ColumnNames([...input.columns.map((c) => c.name), ...values.map((v) => v.name)]).add(wanted);
}

/** The input's columns with the expanded ones in place, or at the end when new; then the index. */
export function expandedColumns(input: Relation, values: readonly Expansion[], index: string | null): Column[] {
  const columns = input.columns.map((c) => {
    const value = values.find((v) => v.name === c.name);
    return value ? { name: c.name, type: value.type } : c;
  });
  for (const { name, type } of values) {
    if (!input.columns.some((c) => c.name === name)) columns.push({ name, type });
  }
  if (index !== null) columns.push({ name: index, type: "long" });
  return columns;
}

/** `mv-expand a, b = x to typeof(T)` (mv-expand-operator) */
export function mvExpand(o: MvExpandOperator, input: Relation, scope: TableScope): Relation {
  const values = expansions(o.columns, input, scope);
  const indexColumn = indexName(parameter(o.parameters, "with_itemindex"), input, values);
  const bagExpansion =
    (parameter(o.parameters, "bagexpansion") ?? parameter(o.parameters, "kind")) === "array" ? "array" : "bag";
  const limit = o.limit ? expression(o.limit, { ...scope, input: null }) : null;
  const columns = expandedColumns(input, values, indexColumn);
  return { kind: "expand", input, values, bagExpansion, indexColumn, limit, columns, span: o.span };
}
