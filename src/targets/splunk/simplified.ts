import { binary, type EvalExpr, number } from "../../spl/eval.ts";

/** Arithmetic on whole constants worked out: `x+-5*60` → `x-300`. The operands are simple already. */
export function simplified(code: EvalExpr): EvalExpr {
  if (code.kind !== "binary") return code;
  const [left, right] = [simplified(code.left), simplified(code.right)];
  const [a, b] = [wholeNumber(left), wholeNumber(right)];
  const { operator } = code;
  if (a !== null && b !== null) {
    const result = operator === "+" ? a + b : operator === "-" ? a - b : operator === "*" ? a * b : null;
    if (result !== null && Number.isSafeInteger(result)) return number(result);
  }
  if (operator === "+" && b !== null && b < 0) return binary(left, "-", number(-b));
  if (operator === "-" && b !== null && b < 0) return binary(left, "+", number(-b));
  return { ...code, left, right };
}

function wholeNumber(code: EvalExpr): number | null {
  if (code.kind === "negative") {
    const of = wholeNumber(code.operand);
    return of === null ? null : -of;
  }
  return code.kind === "number" && /^\d{1,15}$/.test(code.text) ? Number(code.text) : null;
}
