import { Datetime, datetimeOf, Timespan, timespanOf } from "../types/time.ts";
import {
  type Dynamic,
  type DynamicArray,
  dynamicReal,
  isArray,
  isLong,
  longOf,
  Real,
  unmarked,
  type Value,
} from "../types/value.ts";
import { orderOf } from "./compare.ts";
import { toLongOr, toreal } from "./convert.ts";
import { keyOf } from "./key.ts";

// Arrays. What is none gives null. (scalar-functions: dynamic functions)

/** Null for what is no array. (array-length-function) */
export function arrayLength(array: Value): number | null {
  return isArray(array) ? array.length : null;
}

export function packArray(...items: readonly Value[]): DynamicArray {
  return items;
}

export function arrayConcat(...arrays: readonly Value[]): DynamicArray {
  return arrays.filter(isArray).flat();
}

/** Both ends are included; negative ones count from the end. (array-slice-function) */
export function arraySlice(array: Value, start: Value, end: Value): DynamicArray | null {
  if (!isArray(array)) return null;
  const [from, to] = [toLongOr(start, 0), toLongOr(end, -1)];
  const last = to < 0 ? array.length + to : to;
  return last < 0 ? [] : array.slice(from < 0 ? Math.max(0, array.length + from) : from, last + 1);
}

/** From 0, or -1 where absent; `start` and `length` limit the search, `occurrence` counts from 1. (array-index-of-function) */
export function arrayIndexOf(
  array: Value,
  value: Value,
  start?: Value,
  length?: Value,
  occurrence?: Value,
): number | null {
  if (!isArray(array)) return null;
  const from = toLongOr(start ?? null, 0);
  const begin = Math.max(0, from < 0 ? array.length + from : from);
  const size = toLongOr(length ?? null, -1);
  const key = keyOf(value);
  let left = Math.max(1, toLongOr(occurrence ?? null, 1));
  const end = size < 0 ? array.length : Math.min(array.length, begin + size);
  for (let i = begin; i < end; i++) if (keyOf(array[i] ?? null) === key && --left === 0) return i;
  return -1;
}

export function arrayReverse(array: Value): DynamicArray | null {
  return isArray(array) ? [...array].reverse() : null;
}

/**
 * Sorted, nulls at the end unless the last argument is false. Further arrays are put into the order of the first one, and the result
 * is an array of all; one of another length is null. (array-sort-asc-function)
 */
export function arraySortAsc(array: Value, ...others: readonly Value[]): DynamicArray | null {
  return sortedArrays([array, ...others], 1);
}
export function arraySortDesc(array: Value, ...others: readonly Value[]): DynamicArray | null {
  return sortedArrays([array, ...others], -1);
}

function sortedArrays(given: readonly Value[], direction: 1 | -1): DynamicArray | null {
  const last = given.at(-1);
  const nullsLast = last !== false;
  const arrays = typeof last === "boolean" ? given.slice(0, -1) : given;
  const [first = null] = arrays;
  if (!isArray(first)) return arrays.length > 1 ? arrays.map(() => null) : null;
  const order = sortedPlaces(first, nullsLast, direction);
  const moved = arrays.map((array) =>
    isArray(array) && array.length === first.length ? order.map((place) => array[place] ?? null) : null,
  );
  return arrays.length > 1 ? moved : (moved[0] ?? null);
}

/** Where the elements of the sorted array stand in the given one. */
function sortedPlaces(array: DynamicArray, nullsLast: boolean, direction: 1 | -1): readonly number[] {
  const places = [...array.keys()];
  const values = places.filter((place) => array[place] !== null);
  const nulls = places.filter((place) => array[place] === null);
  values.sort((a, b) => {
    const [left = null, right = null] = [array[a], array[b]];
    return direction * (rank(left) - rank(right) || (orderOf(left, right) ?? 0));
  });
  return nullsLast ? [...values, ...nulls] : [...nulls, ...values];
}

/** Elements of different types: numbers and times, then texts, then all else. */
function rank(value: Dynamic): number {
  if (typeof value === "string") return 1;
  const ordered = isLong(value) || value instanceof Real || value instanceof Datetime || value instanceof Timespan;
  return ordered ? 0 : 2;
}

