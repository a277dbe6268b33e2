import { evaluate } from "../../functions/evaluate.ts";
import { scalarFunction } from "../../functions/index.ts";
import { operandsOf } from "../../plan/children.ts";
import type { Expr } from "../../plan/nodes.ts";
import type { Value } from "../../types/value.ts";

/**
 * What KQL gives for an expression when its columns have these values; undefined where that cannot be told here.
 * Decides at translation time what an absent value does to a condition.
 */
export function evaluateWith(expr: Expr, columns: ReadonlyMap<string, Value>): Value | undefined {
  switch (expr.kind) {
    case "literal":
      return expr.value;
    case "column":
      return columns.get(expr.name);
    case "and":
    case "or":
      return logical(
        expr.kind,
        expr.operands.map((o) => evaluateWith(o, columns)),
      );
    case "not": {
      const value = evaluateWith(expr.operand, columns);
      return typeof value === "boolean" ? !value : value;
    }
    case "call": {
      const args = expr.args.map((a) => evaluateWith(a, columns));
      const known = args.flatMap((a) => (a === undefined ? [] : [a]));
      if (known.length !== args.length) return undefined;
      if (expr.name.startsWith("$")) return transformed(expr.name, known);
      const row = scalarFunction(expr.name);
      try {
        return row && evaluate(row, known);
      } catch {
        return undefined;
      }
    }
    case "access":
    case "let":
    case "in-table":
    case "toscalar":
      return undefined;
  }
}

function logical(kind: "and" | "or", values: readonly (Value | undefined)[]): Value | undefined {
  const decides = kind === "or";
  if (values.includes(decides)) return decides;
  if (values.includes(undefined)) return undefined;
  return values.every((v) => v === !decides) ? !decides : null;
}

function transformed(name: string, [value, argument]: readonly Value[]): Value | undefined {
  if (typeof value !== "string") return undefined;
  const by = typeof argument === "string" ? argument : "";
  switch (name) {
    case "$lower":
      return value.toLowerCase();
    case "$basename":
      return value.slice(value.lastIndexOf("\\") + 1);
    case "$before":
      return value.split(by)[0] ?? "";
    case "$after":
      return value.split(by).at(-1) ?? "";
    case "$hash":
      return new RegExp(`(?:^|,)${by.replace(/\W/g, "")}=([0-9A-Fa-f]+)`).exec(value)?.[1]?.toLowerCase() ?? "";
    default:
      return undefined;
  }
}

/** The columns that an expression reads. */
export function columnsIn(expr: Expr): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (e: Expr): void => {
    if (e.kind === "column") names.add(e.name);
    operandsOf(e).forEach(visit);
  };
  visit(expr);
  return names;
}

/** Whether an expression reads nothing but these columns and constants. */
export function isConstant(expr: Expr): expr is Extract<Expr, { kind: "literal" }> {
  return expr.kind === "literal";
}
