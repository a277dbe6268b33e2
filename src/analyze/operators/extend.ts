import type { ExtendOperator, SerializeOperator } from "../../kql/ast.ts";
import type { NamedExpr, Relation } from "../../plan/nodes.ts";
import type { Column } from "../../types/scalar-type.ts";
import { expression } from "../expression.ts";
import type { TableScope } from "../session.ts";
import { Projection } from "./projection.ts";
import { tupleParts } from "./tuple.ts";

/** `extend a = x, b = y`: new columns come last, a name that exists is replaced in place. (extend-operator) */
export function extend(o: ExtendOperator | SerializeOperator, input: Relation, scope: TableScope): Relation {
  const projection = new Projection(input.columns, scope.session);
  for (const column of o.columns) {
    const value = expression(column.value, { ...scope, input });
    // One name takes the first of several values.
    const parts = column.names.length === 1 ? null : tupleParts(column.value, value);
    if (parts) projection.spread(column, parts);
    else projection.add(column, value);
  }
  const { values } = projection;
  if (values.length === 0) return input;
  return { kind: "extend", input, values, columns: extended(input.columns, values), span: o.span };
}

/** The columns after an extend. */
export function extended(columns: readonly Column[], values: readonly NamedExpr[]): readonly Column[] {
  const given = new Map(values.map((v) => [v.name, v.value.type]));
  const result = columns.map((c) => {
    const type = given.get(c.name);
    if (type === undefined) return c;
    given.delete(c.name);
    return { name: c.name, type };
  });
  for (const [name, type] of given) result.push({ name, type });
  return result;
}
