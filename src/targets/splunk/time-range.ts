import type { Call, Expr } from "../../plan/nodes.ts";
import { compare } from "../../spl/search.ts";
import { Datetime, Timespan } from "../../types/time.ts";
import type { Terms } from "./terms.ts";
import { epochSeconds, seconds } from "./time.ts";

/** Where a time lies: between two distances from now, or between two points, in seconds. */
interface Bounds {
  readonly from: "now" | "epoch";
  readonly low: number;
  readonly high: number;
}

const day = 86_400;
/** How far below its argument the result of a rounding function may lie. */
const rounding: Readonly<Record<string, number>> = {
  startofday: day,
  startofweek: 7 * day,
  startofmonth: 31 * day,
  startofyear: 366 * day,
};

/**
 * A comparison of the event time as `earliest` and `latest` of the search: earliest is inclusive, latest is not. Distances are
 * in hours or less, because days and weeks of Splunk follow the user's time zone and its changes of the clock.
 */
export function timeTerms(expr: Expr, want: boolean, timeField: string | null): Terms | null {
  if (expr.kind === "not") return timeTerms(expr.operand, !want, timeField);
  if (expr.kind !== "call" || timeField === null) return null;
  const [left, right] = expr.args;
  if (left === undefined || right === undefined) return null;
  const isTime = (e: Expr): boolean => e.kind === "column" && e.name === timeField;
  const flipped = isTime(right);
  if (!isTime(left) && !flipped) return null;
  const bounds = boundsOf(flipped ? left : right);
  const operator = operatorOf(expr, want, flipped);
  if (bounds === null || operator === null) return null;
  const sharp = bounds.low === bounds.high && Number.isInteger(bounds.low);
  if (operator === ">" || operator === ">=") {
    return {
      expr: compare("earliest", "=", moment(bounds.from, Math.floor(bounds.low))),
      exact: sharp && operator === ">=",
    };
  }
  const end = Math.ceil(bounds.high) + (operator === "<=" ? 1 : 0);
  return { expr: compare("latest", "=", moment(bounds.from, end)), exact: sharp && operator === "<" };
}

function operatorOf({ name }: Call, want: boolean, flipped: boolean): "<" | "<=" | ">" | ">=" | null {
  const mirrored: Readonly<Record<string, string>> = { "<": ">", "<=": ">=", ">": "<", ">=": "<=" };
  const opposite: Readonly<Record<string, string>> = { "<": ">=", "<=": ">", ">": "<=", ">=": "<" };
  const turned = flipped ? mirrored[name] : name;
  const operator = want ? turned : opposite[turned ?? ""];
  return operator === "<" || operator === "<=" || operator === ">" || operator === ">=" ? operator : null;
}

function boundsOf(expr: Expr): Bounds | null {
  if (expr.kind === "literal") {
    if (!(expr.value instanceof Datetime)) return null;
    const at = epochSeconds(expr.value);
    return { from: "epoch", low: at, high: at };
  }
  if (expr.kind !== "call") return null;
  const [first, second] = expr.args;
  const length = (e: Expr | undefined): number | null =>
    e?.kind === "literal" && e.value instanceof Timespan ? seconds(e.value) : null;
  const moved = (bounds: Bounds | null, low: number, high: number): Bounds | null =>
    bounds && { ...bounds, low: bounds.low + low, high: bounds.high + high };
  const now: Bounds = { from: "now", low: 0, high: 0 };
  const round = rounding[expr.name];
  if (round !== undefined) return first && expr.args.length === 1 ? moved(boundsOf(first), -round, 0) : null;
  switch (expr.name) {
    case "now": {
      const offset = first === undefined ? 0 : length(first);
      return offset === null ? null : moved(now, offset, offset);
    }
    case "ago": {
      const offset = length(first);
      return offset === null ? null : moved(now, -offset, -offset);
    }
    case "bin": {
      const size = length(second);
      return first && size !== null ? moved(boundsOf(first), -size, 0) : null;
    }
    case "+":
    case "-": {
      const offset = length(second);
      if (!first || offset === null) return null;
      const signed = expr.name === "+" ? offset : -offset;
      return moved(boundsOf(first), signed, signed);
    }
    default:
      return null;
  }
}

function moment(from: Bounds["from"], at: number): string {
  if (from === "epoch") return String(at);
  if (at === 0) return "now";
  const size = Math.abs(at);
  const [amount, unit] = size % 3600 === 0 ? [size / 3600, "h"] : size % 60 === 0 ? [size / 60, "m"] : [size, "s"];
  return `${at < 0 ? "-" : "+"}${amount}${unit}`;
}
