import { Decimal, decimalOf } from "../types/decimal.ts";
import { Timespan, timespanOf } from "../types/time.ts";
import { isLong, type Long, longOf, type Maybe, type Value } from "../types/value.ts";
import { orderOf } from "./compare.ts";
import { toLongOr, toreal } from "./convert.ts";

// Mathematical and bitwise functions. Null in, null out. (scalar-functions: mathematical functions)

const ofReal =
  (calculate: (value: number) => number) =>
  (value: Value): number | null => {
    const number = toreal(value);
    return number === null ? null : calculate(number);
  };

/** Null where the function has no value. */
const ofRealWithin =
  (isWithin: (value: number) => boolean, calculate: (value: number) => number) =>
  (value: Value): number | null => {
    const number = toreal(value);
    return number === null || !(isWithin(number) || Number.isNaN(number)) ? null : calculate(number);
  };
const isNotNegative = (x: number): boolean => x >= 0;
const isCosine = (x: number): boolean => x >= -1 && x <= 1;

export const sqrt = ofRealWithin(isNotNegative, Math.sqrt);
export const exp = ofReal(Math.exp);
export const exp2 = ofReal((x) => 2 ** x);
export const exp10 = ofReal((x) => 10 ** x);
export const log = ofRealWithin(isNotNegative, Math.log);
export const log2 = ofRealWithin(isNotNegative, Math.log2);
export const log10 = ofRealWithin(isNotNegative, Math.log10);
export const sin = ofReal(Math.sin);
export const cos = ofReal(Math.cos);
export const tan = ofReal(Math.tan);
export const cot = ofReal((x) => 1 / Math.tan(x));
export const asin = ofRealWithin(isCosine, Math.asin);
export const acos = ofRealWithin(isCosine, Math.acos);
export const atan = ofReal(Math.atan);
export const radians = ofReal((x) => (x * Math.PI) / 180);
export const degrees = ofReal((x) => (x * 180) / Math.PI);
export const sign = ofReal((x) => (Number.isNaN(x) ? 0 : Math.sign(x) + 0));
/** Up to the next whole number. */
export function ceiling(value: Maybe<Long>): Maybe<number>;
export function ceiling(value: Maybe<Decimal>): Maybe<Decimal>;
export function ceiling(value: Value): Maybe<number>;
export function ceiling(value: Value): Maybe<number | Decimal> {
  if (value instanceof Decimal) return ceilingOfDecimal(value);
  const number = toreal(value);
  return number === null ? null : Math.ceil(number) + 0;
}
function ceilingOfDecimal(value: Decimal): Decimal | null {
  if (value.scale <= 0) return value;
  const unit = 10n ** BigInt(value.scale);
  const whole = value.coefficient / unit;
  return decimalOf(value.coefficient > whole * unit ? whole + 1n : whole, 0);
}

export function pi(): number {
  return Math.PI;
}

export function atan2(y: Value, x: Value): number | null {
  const [a, b] = [toreal(y), toreal(x)];
  return a === null || b === null ? null : Math.atan2(a, b);
}

export function pow(base: Value, exponent: Value): number | null {
  const [a, b] = [toreal(base), toreal(exponent)];
  return a === null || b === null ? null : a ** b;
}

export function abs(value: Maybe<number>): Maybe<number>;
export function abs(value: Maybe<Long>): Maybe<Long>;
export function abs(value: Maybe<Timespan>): Maybe<Timespan>;
export function abs(value: Maybe<Decimal>): Maybe<Decimal>;
export function abs(value: Value): Value;
export function abs(value: Value): Value {
  if (typeof value === "number") return Math.abs(value);
  if (typeof value === "bigint") return longOf(value < 0n ? -value : value);
  if (value instanceof Decimal)
    return new Decimal(value.coefficient < 0n ? -value.coefficient : value.coefficient, value.scale);
  return value instanceof Timespan ? timespanOf(value.ticks < 0n ? -value.ticks : value.ticks) : null;
}

