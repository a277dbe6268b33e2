import type { WhereOperator } from "../../kql/ast.ts";
import type { Relation } from "../../plan/nodes.ts";
import { condition } from "../expression.ts";
import type { TableScope } from "../session.ts";

/** `where predicate` (where-operator) */
export function where(o: WhereOperator, input: Relation, scope: TableScope): Relation {
  const predicate = condition(o.predicate, { ...scope, input });
  return { kind: "filter", input, predicate, columns: input.columns, span: o.span };
}
