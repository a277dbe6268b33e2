import { Datetime, datetimeOf, Timespan, timespanOf } from "../types/time.ts";
import {
  type Bag,
  bagOf,
  type Dynamic,
  type DynamicArray,
  isArray,
  isBag,
  longOf,
  type Value,
} from "../types/value.ts";
import { orderOf } from "./compare.ts";
import { toLongOr, toreal } from "./convert.ts";
import { printJson } from "./json.ts";
import { keyOf } from "./key.ts";
import { textOf, tostring } from "./text.ts";

// Arrays and property bags. What is not of the form that a function needs gives null. (scalar-functions: dynamic functions)

/** `d.key`, `d["key"]`, `d[0]`, `d[-1]` (the last element); null where there is none. */
export function access(target: Value, key: Value): Dynamic {
  if (isArray(target)) return (typeof key === "number" ? target.at(key) : undefined) ?? null;
  if (!isBag(target) || typeof key !== "string") return null;
  return Object.hasOwn(target, key) ? (target[key] ?? null) : null;
}

/** Null for what is no array. (array-length-function) */
export function arrayLength(array: Value): number | null {
  return isArray(array) ? array.length : null;
}

/** Keys and values in turn; a key given twice keeps its first value. (bag-pack-function) */
export function bagPack(...parts: readonly Value[]): Bag {
  const entries: [string, Dynamic][] = [];
  for (let i = 0; i + 1 < parts.length; i += 2) entries.push([textOf(parts[i] ?? null), parts[i + 1] ?? null]);
  return firstWins(entries);
}

function firstWins(entries: readonly (readonly [string, Dynamic])[]): Bag {
  const found = new Map<string, Dynamic>();
  for (const [key, value] of entries) if (!found.has(key)) found.set(key, value);
  return bagOf(found);
}

/** The columns of a row as a bag; with `ignoreNullEmpty`, without nulls and "". (pack-all-function) */
export function packAll(row: Readonly<Record<string, Value>>, ignoreNullEmpty: Value): Bag {
  const entries = Object.entries(row);
  return bagOf(ignoreNullEmpty === true ? entries.filter(([, value]) => value !== null && value !== "") : entries);
}

export function packArray(...items: readonly Value[]): DynamicArray {
  return items;
}

export function bagKeys(bag: Value): DynamicArray | null {
  return isBag(bag) ? Object.keys(bag) : null;
}

/** The leftmost bag with a key gives its value; what is no bag does not count. (bag-merge-function) */
export function bagMerge(...bags: readonly Value[]): Bag | null {
  const merged = bags.filter(isBag);
  return merged.length === 0 ? null : firstWins(merged.flatMap((bag) => Object.entries(bag)));
}

/** The key, or a path such as `$.a.b[0]`. (bag-has-key-function) */
export function bagHasKey(bag: Value, key: Value): boolean | null {
  if (!isBag(bag)) return null;
  const path = pathOf(textOf(key));
  if (path === null) return Object.hasOwn(bag, textOf(key));
  let target: Dynamic = bag;
  for (const step of path) {
    const found: boolean =
      typeof step === "number" ? isArray(target) && step < target.length : isBag(target) && Object.hasOwn(target, step);
    if (!found) return false;
    target = access(target, step);
  }
  return true;
}

