import { Decimal, decimalOf, parseDecimal } from "../types/decimal.ts";
import { Datetime, datetimeOf, parseDatetime, parseTimespan, Timespan, timespanOf } from "../types/time.ts";
import { isArray, isBag, type Long, longOf, Real, type Value } from "../types/value.ts";

// Conversions. What does not convert is null. (scalar-functions: conversion functions)

const int64 = { low: -(2n ** 63n), high: 2n ** 63n - 1n };

/** Whole numbers from texts (decimal or 0x…), reals (towards zero, held to 64 bits), booleans, ticks of times. */
export function tolong(value: Value): Long | null {
  if (typeof value === "number" && Number.isSafeInteger(value)) return value + 0;
  const long = toBigint(value);
  return long === null ? null : longOf(long);
}

/** As `tolong`, but 32 bits: greater whole numbers wrap, greater reals are held, greater texts are null. */
export function toint(given: Value): number | null {
  const value = given instanceof Real || given instanceof Decimal ? given.valueOf() : given;
  if (typeof value === "number" && !Number.isSafeInteger(value)) {
    if (Number.isNaN(value)) return null;
    return Math.max(-(2 ** 31), Math.min(2 ** 31 - 1, Math.trunc(value))) + 0;
  }
  if (typeof value === "number") return value | 0;
  const long = toBigint(value);
  if (long === null) return null;
  const wrapped = BigInt.asIntN(32, long);
  return typeof value === "string" && wrapped !== long ? null : Number(wrapped);
}

function toBigint(value: Value): bigint | null {
  switch (typeof value) {
    case "bigint":
      return value;
    case "boolean":
      return value ? 1n : 0n;
    case "number":
      return wholePart(value);
    case "string":
      return wholeFromText(value.trim());
    default:
      if (value instanceof Real) return wholePart(value.value);
      if (value instanceof Decimal) return heldTo64(wholeOf(value));
      return value instanceof Datetime || value instanceof Timespan ? value.ticks : null;
  }
}

const wholeOf = ({ coefficient, scale }: Decimal): bigint =>
  scale > 0 ? coefficient / 10n ** BigInt(scale) : coefficient * 10n ** BigInt(-scale);
const heldTo64 = (whole: bigint): bigint => (whole > int64.high ? int64.high : whole < int64.low ? int64.low : whole);

function wholePart(value: number): bigint | null {
  if (Number.isNaN(value)) return null;
  if (value >= 2 ** 63) return int64.high;
  return value <= -(2 ** 63) ? int64.low : BigInt(Math.trunc(value));
}

function wholeFromText(text: string): bigint | null {
  if (!/^[+-]?(\d{1,20}|0x[\da-f]{1,16})$/i.test(text)) return null;
  const negative = text.startsWith("-");
  const digits = text.replace(/^[+-]/, "");
  const size = /^0x/i.test(digits) ? BigInt.asIntN(64, BigInt(digits)) : BigInt(digits);
  const long = negative ? -size : size;
  return long < int64.low || long > int64.high ? null : long;
}

/** A whole number for a count or a position, within what a `number` holds; `absent` for null. */
export function toLongOr(value: Value, absent: number): number {
  const long = tolong(value);
  return long === null ? absent : Number(long);
}

const realText = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const infinity = /^([+-]?)inf(inity)?$/i;

/** `toreal`, `todouble`: numbers, texts (also `NaN`, `inf`), booleans, ticks of times. (toreal-function) */
export function toreal(value: Value): number | null {
  switch (typeof value) {
    case "number":
      return value;
    case "bigint":
    case "boolean":
      return Number(value);
    case "string": {
      const text = value.trim();
      if (realText.test(text)) return Number(text);
      if (/^nan$/i.test(text)) return Number.NaN;
      const sign = infinity.exec(text)?.[1];
      return sign === undefined ? null : sign === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
    }
    default:
      if (value instanceof Real || value instanceof Decimal) return value.valueOf();
      return value instanceof Datetime || value instanceof Timespan ? Number(value.ticks) : null;
  }
}

/** Numbers exactly, texts, booleans; a real by its shortest digits, so that 0.1 is one tenth. (todecimal-function) */
export function todecimal(value: Value): Decimal | null {
  switch (typeof value) {
    case "bigint":
      return decimalOf(value, 0);
    case "boolean":
      return decimalOf(value ? 1n : 0n, 0);
    case "number":
    case "string":
      return parseDecimal(String(value));
    default:
      if (value instanceof Decimal) return value;
      if (value instanceof Real) return parseDecimal(String(value.value));
      return value instanceof Datetime || value instanceof Timespan ? decimalOf(value.ticks, 0) : null;
  }
}

/** Numbers: not zero. Texts: `true`, `false` or a whole number, without blanks around. (tobool-function) */
export function tobool(value: Value): boolean | null {
  switch (typeof value) {
    case "boolean":
      return value;
    case "number":
    case "bigint":
      return Number(value) !== 0;
    case "string": {
      if (/^true$/i.test(value)) return true;
      if (/^false$/i.test(value)) return false;
      const whole = value.trim() === value ? wholeFromText(value) : null;
      return whole === null ? null : whole !== 0n;
    }
    default:
      return value instanceof Real || value instanceof Decimal ? value.valueOf() !== 0 : null;
  }
}

/** Texts in the forms of `datetime(…)`, and whole numbers as ticks. (todatetime-function) */
export function todatetime(value: Value): Datetime | null {
  if (value instanceof Datetime) return value;
  if (typeof value === "string") return parseDatetime(value);
  const ticks =
    typeof value === "number" || typeof value === "bigint" || value instanceof Real ? toBigint(value) : null;
  return ticks === null ? null : datetimeOf(ticks);
}

/** Texts in the forms of `timespan(…)`, and whole numbers as ticks. (totimespan-function) */
export function totimespan(value: Value): Timespan | null {
  if (value instanceof Timespan) return value;
  if (typeof value === "string") return parseTimespan(value);
  const ticks =
    typeof value === "number" || typeof value === "bigint" || value instanceof Real ? toBigint(value) : null;
  return ticks === null ? null : timespanOf(ticks);
}

/** In lower case with hyphens; texts of 32 digits with or without them, in braces or not. (toguid-function) */
export function toguid(value: Value): string | null {
  if (typeof value !== "string") return null;
  const digits = /^[{(]?([\da-f]{8})-?([\da-f]{4})-?([\da-f]{4})-?([\da-f]{4})-?([\da-f]{12})[)}]?$/i.exec(
    value.trim(),
  );
  return digits === null ? null : digits.slice(1).join("-").toLowerCase();
}

/** The type of a dynamic value: `array`, `dictionary`, `string`, `long`, `double`, `bool`, `null` … (gettype-function) */
export function gettype(value: Value): string {
  switch (typeof value) {
    case "string":
      return "string";
    case "boolean":
      return "bool";
    case "bigint":
      return "long";
    case "number":
      return Number.isSafeInteger(value) ? "long" : "double";
    default:
      if (value === null) return "null";
      if (value instanceof Real) return "double";
      if (value instanceof Decimal) return "decimal";
      if (value instanceof Datetime) return "datetime";
      if (value instanceof Timespan) return "timespan";
      return isArray(value) ? "array" : isBag(value) ? "dictionary" : "null";
  }
}
