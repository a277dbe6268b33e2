import type { Macro, SearchCompare, SearchExpr } from "./tree.ts";

export type { SearchExpr } from "./tree.ts";

/** Builders for the search language. A value compares without case and each `*` in it is a wildcard. */

export function compare(field: string, operator: SearchCompare["operator"], value: string): SearchExpr {
  return { kind: "compare", field, operator, value };
}

/** `f IN (…)`, a plain comparison for one value. */
export function isOneOf(field: string, values: readonly string[]): SearchExpr {
  const [only] = values;
  if (only !== undefined && values.length === 1) return compare(field, "=", only);
  return { kind: "in", field, values };
}

/** Conjunction with nested ones flattened; null for none. */
export function allOf(operands: readonly SearchExpr[]): SearchExpr | null {
  return logical("and", operands);
}

/** Disjunction with nested ones flattened; null for none. */
export function anyOf(operands: readonly SearchExpr[]): SearchExpr | null {
  return logical("or", operands);
}

export function noneOf(operand: SearchExpr): SearchExpr {
  return operand.kind === "not" ? operand.operand : { kind: "not", operand };
}

export function macro(name: string, ...args: readonly string[]): Macro {
  return { kind: "macro", name, args };
}

function logical(kind: "and" | "or", operands: readonly SearchExpr[]): SearchExpr | null {
  const flat = operands.flatMap((o) => (o.kind === kind ? o.operands : [o]));
  const [only] = flat;
  if (only === undefined) return null;
  return flat.length === 1 ? only : { kind, operands: flat };
}
