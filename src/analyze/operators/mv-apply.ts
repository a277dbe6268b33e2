import type { MvApplyOperator } from "../../kql/ast.ts";
import type { Expansion, Relation } from "../../plan/nodes.ts";
import type { Column } from "../../types/scalar-type.ts";
import { expression } from "../expression.ts";
import { openTable } from "../open.ts";
import type { TableScope } from "../session.ts";
import { expandedColumns, expansions, indexName, parameter } from "./mv-expand.ts";

/**
 * `mv-apply a = x on ( … )`: the subquery sees the row's expanded elements beside the row's other columns; the result is
 * the row's columns that were not expanded, those that the subquery gives replaced, then the subquery's other ones. (mv-apply-operator)
 */
export function mvApply(o: MvApplyOperator, input: Relation, scope: TableScope): Relation {
  const values = expansions(o.columns, input, scope);
  const indexColumn = indexName(parameter(o.parameters, "with_itemindex"), input, values);
  const limit = o.limit ? expression(o.limit, { ...scope, input: null }) : null;
  const expanded = expandedColumns(input, values, indexColumn);
  let body: Relation = { kind: "item", open: openTable(input), columns: expanded, span: o.span };
  for (const inner of o.operators) body = scope.session.operator(inner, body, scope);
  const made = body.columns;
  const kept = input.columns
    .filter((c) => !values.some((v) => expands(v, c)) || made.some((m) => m.name === c.name))
    .map((c) => made.find((m) => m.name === c.name) ?? c);
  const columns = [...kept, ...made.filter((m) => !kept.some((c) => c.name === m.name))];
  return { kind: "apply", input, values, indexColumn, limit, body, columns, span: o.span };
}

/** Whether a column is expanded itself, rather than hidden by an expansion of its name. */
function expands({ name, value }: Expansion, column: Column): boolean {
  return name === column.name && value.kind === "column" && value.name === name;
}
