import type { DistinctOperator } from "../../kql/ast.ts";
import type { NamedExpr, Relation } from "../../plan/nodes.ts";
import { ColumnNames } from "../names.ts";
import { openTable } from "../open.ts";
import type { TableScope } from "../session.ts";
import { columnRef } from "../values.ts";
import { checkKeyType, declare, groupKey } from "./group-keys.ts";

/** `distinct a, b` or `distinct *` (distinct-operator) */
export function distinct(o: DistinctOperator, input: Relation, scope: TableScope): Relation {
  const names = new ColumnNames();
  const declared = new Set<string>();
  const keys: NamedExpr[] = o.columns.flatMap((column) => {
    if (column.value.kind !== "star") return [groupKey(column, input, names, declared, scope)];
    return input.columns.map((c) => {
      const value = columnRef(c, column.span);
      checkKeyType(value, scope.session);
      declare(c.name, column, declared, scope.session);
      return { name: names.add(c.name), value };
    });
  });
  const columns = keys.map((k) => ({ name: k.name, type: k.value.type }));
  const open = o.columns.some((c) => c.value.kind === "star") ? { open: openTable(input) } : {};
  return { kind: "aggregate", input, keys, aggregates: [], keyword: "distinct", ...open, columns, span: o.span };
}
