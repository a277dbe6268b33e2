import type { EvalExpr } from "../../spl/tree.ts";

/** The fields that an expression names, each once. */
export function fieldsIn(expr: EvalExpr): readonly string[] {
  const found = new Set<string>();
  const visit = (e: EvalExpr): void => {
    switch (e.kind) {
      case "field":
        found.add(e.name);
        return;
      case "call":
        return e.args.forEach(visit);
      case "binary":
        visit(e.left);
        return visit(e.right);
      case "negative":
      case "not":
        return visit(e.operand);
      case "in":
        visit(e.operand);
        return e.items.forEach(visit);
      case "and":
      case "or":
      case "xor":
        return e.operands.forEach(visit);
      case "string":
      case "number":
      case "template":
      case "macro":
      case "subsearch":
        return;
    }
  };
  visit(expr);
  return [...found];
}
