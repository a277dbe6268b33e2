import type { Expr } from "../../plan/nodes.ts";
import { call, type EvalExpr, isIn, text } from "../../spl/eval.ts";
import { hasCase, literal as literally } from "../../spl/regex.ts";
import type { Value } from "../../types/value.ts";
import { anyMatch } from "./merge-matches.ts";

/** A constant without letters. */
export function isCaseless(expr: Expr): boolean {
  if (expr.kind !== "literal") return false;
  const items: readonly Value[] = Array.isArray(expr.value) ? (expr.value.flat(64) as readonly Value[]) : [expr.value];
  return items.every((item) => typeof item === "string" && !hasCase(item));
}

/** `007`: where eval compares it as a number, `7` is the same. */
export function readsAsNumber(code: EvalExpr): code is Extract<EvalExpr, { kind: "string" }> {
  return (
    code.kind === "string" &&
    /^\s*[-+.]?\d/.test(code.value) &&
    Number.isFinite(Number(code.value)) &&
    !/^(?:0|-?[1-9]\d{0,14})$/.test(code.value)
  );
}

/** Whether a text is one of several. */
export function isText(operand: EvalExpr, items: readonly EvalExpr[]): EvalExpr {
  const numbers = items
    .filter(readsAsNumber)
    .map((item) => call("match", operand, text(`^${literally(item.value)}\\z`)));
  const texts = items.filter((item) => !readsAsNumber(item));
  return anyMatch(...(texts.length === 0 ? [] : [isIn(operand, texts)]), ...numbers);
}
