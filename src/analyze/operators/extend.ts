import type { ExtendOperator, SerializeOperator } from "../../kql/ast.ts";
import type { NamedExpr, Relation } from "../../plan/nodes.ts";
import type { Column } from "../../types/scalar-type.ts";
import { expression } from "../expression.ts";
import { automaticName, ColumnNames } from "../names.ts";
import type { TableScope } from "../session.ts";
import { oneName } from "./named.ts";

/** `extend a = x, b = y`: new columns come last, a name that exists is replaced in place. (extend-operator) */
export function extend(o: ExtendOperator | SerializeOperator, input: Relation, scope: TableScope): Relation {
  const names = new ColumnNames(input.columns.map((c) => c.name));
  const values: NamedExpr[] = [];
  for (const column of o.columns) {
    const value = expression(column.value, { ...scope, input });
    const name = oneName(column, scope.session) ?? automaticName(column.value) ?? names.number();
    const again = values.findIndex((v) => v.name === name);
    if (again >= 0) scope.session.diagnostics.add("KQL105", column.span, `the column \`${name}\` is given twice`);
    else values.push({ name, value });
  }
  if (values.length === 0) return input;
  return { kind: "extend", input, values, columns: extended(input.columns, values), span: o.span };
}

/** The columns after an extend. */
export function extended(columns: readonly Column[], values: readonly NamedExpr[]): Column[] {
  const result = columns.map((c) => {
    const value = values.find((v) => v.name === c.name);
    return value ? { name: c.name, type: value.value.type } : c;
  });
  for (const { name, value } of values) {
    if (!columns.some((c) => c.name === name)) result.push({ name, type: value.type });
  }
  return result;
}
