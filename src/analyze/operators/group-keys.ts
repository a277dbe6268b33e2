import type { NamedExpression } from "../../kql/ast.ts";
import type { Expr, NamedExpr, Relation } from "../../plan/nodes.ts";
import { expression } from "../expression.ts";
import { automaticName, type ColumnNames } from "../names.ts";
import type { Session, TableScope } from "../session.ts";
import { oneName } from "./named.ts";

/** Names that a query gives itself; automatic ones make way for each other with a number. */
export type DeclaredNames = Set<string>;

/** Reports a name that is given a second time. */
export function declare(name: string, column: NamedExpression, declared: DeclaredNames, session: Session): void {
  if (declared.has(name)) session.diagnostics.add("KQL105", column.span, `the column \`${name}\` is given twice`);
  declared.add(name);
}

/** A value that rows are grouped by, and its column's name. */
export function groupKey(
  column: NamedExpression,
  input: Relation,
  names: ColumnNames,
  declared: DeclaredNames,
  scope: TableScope,
): NamedExpr {
  const { session } = scope;
  const value = expression(column.value, { ...scope, input });
  checkKeyType(value, session);
  const given = oneName(column, session);
  const automatic = automaticName(column.value);
  const own = given ?? (value.kind === "column" ? automatic : null);
  if (own !== null) declare(own, column, declared, session);
  const name = given ?? automatic;
  return { name: name === null ? names.number(session) : names.add(name), value };
}

/** Rows are not grouped by arrays and bags. */
export function checkKeyType(value: Expr, session: Session): void {
  if (value.type !== "dynamic") return;
  session.diagnostics.add(
    "KQL104",
    value.span,
    `rows cannot be grouped by \`${session.excerpt(value.span)}\`, which is a dynamic value`,
    "convert it, as in tostring(…)",
  );
}
