import type { Span } from "../diagnostics/source.ts";
import type { Expr } from "../plan/nodes.ts";
import type { Column, ScalarType } from "../types/scalar-type.ts";

export function literal(type: ScalarType, value: Extract<Expr, { kind: "literal" }>["value"], span: Span): Expr {
  return { kind: "literal", type, value, span };
}

export function columnRef(column: Column, span: Span): Expr {
  return { kind: "column", name: column.name, type: column.type, span };
}

export function call(name: string, args: readonly Expr[], type: ScalarType, span: Span): Expr {
  return { kind: "call", name, args, type, span };
}

export function not(operand: Expr, span: Span): Expr {
  return { kind: "not", operand, type: "bool", span };
}

/** Stands for an expression that was reported, so that the analysis can go on without a second message. */
export function broken(span: Span): Expr {
  return literal("unknown", null, span);
}

/** `* has "x"` over rows with columns that nothing declares: a call that no target knows, so that each says so at its place. */
export function undeclaredColumns(args: readonly Expr[], span: Span): Expr {
  return call("any undeclared column", args, "bool", span);
}
