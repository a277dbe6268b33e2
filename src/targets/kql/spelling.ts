import type { DynamicLiteral, Expression, Literal as LiteralSyntax } from "../../kql/ast.ts";
import { readLong, readReal } from "../../kql/literals/number.ts";
import { readTimespan } from "../../kql/literals/timespan.ts";
import { parseKqlText } from "../../kql/parse.ts";
import type { Literal } from "../../plan/nodes.ts";
import { Timespan } from "../../types/time.ts";
import type { Value } from "../../types/value.ts";
import { type Writing, written } from "./writing.ts";

/** A constant, spelled as in the source where that says the same: `24h` stays `24h`, `0x1F` stays `0x1F`. */
export function constant(writing: Writing, literal: Literal): Expression {
  const { type, value, span } = literal;
  const text = written(writing, span);
  if (type === "dynamic" || (typeof value === "object" && type === "unknown")) {
    const own: DynamicLiteral = { kind: "dynamic", value, text: "", span };
    const given = /^dynamic\s*\(/.test(text) ? dynamicAt(text) : null;
    return given !== null && sameValue(given.value, value) ? { ...own, text } : own;
  }
  const own: LiteralSyntax = { kind: "literal", type, value, text: "", span };
  return sameSpelling(type, value, text) ? { ...own, text } : own;
}

function sameSpelling(type: Literal["type"], value: Value, text: string): boolean {
  switch (type) {
    case "long":
      return /^(?:\d+|0[xX][0-9a-fA-F]+)$/.test(text) && readLong(text) === value;
    case "real":
      return /^\d/.test(text) && readReal(text) === value;
    case "timespan":
      return /^\d[\d.]*[a-z]+$/.test(text) && value instanceof Timespan && readTimespan(text)?.ticks === value.ticks;
    default:
      return false;
  }
}

function dynamicAt(text: string): DynamicLiteral | null {
  const statement = parseKqlText(`print ${text}`).query?.statements[0];
  const operator =
    statement?.kind === "expression" && statement.expression.kind === "pipe"
      ? statement.expression.operators[0]
      : undefined;
  const value = operator?.kind === "print" ? operator.columns[0]?.value : undefined;
  return value?.kind === "dynamic" ? value : null;
}

/** Equal in structure, the order of keys counts. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (a.constructor !== b.constructor) return false;
  const left = Object.entries(a);
  const right = Object.entries(b);
  return (
    left.length === right.length &&
    left.every(([key, value], i) => key === right[i]?.[0] && sameValue(value, right[i]?.[1]))
  );
}
