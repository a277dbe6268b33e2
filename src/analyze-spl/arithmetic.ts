import type { Span } from "../diagnostics/source.ts";
import type { Expr } from "../plan/nodes.ts";
import type { ScalarType } from "../types/scalar-type.ts";
import { ticksPerSecond } from "../types/time.ts";
import { call, isTruth, nothing, ticks } from "./build.ts";
import type { Notes } from "./notes.ts";
import { asNumber, asText, constantNumber, constantText, isNull, plainValue, type Value } from "./value.ts";

export function concatenated(parts: readonly Value[], notes: Notes, span: Span): Value {
  if (parts.some((p) => p.nullable)) {
    notes.approximate(
      "null-in-text",
      span,
      "texts are joined where Splunk gives null",
      "a part of the joined text is absent",
    );
  }
  const texts = parts.map((p) => asText(p, notes, span));
  return plainValue(call("strcat", "string", span, ...texts));
}

export function arithmetic(
  operator: "+" | "-" | "*" | "/" | "%",
  left: Value,
  right: Value,
  notes: Notes,
  span: Span,
): Value {
  const nullable = left.nullable || right.nullable;
  if (isNull(left) || isNull(right)) return plainValue(nothing("real", span), true);
  const textual = (v: Value): boolean => {
    const constant = constantText(v);
    return constant !== null && !Number.isFinite(Number(constant));
  };
  if (operator === "+" && (textual(left) || textual(right))) return concatenated([left, right], notes, span);
  const moved = timeArithmetic(operator, left, right, notes, span);
  if (moved !== null) return { ...moved, nullable };
  if (operator === "+" && left.expr.type === "string" && right.expr.type === "string") {
    notes.approximate(
      "text-as-number",
      span,
      "the texts are added as numbers",
      "they are no numbers: Splunk then joins them",
    );
  }
  const [a, b] = [asNumber(left, notes, span), asNumber(right, notes, span)];
  if (operator === "/") {
    // Splunk's numbers are doubles, KQL cuts the quotient of whole numbers.
    const whole = a.type !== "real" && b.type !== "real";
    const dividend: Expr = !whole ? a : a.kind === "literal" ? { ...a, type: "real" } : call("toreal", "real", span, a);
    return { ...plainValue(call("/", "real", span, dividend, b)), nullable: true };
  }
  const type: ScalarType = a.type === "real" || b.type === "real" ? "real" : "long";
  return { ...plainValue(call(operator, type, span, a, b)), nullable };
}

/** Times and seconds: a difference of times is a number of seconds. */
function timeArithmetic(operator: string, left: Value, right: Value, notes: Notes, span: Span): Value | null {
  const [a, b] = [left.expr, right.expr];
  if (a.type !== "datetime" && b.type !== "datetime") return null;
  if (operator === "-" && a.type === "datetime" && b.type === "datetime") {
    return plainValue(call("/", "real", span, call("-", "timespan", span, a, b), ticks(ticksPerSecond, span)));
  }
  const [time, number] = a.type === "datetime" ? [a, right] : [b, left];
  if (operator === "+" || (operator === "-" && time === a)) {
    const constant = constantNumber(number);
    const length: Expr =
      constant === null
        ? call("*", "timespan", span, asNumber(number, notes, span), ticks(ticksPerSecond, span))
        : ticks(BigInt(Math.round(constant * 10_000_000)), span);
    return plainValue(call(operator, "datetime", span, time, length));
  }
  return null;
}

/** `if(c, a, b)` over values of one type. */
export function choice(tested: Expr, yes: Expr, no: Expr, span: Span): Expr {
  if (isTruth(tested, true)) return yes;
  if (isTruth(tested, false)) return no;
  return call("iff", yes.type, span, tested, yes, no);
}
