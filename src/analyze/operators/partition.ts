import type { PartitionOperator } from "../../kql/ast.ts";
import type { Relation } from "../../plan/nodes.ts";
import { opaque, openTable } from "../open.ts";
import type { TableScope } from "../session.ts";

/** `partition by k ( operators )`: the operators over the rows of each value of `k`, one after the other. (partition-operator) */
export function partition(o: PartitionOperator, input: Relation, scope: TableScope): Relation {
  const { session } = scope;
  const by = session.expression(o.by, { ...scope, input });
  if (by.kind !== "column" && by.type !== "unknown")
    session.diagnostics.add("KQL104", by.span, "partition needs a column to divide the rows by");
  if (o.body.kind === "query") {
    const { columns } = session.relation(o.body.query, scope);
    return opaque("partition with a query of its own", columns, o.span, session, { inputs: [input], open: false });
  }
  let body: Relation = { kind: "item", open: openTable(input), columns: input.columns, span: o.span };
  for (const inner of o.body.operators) body = session.operator(inner, body, scope);
  return { kind: "partition", input, by, body, columns: body.columns, span: o.span };
}
