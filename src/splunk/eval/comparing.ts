import type { EvalComparison, Located } from "../../spl/tree.ts";
import type { Engine } from "../engine.ts";
import { compareText, type EvalValue, isMulti, isNumeral, looksNumeric, numberOf, numeral, textOf } from "../value.ts";
import { likeMatches } from "./like.ts";

/**
 * A comparison in eval and where: null with null, numbers by value if both sides read as numbers and one of them is a number,
 * texts with case otherwise. A multivalue field meets it if any of its values does. (eval command: "Operators")
 */
export function compare(
  engine: Engine,
  node: Located,
  operator: EvalComparison,
  left: EvalValue,
  right: EvalValue,
): boolean | null {
  if (left === null || right === null) return null;
  const meets = (l: EvalValue, r: EvalValue): boolean => {
    if (operator === "LIKE") return likeMatches(textOf(l) ?? "", textOf(r) ?? "");
    const order = orderOf(l, r);
    warnOfText(engine, node, l, r, (o) => holds(operator, o), order);
    return holds(operator, order);
  };
  if (!isMulti(left) && !isMulti(right)) return meets(left, right);
  if (operator !== "==" && operator !== "LIKE") {
    engine.warn(
      "SPL212",
      node,
      `\`${operator}\` on a multivalue field is not documented; here any of its values may meet it`,
    );
  }
  const rights = elements(right);
  return elements(left).some((l) => rights.some((r) => meets(l, r)));
}

/** The values of a multivalue field, each as a field of its own would be read; a single value alone. */
function elements(value: EvalValue): readonly EvalValue[] {
  return isMulti(value) ? value.map(element) : [value];
}

/** One value of a multivalue field, as a field of its own would be read. */
export function element(text: string): EvalValue {
  return looksNumeric(text) ? numeral(text) : text;
}

function holds(operator: Exclude<EvalComparison, "LIKE">, order: number): boolean {
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
  return textOrder(left, right);
}

function textOrder(left: EvalValue, right: EvalValue): number {
  return compareText(textOf(left) ?? "", textOf(right) ?? "");
}

export function isNumber(value: EvalValue): boolean {
  return typeof value === "number" || isNumeral(value);
}

/** A number beside a text that reads as one: where their texts would compare otherwise, the reader must know. */
function warnOfText(
  engine: Engine,
  node: Located,
  left: EvalValue,
  right: EvalValue,
  test: (order: number) => boolean,
  order: number,
): void {
  if (typeof left !== "string" && typeof right !== "string") return;
  if (!isNumber(left) && !isNumber(right)) return;
  if (numberOf(left) === null || numberOf(right) === null) return;
  if (test(order) !== test(textOrder(left, right))) {
    engine.warn(
      "SPL212",
      node,
      "a number and a text that reads as one are compared as numbers; that is not documented",
    );
  }
}

/** `f IN (…)` and in(): equal to one of the items; null where that cannot be said. */
export function isIn(engine: Engine, node: Located, value: EvalValue, items: readonly EvalValue[]): boolean | null {
  if (value === null) return null;
  const results = items.map((item) =>
    item === null ? null : elements(value).some((v) => elements(item).some((i) => compare(engine, node, "==", v, i))),
  );
  if (results.includes(true)) return true;
  return results.includes(null) ? null : false;
}
