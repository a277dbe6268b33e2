import type { AsOperator } from "../../kql/ast.ts";
import type { Relation } from "../../plan/nodes.ts";
import { openTable } from "../open.ts";
import type { TableScope } from "../session.ts";

/** `as name`: a name for the rows so far, for what follows. (as-operator) */
export function as(o: AsOperator, input: Relation, { session, names }: TableScope): Relation {
  const name = o.name.text;
  session.lets.push({ kind: "table", name, value: input, span: o.span });
  const table: Relation = { kind: "table", name, open: openTable(input), columns: input.columns, span: o.span };
  names.set(name, { kind: "table", value: table });
  return table;
}
