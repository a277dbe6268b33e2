import type { PrintOperator } from "../../kql/ast.ts";
import type { Expr, Relation } from "../../plan/nodes.ts";
import type { Column } from "../../types/scalar-type.ts";
import { expression } from "../expression.ts";
import { ColumnNames } from "../names.ts";
import type { TableScope } from "../session.ts";
import { oneName } from "./named.ts";
import { tupleParts } from "./tuple.ts";

/** `print a = x, y`: one row; columns without a name are `print_0`, `print_1`, by position. (print-operator) */
export function print(o: PrintOperator, scope: TableScope): Relation {
  const names = new ColumnNames();
  const declared = new Set<string>();
  const columns: Column[] = [];
  const row: Expr[] = [];
  o.columns.forEach((column, i) => {
    const value = expression(column.value, { ...scope, input: null });
    const parts = column.names.length === 0 ? tupleParts(column.value, value) : null;
    if (parts !== null && parts.length > 1) {
      for (const part of parts) {
        columns.push({ name: names.add(part.name), type: part.value.type });
        row.push(part.value);
      }
      return;
    }
    const given = oneName(column, scope.session);
    if (given !== null && declared.has(given)) {
      scope.session.diagnostics.add("KQL105", column.span, `the column \`${given}\` is given twice`);
    }
    if (given !== null) declared.add(given);
    const name = names.add(given ?? `print_${i}`);
    columns.push({ name, type: value.type });
    row.push(value);
  });
  return { kind: "rows", rows: [row], columns, span: o.span };
}
