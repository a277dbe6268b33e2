import type { Span } from "../diagnostics/source.ts";
import type { Expr } from "../plan/nodes.ts";
import { Datetime, Timespan } from "../types/time.ts";
import { isArray, type Value } from "../types/value.ts";
import type { PlanFacts } from "./plan-facts.ts";

/** Numbers from `low` to `high`; an open end does not belong to it. */
export interface Interval {
  readonly low: number;
  readonly lowOpen: boolean;
  readonly high: number;
  readonly highOpen: boolean;
}

/** A comparison of a number or a time with constants: passed by the numbers in `set`. */
export interface RangeTest {
  readonly kind: "range";
  readonly operand: Expr;
  /** What the numbers count: times after now() and times of the calendar are not comparable. */
  readonly scale: "number" | "timespan" | "datetime" | "now";
  readonly set: readonly Interval[];
  readonly span: Span;
}

const all: Interval = {
  low: Number.NEGATIVE_INFINITY,
  lowOpen: true,
  high: Number.POSITIVE_INFINITY,
  highOpen: true,
};
const point = (n: number): Interval => ({ low: n, lowOpen: false, high: n, highOpen: false });

const mirrored: Readonly<Record<string, string>> = { "<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==" };

/** An expression as a comparison with constant numbers or times; null where it is something else. */
export function rangeTestOf(expr: Expr, facts: PlanFacts): RangeTest | null {
  if (expr.kind !== "call") return null;
  const [first, second, third] = expr.args;
  if (!first || !second) return null;
  const { span } = expr;
  if (expr.name === "between" && third) {
    const low = numberOf(second, facts);
    const high = numberOf(third, facts);
    if (!low || !high || low.scale !== high.scale) return null;
    const set = low.number > high.number ? [] : [{ ...point(low.number), high: high.number }];
    return { kind: "range", operand: first, scale: low.scale, set, span };
  }
  if (expr.name === "in") {
    const numbers: number[] = [];
    for (const arg of expr.args.slice(1)) {
      const constant = facts.constantOf(arg);
      if (!constant) return null;
      for (const value of isArray(constant.value) ? constant.value : [constant.value]) {
        if (typeof value !== "number") return null;
        numbers.push(value);
      }
    }
    // An empty list is a place for the user's own values.
    if (numbers.length === 0) return null;
    const set = [...new Set(numbers)].sort((a, b) => a - b).map(point);
    return { kind: "range", operand: first, scale: "number", set, span };
  }
  if (!Object.hasOwn(mirrored, expr.name) || expr.args.length !== 2) return null;
  const right = numberOf(second, facts);
  const left = right ? null : numberOf(first, facts);
  const bound = right ?? left;
  const operand = right ? first : second;
  const operator = right ? expr.name : mirrored[expr.name];
  if (!bound || !comparable(operand, bound.scale)) return null;
  const { number, scale } = bound;
  return { kind: "range", operand, scale, set: [intervalOf(operator, number)], span };
}

function comparable(operand: Expr, scale: RangeTest["scale"]): boolean {
  switch (scale) {
    case "number":
      return operand.type === "int" || operand.type === "long" || operand.type === "real";
    case "timespan":
      return operand.type === "timespan";
    case "datetime":
    case "now":
      return operand.type === "datetime";
  }
}

function intervalOf(operator: string | undefined, n: number): Interval {
  switch (operator) {
    case "<":
      return { ...all, high: n };
    case "<=":
      return { ...all, high: n, highOpen: false };
    case ">":
      return { ...all, low: n };
    case ">=":
      return { ...all, low: n, lowOpen: false };
    default:
      return point(n);
  }
}

/** A constant as a number of its scale: ticks for times, and for `ago(1d)` the ticks after now(). */
export function numberOf(
  expr: Expr,
  facts: PlanFacts,
): { readonly number: number; readonly scale: RangeTest["scale"] } | null {
  const constant = facts.constantOf(expr);
  if (constant) return scaled(constant.value);
  const at = facts.valueOf(expr);
  if (at.kind !== "call") return null;
  const [first, second] = at.args;
  if (at.name === "now" && !first) return { number: 0, scale: "now" };
  if ((at.name === "now" || at.name === "ago") && first) {
    const span = facts.constantOf(first)?.value;
    if (!(span instanceof Timespan)) return null;
    return { number: Number(span.ticks) * (at.name === "ago" ? -1 : 1), scale: "now" };
  }
  if ((at.name === "-" || at.name === "+") && first && second) {
    const base = numberOf(first, facts);
    const span = facts.constantOf(second)?.value;
    if (base?.scale !== "now" || !(span instanceof Timespan)) return null;
    return { number: base.number + Number(span.ticks) * (at.name === "-" ? -1 : 1), scale: "now" };
  }
  return null;
}

function scaled(value: Value): { readonly number: number; readonly scale: RangeTest["scale"] } | null {
  if (typeof value === "number") return Number.isNaN(value) ? null : { number: value, scale: "number" };
  if (value instanceof Timespan) return { number: Number(value.ticks), scale: "timespan" };
  if (value instanceof Datetime) return { number: Number(value.ticks), scale: "datetime" };
  return null;
}

/** The numbers that are in both. */
export function intersection(a: readonly Interval[], b: readonly Interval[]): readonly Interval[] {
  return a.flatMap((x) => b.flatMap((y) => overlap(x, y) ?? [])).slice(0, 1000);
}

function overlap(a: Interval, b: Interval): Interval | undefined {
  const low = Math.max(a.low, b.low);
  const high = Math.min(a.high, b.high);
  const lowOpen = (a.low === low && a.lowOpen) || (b.low === low && b.lowOpen);
  const highOpen = (a.high === high && a.highOpen) || (b.high === high && b.highOpen);
  if (low > high || (low === high && (lowOpen || highOpen))) return undefined;
  return { low, lowOpen, high, highOpen };
}

/** Whether all numbers of `a` are in `b`; false also where that is not found out. */
export function isWithin(a: readonly Interval[], b: readonly Interval[]): boolean {
  return a.every((x) =>
    b.some(
      (y) =>
        (y.low < x.low || (y.low === x.low && (!y.lowOpen || x.lowOpen))) &&
        (y.high > x.high || (y.high === x.high && (!y.highOpen || x.highOpen))),
    ),
  );
}

/** The numbers that are in none of these. */
export function complement(set: readonly Interval[]): readonly Interval[] {
  return set.reduce<readonly Interval[]>(
    (rest, { low, lowOpen, high, highOpen }) =>
      intersection(rest, [
        ...(low === Number.NEGATIVE_INFINITY ? [] : [{ ...all, high: low, highOpen: !lowOpen }]),
        ...(high === Number.POSITIVE_INFINITY ? [] : [{ ...all, low: high, lowOpen: !highOpen }]),
      ]),
    [all],
  );
}

/** Every number. */
export const anyNumber: readonly Interval[] = [all];
