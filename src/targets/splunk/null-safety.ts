import type { EvalExpr } from "../../spl/eval.ts";

/** Whether a condition is certainly null or false where its field is null. */
export function dropsNull(code: EvalExpr): boolean {
  switch (code.kind) {
    case "binary":
      return passesNull(code.left) || passesNull(code.right);
    case "in":
      return passesNull(code.operand);
    case "call":
      return (code.name === "match" || code.name === "cidrmatch") && code.args.some(passesNull);
    case "and":
      return code.operands.some(dropsNull);
    case "or":
      return code.operands.every(dropsNull);
    default:
      return false;
  }
}

const nullSafe = new Set([
  "isnull",
  "isnotnull",
  "coalesce",
  "if",
  "case",
  "validate",
  "nullif",
  "mvappend",
  "json_object",
  "tostring",
]);

function passesNull(code: EvalExpr): boolean {
  switch (code.kind) {
    case "field":
      return true;
    case "call":
      return !nullSafe.has(code.name) && code.args.some(passesNull);
    case "binary":
      return passesNull(code.left) || passesNull(code.right);
    case "negative":
      return passesNull(code.operand);
    default:
      return false;
  }
}
