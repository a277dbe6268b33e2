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

export const sqrt = ofReal(Math.sqrt);
export const exp = ofReal(Math.exp);
export const exp2 = ofReal((x) => 2 ** x);
export const exp10 = ofReal((x) => 10 ** x);
export const log = ofReal(Math.log);
export const log2 = ofReal(Math.log2);
export const log10 = ofReal(Math.log10);
export const sin = ofReal(Math.sin);
export const cos = ofReal(Math.cos);
export const tan = ofReal(Math.tan);
export const cot = ofReal((x) => 1 / Math.tan(x));
export const asin = ofReal(Math.asin);
export const acos = ofReal(Math.acos);
export const atan = ofReal(Math.atan);
export const radians = ofReal((x) => (x * Math.PI) / 180);
export const degrees = ofReal((x) => (x * 180) / Math.PI);
export const sign = ofReal((x) => (Number.isNaN(x) ? 0 : Math.sign(x) + 0));
/** Up to the next whole number. */
export const ceiling = ofReal((x) => Math.ceil(x) + 0);

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
export function abs(value: Value): Value;
export function abs(value: Value): Value {
  if (typeof value === "number") return Math.abs(value);
  if (typeof value === "bigint") return longOf(value < 0n ? -value : value);
  return value instanceof Timespan ? timespanOf(value.ticks < 0n ? -value.ticks : value.ticks) : null;
}

/** Half away from zero, to so many places (negative ones too). (round-function) */
export function round(value: Value, places?: Value): number | null {
  const number = toreal(value);
  if (number === null || !Number.isFinite(number)) return number;
  const digits = toLongOr(places ?? null, 0);
  const size = shifted(Math.round(shifted(Math.abs(number), digits)), -digits);
  return number < 0 ? -size + 0 : size;
}

/** Times a power of ten, by moving the decimal point, so that 1.005 stays what it says. */
function shifted(value: number, places: number): number {
  const [mantissa = "0", exponent = "0"] = String(value).split("e");
  return Number(`${mantissa}e${Number(exponent) + places}`);
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
