import type { Span } from "../diagnostics/source.ts";
import type { Expr } from "../plan/nodes.ts";
import { isNumeric, type ScalarType } from "../types/scalar-type.ts";
import { ticksPerSecond } from "../types/time.ts";
import { call, literal, long, nothing, test, text, ticks, truth } from "./build.ts";
import type { Notes } from "./notes.ts";

/** A value of eval over the plan's columns. */
export interface Value {
  readonly expr: Expr;
  /** Whether it can be null in Splunk; KQL then has "" or null. */
  readonly nullable: boolean;
  /** The text that Splunk has where KQL has "". */
  readonly missing: string | null;
  /** The column has the value in lower case. */
  readonly lower: boolean;
}

export function plainValue(expr: Expr, nullable = false): Value {
  return { expr, nullable, missing: null, lower: false };
}

/** True where the value is not null. */
export function hasValue({ expr, nullable }: Pick<Value, "expr" | "nullable">, span: Span): Expr {
  if (!nullable) return truth(true, span);
  if (expr.type === "string" || expr.type === "unknown") return test("isnotempty", span, expr);
  if (expr.type === "dynamic") {
    return test(">", span, call("array_length", "long", span, expr), long(0, span));
  }
  return test("isnotnull", span, expr);
}

export function constantText({ expr }: Value): string | null {
  return expr.kind === "literal" && typeof expr.value === "string" && expr.type === "string" ? expr.value : null;
}

export function constantNumber({ expr }: Value): number | null {
  return expr.kind === "literal" && typeof expr.value === "number" ? expr.value : null;
}

export function isNull({ expr }: Value): boolean {
  return expr.kind === "literal" && (expr.value === null || (expr.value === "" && expr.type === "unknown"));
}

/** A column in lower case stands for a value as it was logged: a difference wherever the value itself goes on. */
export function noteCase({ lower }: Value, notes: Notes, span: Span): void {
  if (!lower) return;
  notes.approximate(
    "letter-case",
    span,
    "the column is in lower case, where Splunk has the value as it was logged",
    "the case of the value is looked at",
  );
}

/** The value as text; several values have none. */
export function asText(value: Value, notes: Notes, span: Span): Expr {
  const { expr } = value;
  noteCase(value, notes, span);
  switch (expr.type) {
    case "string":
    case "unknown":
    case "guid":
      return expr;
    case "dynamic":
      notes.unsupported("multivalue", span, "a field with several values stands where KQL takes one text");
      return text("", span);
    case "datetime":
      return call("tostring", "string", span, seconds(expr, span));
    default:
      if (expr.kind === "literal") return text(String(expr.value), span);
      return call("tostring", "string", span, expr);
  }
}

/** A time as seconds since 1970. */
export function seconds(expr: Expr, span: Span): Expr {
  if (expr.type !== "datetime") return expr;
  const start = call("unixtime_seconds_todatetime", "datetime", span, long(0, span));
  return call("/", "real", span, call("-", "timespan", span, expr, start), ticks(ticksPerSecond, span));
}

/** The value as a number. */
export function asNumber(value: Value, notes: Notes, span: Span): Expr {
  const { expr } = value;
  if (isNumeric(expr.type)) return expr;
  if (expr.type === "datetime") return seconds(expr, span);
  const constant = constantText(value);
  if (constant !== null && constant.trim() !== "" && Number.isFinite(Number(constant))) {
    const number = Number(constant);
    return literal(number, Number.isInteger(number) ? "long" : "real", span);
  }
  if (expr.type === "dynamic") {
    notes.unsupported("multivalue", span, "a field with several values stands where KQL takes a number");
    return long(0, span);
  }
  return call("toreal", "real", span, expr);
}

/** Values brought to one type, for the branches of a choice: as they are, or all as text. */
export function unified(values: readonly Value[], notes: Notes, span: Span): readonly Expr[] {
  for (const value of values) noteCase(value, notes, span);
  const types = new Set<ScalarType>(values.filter((v) => !isNull(v)).map((v) => v.expr.type));
  const [only = "string"] = types;
  if (types.size <= 1) return values.map((v) => (isNull(v) ? nothing(only, span) : v.expr));
  if ([...types].every(isNumeric)) {
    const type = types.has("real") ? "real" : "long";
    return values.map((v) => (isNull(v) ? nothing(type, span) : type === "real" ? asReal(v.expr, span) : v.expr));
  }
  return values.map((v) => (isNull(v) ? text("", span) : asText(v, notes, span)));
}

function asReal(expr: Expr, span: Span): Expr {
  if (expr.type === "real") return expr;
  if (expr.kind === "literal") return { ...expr, type: "real" };
  return call("toreal", "real", span, expr);
}
