import type { EvalBinary } from "../../spl/tree.ts";
import type { Engine } from "../engine.ts";
import { type EvalValue, isMulti, isNumeral, numberOf, numeral, plainDigits, textOf } from "../value.ts";
import { isNumber } from "./comparing.ts";

/**
 * Arithmetic: null with null and with what is no number; division by zero is null; `+` joins two texts, `.` joins anything. A product or quotient
 * has as many significant digits as its least precise operand with a decimal point. (eval command: "Operators", "Precision")
 */
export function calculate(engine: Engine, node: EvalBinary, left: EvalValue, right: EvalValue): EvalValue {
  if (left === null || right === null) return null;
  if (isMulti(left) || isMulti(right)) {
    engine.warn("SPL212", node, `\`${node.operator}\` on a multivalue field is not documented; here it is null`);
    return null;
  }
  if (node.operator === ".") return (textOf(left) ?? "") + (textOf(right) ?? "");
  if (node.operator === "+" && !isNumber(left) && !isNumber(right)) return (textOf(left) ?? "") + (textOf(right) ?? "");
  const a = numberOf(left);
  const b = numberOf(right);
  if (a === null || b === null) return null;
  switch (node.operator) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return rounded(a * b, left, right);
    case "/":
      return b === 0 ? null : rounded(a / b, left, right);
    default:
      return b === 0 ? null : a % b;
  }
}

function rounded(result: number, left: EvalValue, right: EvalValue): EvalValue {
  const digits = Math.min(digitsOf(left), digitsOf(right));
  if (!Number.isFinite(digits) || !Number.isFinite(result)) return result;
  return numeral(plainDigits(result.toPrecision(Math.min(100, Math.max(1, digits)))));
}

function digitsOf(value: EvalValue): number {
  if (isNumeral(value)) return value.digits;
  return typeof value === "string" ? numeral(value).digits : Number.POSITIVE_INFINITY;
}

/** `-x`; the digits stay. */
export function negative(value: EvalValue): EvalValue {
  if (isNumeral(value))
    return numeral(value.text.startsWith("-") ? value.text.slice(1) : `-${value.text.replace(/^\+/, "")}`);
  const number = numberOf(value);
  return number === null ? null : -number;
}
