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
        for (const arg of e.args) visit(arg);
        return;
      case "binary":
        visit(e.left);
        visit(e.right);
        return;
      case "negative":
      case "not":
        visit(e.operand);
        return;
      case "in":
        visit(e.operand);
        for (const item of e.items) visit(item);
        return;
      case "and":
      case "or":
      case "xor":
        for (const operand of e.operands) visit(operand);
        return;
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
