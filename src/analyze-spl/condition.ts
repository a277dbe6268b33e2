import type { Span } from "../diagnostics/source.ts";
import type { Expr } from "../plan/nodes.ts";
import type { EvalBinary, EvalCall, EvalExpr } from "../spl/tree.ts";
import { isNumeric } from "../types/scalar-type.ts";
import { allOf, anyOf, call, isTruth, not, test, text, truth } from "./build.ts";
import { compared, lowerNote, opposite } from "./comparison.ts";
import { passThrough } from "./macros.ts";
import { spanOf } from "./notes.ts";
import { escaped, wildcardTest } from "./pattern.ts";
import { matchTest } from "./regex.ts";
import type { Rows } from "./rows.ts";
import { searchText } from "./search-text.ts";
import type { Session } from "./session.ts";
import { asText, constantText, hasValue, isNull, type Value } from "./value.ts";

/**
 * A condition of eval as KQL: true just where Splunk's is `wanted`. A comparison with null is neither true nor false in Splunk,
 * so `NOT x="a"` does not hold where x is null. (SPL Search Reference: where)
 */
export function condition(expr: EvalExpr, wanted: boolean, rows: Rows, session: Session, around: Span): Expr {
  const span = spanOf(expr, around);
  switch (expr.kind) {
    case "and":
    case "or": {
      const operands = expr.operands.map((o) => condition(o, wanted, rows, session, span));
      return (expr.kind === "and") === wanted ? allOf(operands, span) : anyOf(operands, span);
    }
    case "xor": {
      const [first, ...others] = expr.operands;
      const rest: EvalExpr | undefined = others.length === 1 ? others[0] : { kind: "xor", operands: others, span };
      if (first === undefined || rest === undefined) return truth(true, span);
      const side = (e: EvalExpr, value: boolean): Expr => condition(e, value, rows, session, span);
      return anyOf(
        [allOf([side(first, true), side(rest, !wanted)], span), allOf([side(first, false), side(rest, wanted)], span)],
        span,
      );
    }
    case "not":
      return condition(expr.operand, !wanted, rows, session, span);
    case "binary":
      return binary(expr, wanted, rows, session, span);
    case "in":
      return oneOf(expr.operand, expr.items, wanted, rows, session, span);
    case "call":
      return called(expr, wanted, rows, session, span);
    case "macro":
      passThrough(expr, session, span);
      return truth(wanted, span);
    case "field":
      if (/^(?:true|false)$/i.test(expr.name)) return truth((expr.name.toLowerCase() === "true") === wanted, span);
      break;
    default:
  }
  session.unsupported("no-condition", span, "this is no condition that KQL could test");
  return truth(true, span);
}

function binary(expr: EvalBinary, wanted: boolean, rows: Rows, session: Session, span: Span): Expr {
  const { operator } = expr;
  const left = session.value(expr.left, rows, span);
  const right = session.value(expr.right, rows, span);
  if (operator === "LIKE") return like(left, right, wanted, session, span);
  if (!(operator in opposite)) {
    session.unsupported("no-condition", span, "this is no condition that KQL could test");
    return truth(true, span);
  }
  if (isNull(left) || isNull(right)) return truth(false, span);
  const comparison = operator as keyof typeof opposite;
  return compared(left, wanted ? comparison : opposite[comparison], right, session, span);
}

function oneOf(
  operand: EvalExpr,
  items: readonly EvalExpr[],
  wanted: boolean,
  rows: Rows,
  session: Session,
  span: Span,
): Expr {
  const value = session.value(operand, rows, span);
  const tests = items.map((item) => compared(value, "==", session.value(item, rows, span), session, span));
  const any = anyOf(tests, span);
  return wanted ? any : allOf([hasValue(value, span), not(any)], span);
}

/** A test that is false or true wherever its text has a value. */
function definite(value: Value, tested: Expr, wanted: boolean, span: Span): Expr {
  if (wanted) return tested;
  return allOf([hasValue(value, span), not(tested)], span);
}

