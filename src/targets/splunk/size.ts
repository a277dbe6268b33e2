import type { EvalExpr } from "../../spl/eval.ts";

const sizes = new WeakMap<EvalExpr, number>();

/** How many nodes an expression has when it is written out; a part that stands in it twice counts twice. */
export function sizeOf(expr: EvalExpr): number {
  const known = sizes.get(expr);
  if (known !== undefined) return known;
  const size = 1 + partsOf(expr).reduce((sum, part) => sum + sizeOf(part), 0);
  sizes.set(expr, size);
  return size;
}

function partsOf(expr: EvalExpr): readonly EvalExpr[] {
  switch (expr.kind) {
    case "call":
      return expr.args;
    case "binary":
      return [expr.left, expr.right];
    case "negative":
    case "not":
      return [expr.operand];
    case "in":
      return [expr.operand, ...expr.items];
    case "and":
    case "or":
    case "xor":
      return expr.operands;
    default:
      return [];
  }
}
