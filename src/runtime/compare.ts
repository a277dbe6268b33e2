import { Decimal, orderOfDecimals } from "../types/decimal.ts";
import { Datetime, datetimeOf, parseDatetime, parseTimespan, Timespan } from "../types/time.ts";
import { type Dynamic, isArray, isBag, isLong, Real, type Value } from "../types/value.ts";
import { todecimal } from "./convert.ts";
import { keyOf } from "./key.ts";
import { fold, listed } from "./string-tests.ts";
import { textOf } from "./text.ts";

// Comparisons. Against null they are null, but `==` is false where only one side is null. (null-values)

export function equal(left: Value, right: Value): boolean | null {
  if (left === null || right === null) return left === right ? null : false;
  const order = orderOf(left, right);
  return order === undefined ? keyOf(left) === keyOf(right) : order === 0;
}
export function less(left: Value, right: Value): boolean | null {
  return ordered(left, right, (order) => order < 0);
}
export function lessOrEqual(left: Value, right: Value): boolean | null {
  return ordered(left, right, (order) => order <= 0);
}
export function greater(left: Value, right: Value): boolean | null {
  return ordered(left, right, (order) => order > 0);
}
export function greaterOrEqual(left: Value, right: Value): boolean | null {
  return ordered(left, right, (order) => order >= 0);
}

function ordered(left: Value, right: Value, test: (order: number) => boolean): boolean | null {
  if (left === null || right === null) return null;
  const order = orderOf(left, right);
  return order === undefined ? null : test(order);
}

/**
 * `value between (low .. high)`, both ends included; with a datetime value, `high` may be a timespan after `low`.
 * (between-operator)
 */
export function between(value: Value, low: Value, high: Value): boolean | null {
  const end = low instanceof Datetime && high instanceof Timespan ? datetimeOf(low.ticks + high.ticks) : high;
  const above = greaterOrEqual(value, low);
  const below = lessOrEqual(value, end);
  if (above === false || below === false) return false;
  return above === null || below === null ? null : true;
}

/** `value in (items)`: equal to one of them, or to an element of an array among them. Null is in no list. (in-cs-operator) */
export function isIn(value: Value, ...items: readonly Value[]): boolean {
  const [only] = items;
  if (items.length === 1 && only !== undefined && isArray(only)) return isInArray(value, only);
  return listed(items).some((item) => equal(value, item) === true);
}

const fewItems = 16;
const sets = new WeakMap<readonly Dynamic[], ReadonlySet<unknown>>();

/** Long lists are looked up by key; the key set is kept with the list. */
function isInArray(value: Value, list: readonly Dynamic[]): boolean {
  if (list.length <= fewItems) return listed(list).some((item) => equal(value, item) === true);
  let set = sets.get(list);
  if (set === undefined) {
    set = new Set(listed(list).map(keyOf));
    sets.set(list, set);
  }
  return value !== null && set.has(keyOf(value));
}

/** `value in~ (items)`: the same without regard to case, beyond ASCII too. (in-operator) */
export function isInIgnoreCase(value: Value, ...items: readonly Value[]): boolean {
  const folded = fold(textOf(value));
  return listed(items).some((item) => fold(textOf(item)) === folded);
}

/** Below, at or above zero; NaN where a NaN is compared; undefined where the two have no order. */
export function orderOf(left: Value, right: Value): number | undefined {
  if (typeof left === "string" && typeof right === "string") return orderOfText(left, right);
  if (isLong(left) && isLong(right)) {
    if (left < right) return -1;
    if (left > right) return 1;
    return Number.isNaN(left) || Number.isNaN(right) ? Number.NaN : 0;
  }
  if (left instanceof Datetime && right instanceof Datetime) return orderOfTicks(left.ticks, right.ticks);
  if (left instanceof Timespan && right instanceof Timespan) return orderOfTicks(left.ticks, right.ticks);
  if (typeof left === "boolean" && typeof right === "boolean") return Number(left) - Number(right);
  if (left instanceof Real) return orderOf(left.value, right);
  if (right instanceof Real) return orderOf(left, right.value);
  if (left instanceof Decimal || right instanceof Decimal) return orderAsDecimals(left, right);
  if (typeof left === "string") return orderOfRead(left, right);
  if (typeof right === "string") {
    const order = orderOfRead(right, left);
    return order === undefined ? undefined : -order;
  }
  return undefined;
}

function orderAsDecimals(left: Value, right: Value): number | undefined {
  const [a, b] = [todecimal(left), todecimal(right)];
  return a === null || b === null ? undefined : orderOfDecimals(a, b);
}

function orderOfTicks(left: bigint, right: bigint): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** A text (of a column whose type nothing declares) against a value of another type: as that type, where it reads as one. */
function orderOfRead(text: string, value: Value): number | undefined {
  if (value === null || isArray(value) || isBag(value)) return undefined;
  if (value instanceof Datetime) return readOrder(parseDatetime(text), value);
  if (value instanceof Timespan) return readOrder(parseTimespan(text), value);
  if (typeof value === "boolean") return undefined;
  return text.trim() === "" || Number.isNaN(Number(text)) ? undefined : orderOf(Number(text), value);
}

function readOrder(read: Value, value: Value): number | undefined {
  return read === null ? undefined : orderOf(read, value);
}

/** By code points, case counts. */
export function orderOfText(left: string, right: string): number {
  if (left === right) return 0;
  const length = Math.min(left.length, right.length);
  for (let i = 0; i < length; i++) {
    const a = left.charCodeAt(i);
    const b = right.charCodeAt(i);
    if (a !== b) return codePointRank(a) - codePointRank(b);
  }
  return left.length - right.length;
}

/** Surrogates stand for the code points beyond all others. */
function codePointRank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