/** `$.a['b'][0]` as its steps; null where the text is no path. */
function pathOf(text: string): readonly (string | number)[] | null {
  if (!text.startsWith("$")) return null;
  const steps = [...text.slice(1).matchAll(/\.([^.[\]]+)|\[(\d{1,9})\]|\['([^']*)'\]|\["([^"]*)"\]/gy)];
  const read = steps.reduce((length, step) => length + step[0].length, 1);
  if (read !== text.length) return null;
  return steps.map(([, name, index, single, double]) =>
    index === undefined ? (name ?? single ?? double ?? "") : Number(index),
  );
}

/** Without these keys or `$.a.b` paths. (bag-remove-keys-function) */
export function bagRemoveKeys(bag: Value, keys: Value): Dynamic {
  if (!isBag(bag) || !isArray(keys)) return isBag(bag) ? bag : null;
  return keys.reduce<Dynamic>((rest, key) => {
    const path = pathOf(textOf(key));
    return without(rest, path === null ? [textOf(key)] : path.map(String));
  }, bag);
}

function without(target: Dynamic, path: readonly string[]): Dynamic {
  const [key, ...rest] = path;
  if (!isBag(target) || key === undefined) return target;
  const entries = Object.entries(target);
  if (rest.length === 0) return bagOf(entries.filter(([name]) => name !== key));
  return bagOf(entries.map(([name, value]) => [name, name === key ? without(value, rest) : value]));
}

/** The key set to a value; a path such as `$.a.b` makes the bags on its way. (bag-set-key-function) */
export function bagSetKey(bag: Value, key: Value, value: Value): Dynamic {
  if (!isBag(bag)) return null;
  return withKey(bag, pathOf(textOf(key))?.map(String) ?? [textOf(key)], value);
}

function withKey(target: Value, path: readonly string[], value: Value): Dynamic {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const entries = isBag(target) ? Object.entries(target) : [];
  const old = isBag(target) && Object.hasOwn(target, key) ? (target[key] ?? null) : null;
  return bagOf([...entries.filter(([name]) => name !== key), [key, withKey(old, rest, value)]]);
}

/** Keys and values side by side; keys that are no strings fall away, missing values are null. (bag-zip-function) */
export function bagZip(keys: Value, values: Value): Bag | null {
  if (!isArray(keys) || !isArray(values)) return null;
  return firstWins(keys.flatMap((key, i) => (typeof key === "string" ? [[key, values[i] ?? null] as const] : [])));
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

export function arraySortAsc(array: Value, nullsLast: Value = true): DynamicArray | null {
  return sortedArray(array, nullsLast, 1);
}
export function arraySortDesc(array: Value, nullsLast: Value = true): DynamicArray | null {
  return sortedArray(array, nullsLast, -1);
}

function sortedArray(array: Value, nullsLast: Value, direction: 1 | -1): DynamicArray | null {
  if (!isArray(array)) return null;
  const values = array.filter((item) => item !== null);
  const nulls = array.filter((item) => item === null);
  values.sort((left, right) => direction * (orderOf(left, right) ?? rank(left) - rank(right)));
  return nullsLast === false ? [...nulls, ...values] : [...values, ...nulls];
}

const ranks = ["number", "bigint", "boolean", "object", "string"];
const rank = (value: Dynamic): number => ranks.indexOf(typeof value);

/** Null where an element is no number. (array-sum-function) */
export function arraySum(array: Value): number | null {
  if (!isArray(array)) return null;
  let sum = 0;
  for (const item of array) {
    if (item === null) continue;
    if (typeof item !== "number" && typeof item !== "bigint") return null;
    sum += Number(item);
  }
  return sum;
}

/** Element by element: of `then` where the condition is true or not zero, else of `otherwise`; null for other conditions. */
export function arrayIff(conditions: Value, then: Value, otherwise: Value): DynamicArray | null {
  if (!isArray(conditions)) return null;
  return conditions.map((condition, i) => {
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
/** Size of the intersection by size of the union. (jaccard-index-function) */
export function jaccardIndex(left: Value, right: Value): number | null {
  if (!isArray(left) || !isArray(right)) return null;
  return (setIntersect(left, right)?.length ?? 0) / setUnion(left, right).length;
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
  for (let i = 0, at = from; by > 0 ? at <= to : at >= to; at = from + ++i * by) {
    if (values.push(typeof start === "bigint" ? longOf(BigInt(at)) : at) >= mostElements) break;
  }
  return values;
}

/** JSON with the keys of bags in order of their names. (dynamic-to-json-function) */
export function dynamicToJson(value: Value): string {
  return value === null || typeof value === "string" ? tostring(value) : printJson(sortedKeys(value));
}

function sortedKeys(value: Dynamic): Dynamic {
  if (isArray(value)) return value.map(sortedKeys);
  if (!isBag(value)) return value;
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return bagOf(entries.map(([key, item]) => [key, sortedKeys(item)]));
}
