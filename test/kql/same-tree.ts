import type { Query } from "../../src/kql/ast.ts";
import { Decimal } from "../../src/types/decimal.ts";
import { Datetime, Timespan } from "../../src/types/time.ts";

/**
 * A tree as text, without what says the same in two ways: places, spellings of literals, parentheses, and a negative
 * number against a minus sign before a number.
 */
export function meaning(query: Query): string {
  return JSON.stringify(plain(query.statements), null, 1);
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Decimal) return `decimal ${value}`;
  if (value instanceof Datetime) return `datetime ${value.ticks}`;
  if (value instanceof Timespan) return `timespan ${value.ticks}`;
  if (typeof value === "bigint") return `number ${value}`;
  if (typeof value === "number") return `number ${value === 0 ? 0 : value}`;
  if (typeof value !== "object" || value === null) return value;
  const node = value as Record<string, unknown>;
  if (node.kind === "paren") return plain(node.expression);
  if (node.kind === "unary" && node.operator === "-") {
    const operand = plain(node.operand) as Record<string, unknown>;
    const number =
      operand.kind === "literal" && typeof operand.value === "string" && /^number (.*)$/.exec(operand.value)?.[1];
    if (typeof number === "string") {
      const opposite = number.startsWith("-")
        ? number.slice(1)
        : number === "0" || number === "NaN"
          ? number
          : `-${number}`;
      return { ...operand, value: `number ${opposite}` };
    }
  }
  const literal = node.kind === "literal" || node.kind === "dynamic";
  const kept = Object.keys(node)
    .sort()
    .filter((key) => !/[sS]pan$/.test(key) && key !== "comments" && !(literal && key === "text"));
  return Object.fromEntries(kept.map((key) => [key, plain(node[key])]));
}
