import type { EvalArithmetic, EvalComparison, EvalExpr } from "./tree.ts";

export type { EvalExpr } from "./tree.ts";

/** Builders for the expressions of `eval` and `where`. Precedence and quoting are the printer's. */

/** A string constant; the printer escapes it. */
export function text(value: string): EvalExpr {
  return { kind: "string", value };
}

export function number(value: number | bigint): EvalExpr {
  const negative = value < 0;
  const digits = plainDigits(negative ? -value : value);
  const literal: EvalExpr = { kind: "number", text: digits };
  return negative ? { kind: "negative", operand: literal } : literal;
}

export function field(name: string): EvalExpr {
  return { kind: "field", name };
}

export function call(name: string, ...args: readonly EvalExpr[]): EvalExpr {
  return { kind: "call", name, args };
}

export function binary(left: EvalExpr, operator: EvalComparison | EvalArithmetic, right: EvalExpr): EvalExpr {
  return { kind: "binary", operator, left, right };
}

/** Texts joined with `.`; "" for none. */
export function concat(...parts: readonly EvalExpr[]): EvalExpr {
  const [first = text(""), ...rest] = parts;
  return rest.reduce((left, right) => binary(left, ".", right), first);
}

/** Conjunction with nested ones flattened; `true()` for none. */
export function and(...operands: readonly EvalExpr[]): EvalExpr {
  return logical("and", operands, call("true"));
}

/** Disjunction with nested ones flattened; `false()` for none. */
export function or(...operands: readonly EvalExpr[]): EvalExpr {
  return logical("or", operands, call("false"));
}

export function not(operand: EvalExpr): EvalExpr {
  return operand.kind === "not" ? operand.operand : { kind: "not", operand };
}

/** `f IN (…)`, a plain comparison for one item. */
export function isIn(operand: EvalExpr, items: readonly EvalExpr[]): EvalExpr {
  const [only] = items;
  if (only !== undefined && items.length === 1) return binary(operand, "==", only);
  return { kind: "in", operand, items };
}

/** The text in lower case; one that is so already stays as it is. */
export function lower(expr: EvalExpr): EvalExpr {
  return isLower(expr) ? expr : call("lower", expr);
}

function isLower(expr: EvalExpr): boolean {
  if (expr.kind === "string") return expr.value === expr.value.toLowerCase();
  if (expr.kind !== "call") return false;
  if (expr.name === "lower") return true;
  if (expr.name === "coalesce") return expr.args.every(isLower);
  return expr.name === "if" && expr.args.slice(1).every(isLower);
}

export const nullValue: EvalExpr = call("null");

function logical(kind: "and" | "or", operands: readonly EvalExpr[], neutral: EvalExpr): EvalExpr {
  const flat = operands.flatMap((o) => (o.kind === kind ? o.operands : [o]));
  const [only] = flat;
  if (only === undefined) return neutral;
  return flat.length === 1 ? only : { kind, operands: flat };
}

/** Digits without an exponent, which eval does not read. */
function plainDigits(value: number | bigint): string {
  const digits = String(value);
  if (typeof value === "bigint" || !digits.includes("e")) return digits;
  return value >= 1 ? BigInt(value).toString() : value.toFixed(100).replace(/0+$/, "");
}
