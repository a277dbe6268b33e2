import { Datetime, datetimeOf, Timespan, timespanOf } from "../types/time.ts";
import { isLong, type Long, longOf, type Maybe, type Value } from "../types/value.ts";
import { toreal } from "./convert.ts";

// + - * / % of whole numbers, datetimes and timespans. Whole numbers wrap at 64 bits. Null with anything is null, and so is
// division of a whole number by zero. Reals have their own functions, because 7 / 2 is 3 and 7.0 / 2 is 3.5.
// (numerical-operators, datetime-timespan-arithmetic)

type Whole = (left: bigint, right: bigint) => bigint | null;

const isWhole = (value: Value): value is Long => typeof value === "bigint" || Number.isInteger(value);

/** Whole numbers exactly; where one is a fraction (a column of undeclared type), as reals. */
function calculate(left: Value, right: Value, real: (a: number, b: number) => number, whole: Whole): Maybe<Long> {
  if (!isLong(left) || !isLong(right)) return null;
  if (!isWhole(left) || !isWhole(right)) return real(Number(left), Number(right));
  const result = whole(BigInt(left), BigInt(right));
  return result === null ? null : longOf(result);
}

export function add(left: Maybe<Long>, right: Maybe<Long>): Maybe<Long>;
export function add(left: Maybe<Datetime>, right: Maybe<Timespan>): Maybe<Datetime>;
export function add(left: Maybe<Timespan>, right: Maybe<Datetime>): Maybe<Datetime>;
export function add(left: Maybe<Timespan>, right: Maybe<Timespan>): Maybe<Timespan>;
export function add(left: Value, right: Value): Value;
export function add(left: Value, right: Value): Value {
  if (typeof left === "number" && typeof right === "number") {
    const sum = left + right;
    if (Number.isSafeInteger(sum)) return sum;
  }
  if (left instanceof Timespan) {
    if (right instanceof Datetime) return datetimeOf(left.ticks + right.ticks);
    return right instanceof Timespan ? timespanOf(left.ticks + right.ticks) : null;
  }
  if (left instanceof Datetime) return right instanceof Timespan ? datetimeOf(left.ticks + right.ticks) : null;
  return calculate(
    left,
    right,
    (a, b) => a + b,
    (a, b) => a + b,
  );
}

export function subtract(left: Maybe<Long>, right: Maybe<Long>): Maybe<Long>;
export function subtract(left: Maybe<Datetime>, right: Maybe<Datetime>): Maybe<Timespan>;
export function subtract(left: Maybe<Datetime>, right: Maybe<Timespan>): Maybe<Datetime>;
export function subtract(left: Maybe<Timespan>, right: Maybe<Timespan>): Maybe<Timespan>;
export function subtract(left: Value, right: Value): Value;
export function subtract(left: Value, right: Value): Value {
  if (typeof left === "number" && typeof right === "number") {
    const difference = left - right;
    if (Number.isSafeInteger(difference)) return difference;
  }
  if (left instanceof Datetime) {
    if (right instanceof Datetime) return timespanOf(left.ticks - right.ticks);
    return right instanceof Timespan ? datetimeOf(left.ticks - right.ticks) : null;
  }
  if (left instanceof Timespan) return right instanceof Timespan ? timespanOf(left.ticks - right.ticks) : null;
  return calculate(
    left,
    right,
    (a, b) => a - b,
    (a, b) => a - b,
  );
}

export function multiply(left: Maybe<Long>, right: Maybe<Long>): Maybe<Long>;
export function multiply(left: Maybe<Timespan>, right: Maybe<Long>): Maybe<Timespan>;
export function multiply(left: Maybe<Long>, right: Maybe<Timespan>): Maybe<Timespan>;
export function multiply(left: Value, right: Value): Value;
export function multiply(left: Value, right: Value): Value {
  if (typeof left === "number" && typeof right === "number") {
    const product = left * right;
    if (Number.isSafeInteger(product)) return product + 0;
  }
  if (left instanceof Timespan) return isLong(right) ? scaled(left, right) : null;
  if (right instanceof Timespan) return isLong(left) ? scaled(right, left) : null;
  return calculate(
    left,
    right,
    (a, b) => a * b,
    (a, b) => a * b,
  );
}

function scaled(span: Timespan, factor: Long): Maybe<Timespan> {
  return isWhole(factor) ? timespanOf(span.ticks * BigInt(factor)) : roundedSpan(Number(span.ticks) * Number(factor));
}

function roundedSpan(ticks: number): Maybe<Timespan> {
  return Number.isFinite(ticks) ? timespanOf(BigInt(Math.trunc(ticks))) : null;
}

/** Whole numbers: towards zero, null by zero. Timespan by timespan is a real. */
export function divide(left: Maybe<Long>, right: Maybe<Long>): Maybe<Long>;
export function divide(left: Maybe<Timespan>, right: Maybe<Timespan>): Maybe<number>;
export function divide(left: Maybe<Timespan>, right: Maybe<Long>): Maybe<Timespan>;
export function divide(left: Value, right: Value): Value;
export function divide(left: Value, right: Value): Value {
  if (left instanceof Timespan) {
    if (right instanceof Timespan) return Number(left.ticks) / Number(right.ticks);
    if (!isLong(right) || Number(right) === 0) return null;
    return isWhole(right) ? timespanOf(left.ticks / BigInt(right)) : roundedSpan(Number(left.ticks) / right);
  }
  return calculate(
    left,
    right,
    (a, b) => a / b,
    (a, b) => (b === 0n ? null : a / b),
  );
}

/** The remainder from 0 up to the divisor's size, never negative: -14 % 12 is 10. */
export function modulo(left: Maybe<Long>, right: Maybe<Long>): Maybe<Long>;
export function modulo(left: Maybe<Timespan>, right: Maybe<Timespan>): Maybe<Timespan>;
export function modulo(left: Value, right: Value): Value;
export function modulo(left: Value, right: Value): Value {
  if (left instanceof Timespan) {
    return right instanceof Timespan && right.ticks !== 0n ? timespanOf(positiveRest(left.ticks, right.ticks)) : null;
  }
  return calculate(left, right, positiveRestReal, (a, b) => (b === 0n ? null : positiveRest(a, b)));
}

function positiveRest(value: bigint, divisor: bigint): bigint {
  const rest = value % divisor;
  return rest < 0n ? rest + (divisor < 0n ? -divisor : divisor) : rest;
}

function positiveRestReal(value: number, divisor: number): number {
  const rest = value % divisor;
  return rest < 0 ? rest + Math.abs(divisor) : rest;
}

const reals =
  (calculateReal: (left: number, right: number) => number) =>
  (left: Value, right: Value): Maybe<number> => {
    const [a, b] = [toreal(left), toreal(right)];
    return a === null || b === null ? null : calculateReal(a, b);
  };

export const addReal = reals((a, b) => a + b);
export const subtractReal = reals((a, b) => a - b);
export const multiplyReal = reals((a, b) => a * b);
export const divideReal = reals((a, b) => a / b);
export const moduloReal = reals(positiveRestReal);

/** Unary minus. */
export function negate(value: Maybe<number>): Maybe<number>;
export function negate(value: Maybe<Long>): Maybe<Long>;
export function negate(value: Maybe<Timespan>): Maybe<Timespan>;
export function negate(value: Value): Value;
export function negate(value: Value): Value {
  if (value instanceof Timespan) return timespanOf(-value.ticks);
  if (typeof value === "bigint") return longOf(-value);
  return typeof value === "number" ? 0 - value : null;
}
