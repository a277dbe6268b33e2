import type { FieldTest } from "../../sigma/rule.ts";

/** A condition on one event. */
export type Logic =
  | { readonly kind: "constant"; readonly value: boolean }
  | { readonly kind: "test"; readonly test: FieldTest }
  | { readonly kind: "and" | "or"; readonly operands: readonly Logic[] }
  | { readonly kind: "not"; readonly operand: Logic };

export const always: Logic = { kind: "constant", value: true };
export const never: Logic = { kind: "constant", value: false };

export function testing(test: FieldTest): Logic {
  return { kind: "test", test };
}

export function and(operands: readonly Logic[]): Logic {
  return joined("and", operands);
}

export function or(operands: readonly Logic[]): Logic {
  return joined("or", operands);
}

export function not(operand: Logic): Logic {
  switch (operand.kind) {
    case "constant":
      return operand.value ? never : always;
    case "not":
      return operand.operand;
    case "test":
      return { kind: "not", operand };
    case "and":
    case "or": {
      // Of nothing but negations: `not (not a and not b)` is `a or b`.
      const inner = operand.operands.flatMap((part) => (part.kind === "not" ? [part.operand] : []));
      if (inner.length < operand.operands.length) return { kind: "not", operand };
      return joined(operand.kind === "and" ? "or" : "and", inner);
    }
  }
}

/** Without nested runs of one connective, constants and repetitions. */
function joined(kind: "and" | "or", operands: readonly Logic[]): Logic {
  const neutral = kind === "and";
  const flat = operands.flatMap((operand) => (operand.kind === kind ? operand.operands : [operand]));
  if (flat.some((operand) => operand.kind === "constant" && operand.value !== neutral)) return neutral ? never : always;
  const seen = new Set<string>();
  const kept = flat.filter((operand) => {
    if (operand.kind === "constant") return false;
    const key = printed(operand);
    return !seen.has(key) && seen.add(key);
  });
  const [only] = kept;
  if (only === undefined) return neutral ? always : never;
  return kept.length === 1 ? only : { kind, operands: kept };
}

function printed(logic: Logic): string {
  return JSON.stringify(logic, (_, value: unknown) => (typeof value === "bigint" ? `${value}n` : value));
}
