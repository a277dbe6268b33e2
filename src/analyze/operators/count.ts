import type { CountOperator } from "../../kql/ast.ts";
import type { Relation } from "../../plan/nodes.ts";

/** `count`: one row with the number of rows, in `Count`. (count-operator) */
export function count(o: CountOperator, input: Relation): Relation {
  const columns = [{ name: o.as?.text ?? "Count", type: "long" as const }];
  const aggregates = [{ function: "count", args: [], columns, span: o.span }];
  return { kind: "aggregate", input, keys: [], aggregates, keyword: "count", columns, span: o.span };
}