function called(expr: EvalCall, wanted: boolean, rows: Rows, session: Session, span: Span): Expr {
  const [first, second, third] = expr.args;
  const value = (e: EvalExpr): Value => session.value(e, rows, span);
  switch (expr.name.toLowerCase()) {
    case "true":
      return truth(wanted, span);
    case "false":
      return truth(!wanted, span);
    case "isnull":
    case "isnotnull": {
      if (first === undefined) break;
      const found = value(first);
      const isWanted = (expr.name.toLowerCase() === "isnotnull") === wanted;
      const has = isNull(found) ? truth(false, span) : hasValue(found, span);
      return isWanted ? has : not(has);
    }
    case "match": {
      const pattern = second === undefined ? null : constantText(value(second));
      if (first === undefined || pattern === null) break;
      return matched(value(first), pattern, wanted, session, span);
    }
    case "like":
      if (first === undefined || second === undefined) break;
      return like(value(first), value(second), wanted, session, span);
    case "in":
      if (first === undefined) break;
      return oneOf(first, expr.args.slice(1), wanted, rows, session, span);
    case "if":
      if (first === undefined || second === undefined || third === undefined) break;
      return anyOf(
        [
          allOf([condition(first, true, rows, session, span), condition(second, wanted, rows, session, span)], span),
          allOf(
            [not(condition(first, true, rows, session, span)), condition(third, wanted, rows, session, span)],
            span,
          ),
        ],
        span,
      );
    case "searchmatch": {
      const pattern = first === undefined ? null : constantText(value(first));
      const tested = pattern === null ? null : searchText(pattern, rows, session, span);
      if (tested === null) break;
      return wanted ? tested : not(tested);
    }
    case "cidrmatch": {
      const range = first === undefined ? null : constantText(value(first));
      if (range === null || second === undefined || range.includes(":")) break;
      const address = value(second);
      const tested = test("ipv4_is_in_range", span, asText(address, session, span), text(range, span));
      return definite(address, tested, wanted, span);
    }
    case "isnum":
    case "isint": {
      if (first === undefined) break;
      const found = value(first);
      if (isNumeric(found.expr.type)) return truth(wanted, span);
      const type = expr.name.toLowerCase() === "isnum" ? "real" : "long";
      const has = test("isnotnull", span, call(`to${type}`, type, span, found.expr));
      return wanted ? has : not(has);
    }
    default:
  }
  session.unsupported("no-function", span, `the condition ${expr.name}() is not ported`);
  return truth(true, span);
}

function matched(value: Value, pattern: string, wanted: boolean, session: Session, span: Span): Expr {
  if (value.expr.type === "dynamic") {
    session.unsupported("multivalue", span, "a pattern against several values is not ported");
    return truth(true, span);
  }
  const subject = asText({ ...value, lower: false }, session, span);
  const caseless = pattern.startsWith("(?i)");
  if (value.lower && !caseless) lowerNote(session, span);
  const found = matchTest(subject, value.lower && !caseless ? `(?i)${pattern}` : pattern, span);
  if (typeof found === "string") {
    session.unsupported("regex", span, `KQL's regular expressions have no such thing: ${found}`);
    return truth(true, span);
  }
  const whole = value.missing !== null && fitsText(pattern, value.missing);
  const tested = whole ? anyOf([found, test("isempty", span, subject)], span) : found;
  return definite(value, tested, wanted, span);
}

/** Whether the short text that stands for an absent value matches. */
function fitsText(pattern: string, missing: string): boolean {
  if (pattern.length > 500) return false;
  const flags = /^\(\?i\)/.exec(pattern)?.[0] ?? "";
  try {
    return new RegExp(pattern.slice(flags.length), flags === "" ? "" : "i").test(missing);
  } catch {
    return false;
  }
}

/** `%` any text, `_` any character, with case. */
function like(value: Value, pattern: Value, wanted: boolean, session: Session, span: Span): Expr {
  const written = constantText(pattern);
  if (written === null) {
    session.unsupported("no-constant", span, "a pattern of like() that is not constant is not ported");
    return truth(true, span);
  }
  if (value.lower) lowerNote(session, span);
  const subject = asText({ ...value, lower: false }, session, span);
  const parts = wildcardTest(subject, written.replaceAll("*", "\u0000").replaceAll("%", "*"), span);
  const tested = written.includes("_")
    ? test("matches regex", span, subject, text(likeRegex(written, value.lower), span))
    : rewritten(parts, !value.lower);
  if (isTruth(tested, true)) return wanted ? hasValue(value, span) : truth(false, span);
  return definite(value, tested, wanted, span);
}

function likeRegex(pattern: string, ignoreCase: boolean): string {
  const body = [...pattern].map((c) => (c === "%" ? ".*" : c === "_" ? "." : escaped(c))).join("");
  const start = body.startsWith(".*") ? body.slice(2) : `^${body}`;
  return `(?${ignoreCase ? "i" : ""}s)${start.endsWith(".*") ? start.slice(0, -2) : `${start}$`}`;
}

/** The same test, with case or without; a star that stood for itself is put back. */
function rewritten(tested: Expr, cased: boolean): Expr {
  if (tested.kind !== "call") return tested;
  const [subject, constant] = tested.args;
  if (subject === undefined || constant?.kind !== "literal" || typeof constant.value !== "string") return tested;
  const back = (value: string, star: string): string => value.replaceAll("\u0000", star);
  if (tested.name === "matches regex") {
    const value = back(cased ? constant.value.replace("(?is)", "(?s)") : constant.value, "\\*");
    return { ...tested, args: [subject, { ...constant, value }] };
  }
  const name = !cased ? tested.name : tested.name === "=~" ? "==" : `${tested.name}_cs`;
  return { ...tested, name, args: [subject, { ...constant, value: back(constant.value, "*") }] };
}
