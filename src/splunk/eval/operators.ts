import type { EvalBinary, EvalComparison } from "../../spl/tree.ts";
import type { Engine } from "../engine.ts";
import {
  compareText,
  eachText,
  type EvalValue,
  isMulti,
  isNumeral,
  looksNumeric,
  numberOf,
  numeral,
  plainDigits,
  textOf,
} from "../value.ts";
import { likeMatches } from "./like.ts";

/**
 * A comparison in eval and where: null with null, numbers by value if both sides read as numbers and one of them is a number,
 * texts with case otherwise. A multivalue field meets it if any of its values does. (eval command: "Operators")
 */
export function compare(engine: Engine, node: EvalBinary, left: EvalValue, right: EvalValue): boolean | null {
  const { operator } = node;
  if (left === null || right === null) return null;
  if (isMulti(left) || isMulti(right)) {
    if (operator !== "==" && operator !== "LIKE") {
      engine.warn("SPL212", node, `\`${operator}\` on a multivalue field is not documented; here any of its values may meet it`);
    }
    const rights = isMulti(right) ? right.map(element) : [right];
    return (isMulti(left) ? left.map(element) : [left]).some((l) => rights.some((r) => holds(operator as EvalComparison, l, r)));
  }
  return holds(operator as EvalComparison, left, right);
}

/** One value of a multivalue field, as a field of its own would be read. */
export function element(text: string): EvalValue {
  return looksNumeric(text) ? numeral(text) : text;
}

function holds(operator: EvalComparison, left: EvalValue, right: EvalValue): boolean {
  if (operator === "LIKE") return likeMatches(textOf(left) ?? "", textOf(right) ?? "");
  const order = orderOf(left, right);
  switch (operator) {
    case "==":
      return order === 0;
    case "!=":
      return order !== 0;
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    case ">=":
      return order >= 0;
  }
}

/** Below, equal or above zero as the left value stands to the right one. */
export function orderOf(left: EvalValue, right: EvalValue): number {
  if (isNumber(left) || isNumber(right)) {
    const a = numberOf(left);
    const b = numberOf(right);
    if (a !== null && b !== null) return a - b;
  }
  return compareText(textOf(left) ?? "", textOf(right) ?? "");
}

function isNumber(value: EvalValue): boolean {
  return typeof value === "number" || isNumeral(value);
}

/** `f IN (…)` and in(): equal to one of the items; null where that cannot be said. */
export function isIn(value: EvalValue, items: readonly EvalValue[]): boolean | null {
  if (value === null) return null;
  const values = isMulti(value) ? value.map(element) : [value];
  let unknown = false;
  for (const item of items) {
    if (item === null) unknown = true;
    else for (const one of isMulti(item) ? item.map(element) : [item]) if (values.some((v) => orderOf(v, one) === 0)) return true;
  }
  return unknown ? null : false;
}

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
  if (isNumeral(value)) return numeral(value.text.startsWith("-") ? value.text.slice(1) : `-${value.text.replace(/^\+/, "")}`);
  const number = numberOf(value);
  return number === null ? null : -number;
}

/** Whether any value is a text; for functions that take several. */
export function anyText(values: readonly EvalValue[]): boolean {
  return values.some((v) => eachText(v).some((t) => !looksNumeric(t)));
}
