import { testMatcher } from "../../sigma/match.ts";
import type { Value } from "../../types/value.ts";
import type { TextComparison } from "./comparison.ts";
import { fieldTests } from "./field-tests.ts";
import { always, and, type Logic, never, not, or } from "./logic.ts";

/** `strcat("a", x) == "ab"` is `x == "b"`. */
export function withoutAffixes(comparison: TextComparison, before: string, after: string): TextComparison | null {
  if (comparison.relation !== "equals") return null;
  const fold = (text: string) => (comparison.cased ? text : text.toLowerCase());
  const texts = comparison.texts.flatMap((text) => {
    const fits =
      text.length >= before.length + after.length &&
      fold(text).startsWith(fold(before)) &&
      fold(text).endsWith(fold(after));
    return fits ? [text.slice(before.length, text.length - after.length)] : [];
  });
  return { ...comparison, texts };
}

/** A constant is tested as a field that holds it would be. */
export function constantLogic(comparison: TextComparison, value: Value): Logic | null {
  if (typeof value !== "string") return null;
  const logic = fieldTests("", comparison);
  return logic && evaluated(logic, value);
}

function evaluated(logic: Logic, value: string): Logic {
  switch (logic.kind) {
    case "constant":
      return logic;
    case "test":
      return testMatcher({ ...logic.test, field: "value" })({ value }) ? always : never;
    case "and":
      return and(logic.operands.map((operand) => evaluated(operand, value)));
    case "or":
      return or(logic.operands.map((operand) => evaluated(operand, value)));
    case "not":
      return not(evaluated(logic.operand, value));
  }
}
