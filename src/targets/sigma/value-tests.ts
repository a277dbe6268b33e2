import type { Call } from "../../plan/nodes.ts";
import { type FieldTest, literalText, type Modifier, type SigmaValue } from "../../sigma/rule.ts";
import { isNumeric } from "../../types/scalar-type.ts";
import type { Value } from "../../types/value.ts";
import { constantValues } from "./comparison.ts";
import { and, type Logic, testing } from "./logic.ts";
import { leave, noField, type Translation, unsayable } from "./translation.ts";

const orderings: ReadonlyMap<string, Modifier> = new Map([
  ["<", "lt"],
  ["<=", "lte"],
  [">", "gt"],
  [">=", "gte"],
]);

/** Comparisons of numbers and truth values. */
export function valueLogic(expr: Call, translation: Translation): Logic | null {
  const [operand, ...others] = expr.args;
  const constants = constantValues(others);
  if (operand === undefined || constants === null || operand.kind !== "column")
    return leave(expr, unsayable(expr, translation), translation);
  const field = operand.name;
  if (!translation.fields.has(field)) return leave(operand, noField(field), translation);
  const values = constants.map(plainValue);
  const ordering = orderings.get(expr.name);
  const [low, high] = values;
  if (values.includes(null) || low === undefined) return leave(expr, unsayable(expr, translation), translation);
  const said = values.filter((value) => value !== null);
  const test = (modifiers: readonly Modifier[], list: readonly SigmaValue[]): Logic =>
    testing({ field, modifiers, values: list });
  if (expr.name === "==" || expr.name === "in") return test([], said);
  if (!isNumeric(operand.type) && operand.type !== "unknown")
    return leave(expr, unsayable(expr, translation), translation);
  if (ordering !== undefined) return test([ordering], said.slice(0, 1));
  if (expr.name === "between" && low && high) return and([test(["gte"], [low]), test(["lte"], [high])]);
  return leave(expr, unsayable(expr, translation), translation);
}

function plainValue(value: Value): SigmaValue | null {
  switch (typeof value) {
    case "number":
      return Number.isFinite(value) ? { kind: "number", value } : null;
    case "bigint":
      return { kind: "number", value };
    case "boolean":
      return { kind: "boolean", value };
    case "string":
      return literalText(value);
    default:
      return null;
  }
}

/** The field is absent. */
export function nullTest(field: string): FieldTest {
  return { field, modifiers: [], values: [{ kind: "null" }] };
}
