import type { ProjectOperator } from "../../kql/ast.ts";
import type { NamedExpr, Relation } from "../../plan/nodes.ts";
import { expression } from "../expression.ts";
import { automaticName, ColumnNames } from "../names.ts";
import type { TableScope } from "../session.ts";
import { columnRef } from "../values.ts";
import { oneName } from "./named.ts";

/** `project a, b = x` (project-operator) */
export function project(o: ProjectOperator, input: Relation, scope: TableScope): Relation {
  const names = new ColumnNames(
    [],
    input.columns.map((c) => c.name),
  );
  const values: NamedExpr[] = o.columns.flatMap((column) => {
    if (column.value.kind === "star") {
      return input.columns.map((c) => ({ name: names.add(c.name), value: columnRef(c, column.span) }));
    }
    const value = expression(column.value, { ...scope, input });
    const given = oneName(column, scope.session);
    if (given !== null && names.has(given)) {
      scope.session.diagnostics.add("KQL105", column.span, `the column \`${given}\` is given twice`);
    }
    const name = given ?? automaticName(column.value);
    return [{ name: name === null ? names.number() : names.add(name), value }];
  });
  const columns = values.map((v) => ({ name: v.name, type: v.value.type }));
  return { kind: "project", input, values, keyword: "project", columns, span: o.span };
}
