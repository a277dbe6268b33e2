import type { ProjectOperator } from "../../kql/ast.ts";
import type { Relation } from "../../plan/nodes.ts";
import { expression } from "../expression.ts";
import type { TableScope } from "../session.ts";
import { Projection } from "./projection.ts";
import { tupleParts } from "./tuple.ts";

/** `project a, b = x` (project-operator) */
export function project(o: ProjectOperator, input: Relation, scope: TableScope): Relation {
  const projection = new Projection(null, scope.session);
  for (const column of o.columns) {
    const value = expression(column.value, { ...scope, input });
    // One name takes the first of several values.
    const parts = column.names.length === 1 ? null : tupleParts(column.value, value);
    if (parts) projection.spread(column, parts);
    else projection.add(column, value);
  }
  const { values } = projection;
  const columns = values.map((v) => ({ name: v.name, type: v.value.type }));
  return { kind: "project", input, values, keyword: "project", columns, span: o.span };
}
