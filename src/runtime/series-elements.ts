import { type Dynamic, type DynamicArray, dynamicReal, isArray, Real, unmarked, type Value } from "../types/value.ts";
import { add, multiply, subtract } from "./arithmetic.ts";

// Series: arrays of numbers, element by element. What is no number has null in its place, and so has an element that one of two
// series lacks; what is no array gives null. (scalar-functions: series processing functions)

/** An element as a number; null where it is none. */
export function numberIn(item: Value | undefined): number | null {
  const plain = unmarked(item ?? null);
  return typeof plain === "number" || typeof plain === "bigint" ? Number(plain) : null;
}

/** The elements as numbers; null for what is no array. */
export function numbersIn(series: Value): readonly (number | null)[] | null {
  return isArray(series) ? series.map(numberIn) : null;
}

const eachOf =
  (calculate: (value: number) => number, whole = false) =>
  (series: Value): DynamicArray | null =>
    numbersIn(series)?.map((value) => {
      if (value === null) return null;
      const result = calculate(value) + 0;
      return whole && Number.isSafeInteger(value) ? result : dynamicReal(result);
    }) ?? null;

export const seriesAbs = eachOf(Math.abs, true);
export const seriesAcos = eachOf(Math.acos);
export const seriesAsin = eachOf(Math.asin);
export const seriesAtan = eachOf(Math.atan);
export const seriesCeiling = eachOf(Math.ceil);
export const seriesCos = eachOf(Math.cos);
export const seriesExp = eachOf(Math.exp);
export const seriesFloor = eachOf(Math.floor);
export const seriesLog = eachOf(Math.log);
export const seriesSign = eachOf(Math.sign);
export const seriesSin = eachOf(Math.sin);
export const seriesTan = eachOf(Math.tan);

/** Of two series, or of a series and one number for all its elements. */
const pairwise =
  (calculate: (left: number, right: number, items: readonly [Value, Value]) => Dynamic) =>
  (left: Value, right: Value): DynamicArray | null => {
    if (!isArray(left) && !isArray(right)) return null;
    if ((!isArray(left) && numberIn(left) === null) || (!isArray(right) && numberIn(right) === null)) return null;
    const length = Math.max(isArray(left) ? left.length : 0, isArray(right) ? right.length : 0);
    return Array.from({ length }, (_, i) => {
      const items = [isArray(left) ? (left[i] ?? null) : left, isArray(right) ? (right[i] ?? null) : right] as const;
      const [a, b] = [numberIn(items[0]), numberIn(items[1])];
      return a === null || b === null ? null : calculate(a, b, items);
    });
  };

const isRealItem = (item: Value): boolean =>
  item instanceof Real || (typeof item === "number" && !Number.isSafeInteger(item));

/** Whole numbers stay whole. */
const calculated = (real: (left: number, right: number) => number, whole: (left: Value, right: Value) => Value) =>
  pairwise((a, b, [left, right]) =>
    isRealItem(left) || isRealItem(right) ? dynamicReal(real(a, b)) : whole(left, right),
  );

export const seriesAdd = calculated((a, b) => a + b, add);
export const seriesSubtract = calculated((a, b) => a - b, subtract);
export const seriesMultiply = calculated((a, b) => a * b, multiply);
export const seriesDivide = pairwise((a, b) => dynamicReal(a / b));
export const seriesPow = pairwise((a, b) => dynamicReal(a ** b));
export const seriesEquals = pairwise((a, b) => a === b);
export const seriesNotEquals = pairwise((a, b) => a !== b);
export const seriesGreater = pairwise((a, b) => a > b);
export const seriesGreaterEquals = pairwise((a, b) => a >= b);
export const seriesLess = pairwise((a, b) => a < b);
export const seriesLessEquals = pairwise((a, b) => a <= b);
