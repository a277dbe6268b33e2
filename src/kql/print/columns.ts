import type { RowSchema, TypedName, Typeof } from "../ast.ts";
import { plainName } from "./name.ts";

/** `a:long, ['b c']:string` */
export function columnsText(columns: readonly TypedName[]): string {
  return columns.map((column) => `${plainName(column.name.text)}:${column.type}`).join(", ");
}

export function typeText(expression: Typeof): string {
  const { type, open } = expression;
  return `typeof${typeof type === "string" ? `(${type})` : schemaText({ columns: type, open }, true)}`;
}

/** `(a:long, b:string, *)`; the star comes first where the language wants that. */
export function schemaText({ columns, open }: Pick<RowSchema, "columns" | "open">, starFirst = false): string {
  const parts = [columnsText(columns), open ? "*" : ""];
  return `(${(starFirst ? parts.reverse() : parts).filter((part) => part !== "").join(", ")})`;
}
