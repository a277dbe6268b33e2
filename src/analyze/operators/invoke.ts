import type { InvokeOperator } from "../../kql/ast.ts";
import type { Relation } from "../../plan/nodes.ts";
import { savedFunction } from "../saved-function.ts";
import { Names, type TableScope } from "../session.ts";
import { withColumns } from "./with-columns.ts";

/** Stands for the rows in the arguments of the function; no query can write such a name. */
const rowsName = "\u0000rows";

/** `invoke f(a)`: `f` with the rows as its first argument. (invoke-operator) */
export function invoke(o: InvokeOperator, input: Relation, scope: TableScope): Relation {
  const { session } = scope;
  const call = o.call.kind === "call" ? o.call : o.call.call;
  const binding = o.call.kind === "call" ? scope.names.get(call.name.text) : undefined;
  if (binding?.kind === "function") {
    const names = new Names(scope.names);
    names.set(rowsName, { kind: "table", value: input });
    const rows = { name: null, value: { kind: "name" as const, name: rowsName, span: o.keywordSpan } };
    const given = { ...call, arguments: [rows, ...call.arguments] };
    const called = session.call(binding.value, binding.scope, given, { session, names, input: null });
    if (called.kind === "table") return called.value;
    session.diagnostics.add("KQL106", call.span, `${call.name.text} gives a value, invoke needs a table`);
    return input;
  }
  // Functions that enrich rows keep what there is.
  const found = savedFunction(call, scope, [input]);
  return { ...found, columns: withColumns(input.columns, found.columns), span: o.span };
}
