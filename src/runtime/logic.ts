import type { Value } from "../types/value.ts";

// Three-valued logic: null is "unknown". Rows where a predicate is null do not pass. (logical-operators, null-values)

/** `not(value)`: null for null. */
export function not(value: Value): boolean | null {
  return typeof value === "boolean" ? !value : null;
}

/** False where one is false, else null where one is null. */
export function and(...values: readonly Value[]): boolean | null {
  if (values.includes(false)) return false;
  return values.every((value) => value === true) ? true : null;
}

/** True where one is true, else null where one is null. */
export function or(...values: readonly Value[]): boolean | null {
  if (values.includes(true)) return true;
  return values.every((value) => value === false) ? false : null;
}

export function isnull(value: Value): boolean {
  return value === null;
}
export function isnotnull(value: Value): boolean {
  return value !== null;
}
/** Null or "". (isempty-function) */
export function isempty(value: Value): boolean {
  return value === null || value === "";
}
export function isnotempty(value: Value): boolean {
  return !isempty(value);
}

/** `then` where the condition is true, `otherwise` where it is false or null. */
export function iff<T extends Value>(condition: Value, then: T, otherwise: T): T {
  return condition === true ? then : otherwise;
}

/** `case(condition, value, …, otherwise)` */
export function caseOf(...parts: readonly Value[]): Value {
  for (let i = 0; i + 1 < parts.length; i += 2) if (parts[i] === true) return parts[i + 1] ?? null;
  return parts.at(-1) ?? null;
}

/** The first value that is neither null nor "". (coalesce-function) */
export function coalesce<T extends Value>(...values: readonly T[]): T {
  const found = values.find(isnotempty) ?? values.at(-1);
  return found as T;
}
