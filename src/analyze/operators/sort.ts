import type { SortKey as KeySyntax, SortOperator, TakeOperator, TopOperator } from "../../kql/ast.ts";
import type { Relation, SortKey } from "../../plan/nodes.ts";
import { expression } from "../expression.ts";
import type { TableScope } from "../session.ts";

/** Descending unless said; nulls are the smallest: first ascending, last descending. (sort-operator) */
function keys(list: readonly KeySyntax[], input: Relation, scope: TableScope): SortKey[] {
  return list.map((key) => {
    const value = expression(key.value, { ...scope, input });
    if (value.type === "dynamic") {
      scope.session.diagnostics.add(
        "KQL104",
        key.span,
        "a dynamic value has no order",
        "convert it, as in tostring(…)",
      );
    }
    const descending = key.direction !== "asc";
    return { value, descending, nullsFirst: key.nulls === null ? !descending : key.nulls === "first" };
  });
}

/** `sort by a asc, b` */
export function sort(o: SortOperator, input: Relation, scope: TableScope): Relation {
  return { kind: "sort", input, keys: keys(o.keys, input, scope), columns: input.columns, span: o.span };
}

function limit(count: TakeOperator["count"], input: Relation, scope: TableScope, span: TakeOperator["span"]): Relation {
  const value = expression(count, { ...scope, input: null });
  if (!["int", "long", "unknown"].includes(value.type)) {
    scope.session.diagnostics.add("KQL104", value.span, `a whole number of rows is needed here, not a ${value.type}`);
  }
  return { kind: "limit", input, count: value, columns: input.columns, span };
}

/** `take n` (take-operator) */
export function take(o: TakeOperator, input: Relation, scope: TableScope): Relation {
  return limit(o.count, input, scope, o.span);
}

/** `top n by a`: the first n of the sorted rows. (top-operator) */
export function top(o: TopOperator, input: Relation, scope: TableScope): Relation {
  const sorted: Relation = {
    kind: "sort",
    input,
    keys: keys(o.keys, input, scope),
    columns: input.columns,
    span: o.span,
  };
  return limit(o.count, sorted, scope, o.span);
}
