import type { Span } from "../diagnostics/source.ts";
import type { Expr } from "../plan/nodes.ts";
import { isNumeric } from "../types/scalar-type.ts";
import { allOf, call, not, test, text, truth } from "./build.ts";
import type { Notes } from "./notes.ts";
import { epoch } from "./time.ts";
import { asNumber, asText, constantNumber, constantText, hasValue, type Value } from "./value.ts";

/** Each comparison with the one that holds where it is false and neither side is null. */
export const opposite = { "==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<" } as const;

/** A comparison of eval: with case, never true where a side is null. */
export function compared(left: Value, operator: keyof typeof opposite, right: Value, notes: Notes, span: Span): Expr {
  const equality = operator === "==" || operator === "!=";
  if (equality) {
    for (const [a, b] of [
      [left, right],
      [right, left],
    ] as const) {
      const constant = constantText(b);
      if (constant === null) continue;
      if (a.missing !== null && constant === a.missing) {
        return test(operator === "==" ? "isempty" : "isnotempty", span, a.expr);
      }
      if (a.lower && /\p{L}/u.test(constant)) {
        lowerNote(notes, span);
        const same = test("=~", span, a.expr, text(constant, span));
        return operator === "==" ? same : allOf([hasValue(a, span), not(same)], span);
      }
      if (constant === "" && a.expr.type === "string") {
        return operator === "==" ? emptyText(a, notes, span) : hasValue({ ...a, nullable: true }, span);
      }
    }
  }
  const both = operands(left, right, equality, notes, span);
  if (both === null) return truth(true, span);
  const [a, b] = both;
  const folded = (left.lower || right.lower) && a.type === "string" && b.type === "string";
  if (folded && equality) lowerNote(notes, span);
  const equal = test(folded ? "=~" : "==", span, a, b);
  if (operator === "==") {
    const guard = left.nullable && right.nullable ? [hasValue(left, span)] : [];
    return allOf([...guard, equal], span);
  }
  if (operator === "!=") {
    return allOf([hasValue({ ...left, expr: a }, span), hasValue({ ...right, expr: b }, span), not(equal)], span);
  }
  return test(operator, span, a, b);
}

function emptyText(value: Value, notes: Notes, span: Span): Expr {
  if (!value.nullable) return test("isempty", span, value.expr);
  notes.approximate("empty-text", span, "KQL does not tell an empty text from an absent one", "a field is absent");
  return test("isempty", span, value.expr);
}

export function lowerNote(notes: Notes, span: Span): void {
  notes.approximate(
    "letter-case",
    span,
    "the column is in lower case, so that the value is compared without case",
    "a value differs in case alone",
  );
}

/** Both sides in one type. */
function operands(
  left: Value,
  right: Value,
  equality: boolean,
  notes: Notes,
  span: Span,
): readonly [Expr, Expr] | null {
  const types = [left.expr.type, right.expr.type];
  if (types.includes("dynamic")) {
    notes.unsupported("multivalue", span, "a comparison of a field with several values is not ported");
    return null;
  }
  if (types[0] === "datetime" || types[1] === "datetime") return times(left, right, notes, span);
  if (types.some(isNumeric)) return numbers(left, right, notes, span);
  if (types[0] === "bool" || types[1] === "bool") return [left.expr, right.expr];
  if (equality) {
    const plain = (v: Value): Expr => asText({ ...v, lower: false }, notes, span);
    return [plain(left), plain(right)];
  }
  return numbers(left, right, notes, span);
}

function times(left: Value, right: Value, notes: Notes, span: Span): readonly [Expr, Expr] {
  const time = (value: Value): Expr => {
    if (value.expr.type === "datetime") return value.expr;
    const constant = constantNumber(value);
    if (constant !== null) return epoch(constant, span);
    return call("unixtime_seconds_todatetime", "datetime", span, asNumber(value, notes, span));
  };
  return [time(left), time(right)];
}

function numbers(left: Value, right: Value, notes: Notes, span: Span): readonly [Expr, Expr] {
  const textual = (v: Value): boolean => !isNumeric(v.expr.type) && v.expr.kind !== "literal";
  if (textual(left) || textual(right)) {
    notes.approximate(
      "text-as-number",
      span,
      "the text is compared as a number",
      "the text is no number: Splunk then compares texts",
    );
  }
  return [asNumber(left, notes, span), asNumber(right, notes, span)];
}