/** The value so many times; null for a negative count. (repeat-function) */
export function repeat(value: Value, count: Value): DynamicArray | null {
  const times = toLongOr(count, -1);
  return times < 0 ? null : new Array<Dynamic>(Math.min(times, mostElements)).fill(value);
}

/** Null where an element is no number. (array-sum-function) */
export function arraySum(array: Value): number | null {
  if (!isArray(array)) return null;
  let sum = 0;
  for (const item of array) {
    if (item === null) continue;
    const number = unmarked(item);
    if (!isLong(number)) return null;
    sum += Number(number);
  }
  return sum;
}

/** Element by element: of `then` where the condition is true or not zero, else of `otherwise`; null for other conditions. */
export function arrayIff(conditions: Value, then: Value, otherwise: Value): DynamicArray | null {
  if (!isArray(conditions)) return null;
  return conditions.map((given, i) => {
    const condition = unmarked(given);
    const chosen =
      typeof condition === "boolean" || typeof condition === "number" ? (condition ? then : otherwise) : null;
    return isArray(chosen) ? (chosen[i] ?? null) : chosen;
  });
}

export function arrayRotateLeft(array: Value, count: Value): DynamicArray | null {
  if (!isArray(array) || array.length === 0) return isArray(array) ? array : null;
  const by = toLongOr(count, 0) % array.length;
  return [...array.slice(by), ...array.slice(0, by)];
}
export function arrayRotateRight(array: Value, count: Value): DynamicArray | null {
  return arrayRotateLeft(array, -toLongOr(count, 0));
}

/** What falls in from the side is `fill`, null unless given. (array-shift-left-function) */
export function arrayShiftLeft(array: Value, count: Value, fill: Value = null): DynamicArray | null {
  if (!isArray(array)) return null;
  const by = toLongOr(count, 0);
  return array.map((_, i) => (i + by >= 0 && i + by < array.length ? (array[i + by] ?? null) : fill));
}
export function arrayShiftRight(array: Value, count: Value, fill: Value = null): DynamicArray | null {
  return arrayShiftLeft(array, -toLongOr(count, 0), fill);
}

/** Split before each of these places. (array-split-function) */
export function arraySplit(array: Value, places: Value): DynamicArray | null {
  if (!isArray(array)) return null;
  const cuts = (isArray(places) ? places : [places]).map((place) => toLongOr(place, 0));
  const ends = cuts.map((cut) => Math.max(0, cut < 0 ? array.length + cut : cut));
  return [0, ...ends].map((begin, i) => array.slice(begin, ends[i] ?? array.length));
}

/** Arrays of the elements at the same places, missing ones null. (zip-function) */
export function zip(...arrays: readonly Value[]): DynamicArray {
  const columns = arrays.map((array) => (isArray(array) ? array : []));
  const length = Math.max(0, ...columns.map((column) => column.length));
  return Array.from({ length }, (_, i) => columns.map((column) => column[i] ?? null));
}

const mostElements = 1_048_576;

/** Values from `start` to `stop`, both included, by `step` (1, or 1h for times). At most 1,048,576. (range-function) */
export function range(start: Value, stop: Value, step?: Value): DynamicArray | null {
  const values: Dynamic[] = [];
  if (start instanceof Datetime || start instanceof Timespan) {
    const by = step ?? new Timespan(36_000_000_000n);
    if (!(by instanceof Timespan) || by.ticks === 0n || !(stop instanceof Datetime || stop instanceof Timespan))
      return null;
    const make = start instanceof Datetime ? datetimeOf : timespanOf;
    for (let at = start.ticks; by.ticks > 0n ? at <= stop.ticks : at >= stop.ticks; at += by.ticks) {
      if (values.push(make(at)) >= mostElements) break;
    }
    return values;
  }
  const [from, to, by] = [start, stop, step ?? 1].map(toreal);
  if (from == null || to == null || !by) return null;
  const element = [start, step ?? 1].some((given) => given instanceof Real || !Number.isSafeInteger(Number(given)))
    ? dynamicReal
    : (value: number): Dynamic => value;
  for (let i = 0, at = from; by > 0 ? at <= to : at >= to; at = from + ++i * by) {
    if (values.push(typeof start === "bigint" ? longOf(BigInt(at)) : element(at)) >= mostElements) break;
  }
  return values;
}
