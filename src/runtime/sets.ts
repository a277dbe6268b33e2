import { type Dynamic, type DynamicArray, isArray, type Value } from "../types/value.ts";
import { keyOf } from "./key.ts";

// Arrays as sets: distinct elements in the order of their first occurrence. (scalar-functions: dynamic functions)

function distinct(items: Iterable<Dynamic>): Map<unknown, Dynamic> {
  const found = new Map<unknown, Dynamic>();
  for (const item of items) {
    const key = keyOf(item);
    if (!found.has(key)) found.set(key, item);
  }
  return found;
}

/** Distinct elements, in the order of their first occurrence. (set-union-function) */
export function setUnion(...arrays: readonly Value[]): DynamicArray {
  return [...distinct(arrays.filter(isArray).flat()).values()];
}
export function setIntersect(first: Value, ...others: readonly Value[]): DynamicArray | null {
  if (!isArray(first)) return null;
  const sets = others.map((other) => distinct(isArray(other) ? other : []));
  return [...distinct(first)].filter(([key]) => sets.every((set) => set.has(key))).map(([, item]) => item);
}
export function setDifference(first: Value, ...others: readonly Value[]): DynamicArray | null {
  if (!isArray(first)) return null;
  const sets = others.map((other) => distinct(isArray(other) ? other : []));
  return [...distinct(first)].filter(([key]) => !sets.some((set) => set.has(key))).map(([, item]) => item);
}
/** Of the same type too: 2 is not "2". (set-has-element-function) */
export function setHasElement(array: Value, value: Value): boolean | null {
  return isArray(array) ? array.some((item) => keyOf(item) === keyOf(value)) : null;
}
/** Whether two arrays have the same elements. (set-equals-function) */
export function setEquals(left: Value, right: Value): boolean | null {
  if (!isArray(left) || !isArray(right)) return null;
  const [a, b] = [distinct(left), distinct(right)];
  return a.size === b.size && [...a.keys()].every((key) => b.has(key));
}
/** Size of the intersection by size of the union. (jaccard-index-function) */
export function jaccardIndex(left: Value, right: Value): number | null {
  if (!isArray(left) || !isArray(right)) return null;
  return (setIntersect(left, right)?.length ?? 0) / setUnion(left, right).length;
}