/** Half away from zero, to so many places (negative ones too); a decimal stays one. (round-function) */
export function round(value: Maybe<number>, places?: Value): Maybe<number>;
export function round(value: Maybe<Long>, places?: Value): Maybe<Long>;
export function round(value: Maybe<Decimal>, places?: Value): Maybe<Decimal>;
export function round(value: Value, places?: Value): Maybe<number>;
export function round(value: Value, places?: Value): Maybe<Long | Decimal> {
  if (places === null) return null;
  const digits = Math.max(fewestPlaces, toLongOr(places ?? null, 0));
  if (typeof value === "bigint") return digits >= 0 ? value : roundedLong(value, 10n ** BigInt(-digits));
  if (value instanceof Decimal) return roundedDecimal(value, digits);
  const number = toreal(value);
  if (number === null || !Number.isFinite(number) || (digits >= 0 && Number.isInteger(number))) return number;
  const power = 10 ** Math.abs(digits);
  if (!Number.isFinite(power)) return digits < 0 ? 0 : number;
  const [size, scaled] = [Math.abs(number), digits < 0 ? Math.abs(number) / power : Math.abs(number) * power];
  const rounded = Number.isFinite(scaled)
    ? digits < 0
      ? Math.round(scaled) * power
      : Math.round(scaled) / power
    : size;
  return number < 0 ? -rounded + 0 : rounded;
}

/** Left of the point there are no more places in a number. */
const fewestPlaces = -6_200;

function roundedLong(value: bigint, unit: bigint): Long {
  const half = value < 0n ? -unit / 2n : unit / 2n;
  return longOf(((value + half) / unit) * unit);
}

function roundedDecimal(value: Decimal, digits: number): Decimal | null {
  if (value.scale <= digits) return value;
  const unit = 10n ** BigInt(value.scale - digits);
  const half = value.coefficient < 0n ? -unit / 2n : unit / 2n;
  return decimalOf((value.coefficient + half) / unit, digits);
}

export function isnan(value: Value): boolean | null {
  return isLong(value) ? Number.isNaN(Number(value)) : null;
}
export function isinf(value: Value): boolean | null {
  return isLong(value) ? Math.abs(Number(value)) === Number.POSITIVE_INFINITY : null;
}
export function isfinite(value: Value): boolean | null {
  return isLong(value) ? Number.isFinite(Number(value)) : null;
}

/** The greatest of the values that are not null; NaN where one is NaN. (max-of-function) */
export function maxOf<T extends Value>(...values: readonly T[]): T | null {
  return bestOf(values, (order) => order > 0);
}
/** The least of the values that are not null; NaN where one is NaN. (min-of-function) */
export function minOf<T extends Value>(...values: readonly T[]): T | null {
  return bestOf(values, (order) => order < 0);
}

function bestOf<T extends Value>(values: readonly T[], better: (order: number) => boolean): T | null {
  let best: T | null = null;
  for (const value of values) {
    if (value === null) continue;
    const order = best === null ? undefined : orderOf(value, best);
    if (best === null || (order !== undefined && (better(order) || Number.isNaN(value)))) best = value;
  }
  return best;
}

const bits =
  (calculate: (left: bigint, right: bigint) => bigint) =>
  (left: Value, right: Value): Long | null => {
    const [a, b] = [integerOf(left), integerOf(right)];
    return a === null || b === null ? null : longOf(calculate(a, b));
  };
const integerOf = (value: Value): bigint | null =>
  typeof value === "bigint" || Number.isInteger(value) ? BigInt(value as Long) : null;

export const binaryAnd = bits((a, b) => a & b);
export const binaryOr = bits((a, b) => a | b);
export const binaryXor = bits((a, b) => a ^ b);
/** By the shift modulo 64. (binary-shift-left-function) */
export const binaryShiftLeft = bits((a, b) => a << (b & 63n));
export const binaryShiftRight = bits((a, b) => a >> (b & 63n));

export function binaryNot(value: Value): Long | null {
  const number = integerOf(value);
  return number === null ? null : longOf(~number);
}

/** How many bits are set, of 64. (bitset-count-ones-function) */
export function bitsetCountOnes(value: Value): number | null {
  const number = integerOf(value);
  return number === null ? null : BigInt.asUintN(64, number).toString(2).replaceAll("0", "").length;
}
