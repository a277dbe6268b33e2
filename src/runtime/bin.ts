import { addDecimals, aligned, Decimal, decimalOf, subtractDecimals } from "../types/decimal.ts";
import { Datetime, datetimeOf, Timespan, timespanOf } from "../types/time.ts";
import { isLong, type Long, longOf, type Maybe, unmarked, type Value } from "../types/value.ts";
import { todecimal } from "./convert.ts";

/**
 * `bin(value, size)`, `floor(value, size)`: the multiple of `size` at or below the value; null where the size is not positive.
 * (bin-function)
 */
export function bin(value: Maybe<number>, size: Maybe<number>): Maybe<number>;
export function bin(value: Maybe<Long>, size: Maybe<Long>): Maybe<Long>;
export function bin(value: Maybe<Datetime>, size: Maybe<Timespan>): Maybe<Datetime>;
export function bin(value: Maybe<Timespan>, size: Maybe<Timespan>): Maybe<Timespan>;
export function bin(value: Maybe<Decimal>, size: Maybe<Decimal | Long>): Maybe<Decimal>;
export function bin(value: Value, size: Value): Value;
export function bin(value: Value, size: Value): Value {
  if (size instanceof Timespan) {
    if (size.ticks <= 0n) return null;
    if (value instanceof Datetime) return datetimeOf(multipleBelow(value.ticks, size.ticks));
    return value instanceof Timespan ? timespanOf(multipleBelow(value.ticks, size.ticks)) : null;
  }
  return binNumber(value, size, 0);
}

/** The same with bins that begin at `fixed`. (bin-at-function) */
export function binAt(value: Maybe<number>, size: Maybe<number>, fixed: Maybe<number>): Maybe<number>;
export function binAt(value: Maybe<Long>, size: Maybe<Long>, fixed: Maybe<Long>): Maybe<Long>;
export function binAt(value: Maybe<Datetime>, size: Maybe<Timespan>, fixed: Maybe<Datetime>): Maybe<Datetime>;
export function binAt(value: Maybe<Timespan>, size: Maybe<Timespan>, fixed: Maybe<Timespan>): Maybe<Timespan>;
export function binAt(value: Maybe<Decimal>, size: Maybe<Decimal | Long>, fixed: Maybe<Decimal | Long>): Maybe<Decimal>;
export function binAt(value: Value, size: Value, fixed: Value): Value;
export function binAt(value: Value, size: Value, fixed: Value): Value {
  if (!(size instanceof Timespan)) return binNumber(value, size, fixed);
  if (size.ticks <= 0n) return null;
  if (value instanceof Datetime && fixed instanceof Datetime) {
    return datetimeOf(multipleBelow(value.ticks - fixed.ticks, size.ticks) + fixed.ticks);
  }
  if (!(value instanceof Timespan) || !(fixed instanceof Timespan)) return null;
  return timespanOf(multipleBelow(value.ticks - fixed.ticks, size.ticks) + fixed.ticks);
}

/** The multiple of a size at or below a value. */
export function multipleBelow(value: bigint, size: bigint): bigint {
  const rest = value % size;
  return value - (rest < 0n ? rest + size : rest);
}

function binNumber(given: Value, givenSize: Value, givenFixed: Value): Maybe<Long> | Decimal {
  if ([given, givenSize, givenFixed].some((v) => v instanceof Decimal)) return binDecimal(given, givenSize, givenFixed);
  const [value, size, fixed] = [unmarked(given), unmarked(givenSize), unmarked(givenFixed)];
  if (!isLong(value) || !isLong(size) || !isLong(fixed) || !(size > 0)) return null;
  const whole = (n: Long): boolean => typeof n === "bigint" || Number.isInteger(n);
  if (!whole(value) || !whole(size) || !whole(fixed)) {
    const start = Number(fixed);
    return Math.floor((Number(value) - start) / Number(size)) * Number(size) + start;
  }
  if (typeof value === "bigint" || typeof size === "bigint" || typeof fixed === "bigint") {
    const start = BigInt(fixed);
    return longOf(multipleBelow(BigInt(value) - start, BigInt(size)) + start);
  }
  if (Number.isSafeInteger(value - fixed) && Number.isSafeInteger(size)) {
    const rest = (value - fixed) % size;
    return value - (rest < 0 ? rest + size : rest);
  }
  return Math.floor((value - fixed) / size) * size + fixed;
}

function binDecimal(given: Value, givenSize: Value, givenFixed: Value): Decimal | null {
  const [value, size, fixed] = [todecimal(given), todecimal(givenSize), todecimal(givenFixed)];
  if (value === null || size === null || fixed === null || size.coefficient <= 0n) return null;
  const apart = subtractDecimals(value, fixed);
  if (apart === null) return null;
  const both = aligned(apart, size);
  const below = decimalOf(multipleBelow(both.left, both.right), both.scale);
  return below && addDecimals(below, fixed);
}
