import type { MvApplyOperator } from "../../kql/ast.ts";
import type { Relation } from "../../plan/nodes.ts";
import { expression } from "../expression.ts";
import type { TableScope } from "../session.ts";
import { expandedColumns, expansions, parameter } from "./mv-expand.ts";

/**
 * `mv-apply a = x on ( … )`: the subquery sees the row's expanded elements beside the row's other columns; the result is
 * the row's columns that were not expanded, then what the subquery gives. (mv-apply-operator)
 */
export function mvApply(o: MvApplyOperator, input: Relation, scope: TableScope): Relation {
  const values = expansions(o.columns, input, scope);
  const indexColumn = parameter(o.parameters, "with_itemindex");
  const limit = o.limit ? expression(o.limit, { ...scope, input: null }) : null;
  let body: Relation = { kind: "item", columns: expandedColumns(input, values, indexColumn), span: o.span };
  for (const inner of o.operators) body = scope.session.operator(inner, body, scope);
  const made = body.columns;
  const kept = input.columns.filter(
    (c) => !values.some((v) => v.name === c.name) && !made.some((m) => m.name === c.name),
  );
  const columns = [...kept, ...made];
  return { kind: "apply", input, values, indexColumn, limit, body, columns, span: o.span };
}
