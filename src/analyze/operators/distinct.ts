import type { DistinctOperator } from "../../kql/ast.ts";
import type { NamedExpr, Relation } from "../../plan/nodes.ts";
import { expression } from "../expression.ts";
import { automaticName, ColumnNames } from "../names.ts";
import type { TableScope } from "../session.ts";
import { columnRef } from "../values.ts";
import { oneName } from "./named.ts";

/** `distinct a, b` or `distinct *` (distinct-operator) */
export function distinct(o: DistinctOperator, input: Relation, scope: TableScope): Relation {
  const names = new ColumnNames();
  const keys: NamedExpr[] = o.columns.flatMap((column) => {
    if (column.value.kind === "star") {
      return input.columns.map((c) => ({ name: names.add(c.name), value: columnRef(c, column.span) }));
    }
    const value = expression(column.value, { ...scope, input });
    const name = oneName(column, scope.session) ?? automaticName(column.value);
    return [{ name: name === null ? names.number() : names.add(name), value }];
  });
  const columns = keys.map((k) => ({ name: k.name, type: k.value.type }));
  return { kind: "aggregate", input, keys, aggregates: [], keyword: "distinct", columns, span: o.span };
}
