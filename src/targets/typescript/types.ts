import type { Column, ScalarType } from "../../types/scalar-type.ts";
import { keyLiteral } from "./literal.ts";

const typeNames: Readonly<Record<ScalarType, string>> = {
  bool: "boolean | null",
  int: "number | null",
  long: "Long | null",
  real: "number | null",
  decimal: "Decimal | null",
  string: "string",
  datetime: "Datetime | null",
  timespan: "Timespan | null",
  guid: "string | null",
  dynamic: "Dynamic",
  unknown: "Value",
};

/** The TypeScript type of a KQL type's values; `use` is told the types of the runtime that it names. */
export function typeOf(type: ScalarType, use: (name: string) => void): string {
  const text = typeNames[type];
  const name = /[A-Z]\w+/.exec(text)?.[0];
  if (name !== undefined) use(name);
  return text;
}

/** `{ readonly a: string; readonly b: Long | null }` */
export function rowType(columns: readonly Column[], use: (name: string) => void): string {
  if (columns.length === 0) return "object";
  return `{ ${columns.map((c) => `readonly ${keyLiteral(c.name)}: ${typeOf(c.type, use)}`).join("; ")} }`;
}
