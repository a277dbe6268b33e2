import {
  addDecimals,
  Decimal,
  divideDecimals,
  moduloDecimals,
  multiplyDecimals,
  subtractDecimals,
} from "../types/decimal.ts";
import { Datetime, datetimeOf, Timespan, timespanOf } from "../types/time.ts";
import { isLong, type Long, longOf, type Maybe, Real, unmarked, type Value } from "../types/value.ts";
import { todecimal, toreal } from "./convert.ts";

// + - * / % of whole numbers, datetimes and timespans. Whole numbers wrap at 64 bits. Null with anything is null, and so is
// division of a whole number by zero. Reals have their own functions, because 7 / 2 is 3 and 7.0 / 2 is 3.5.
// (numerical-operators, datetime-timespan-arithmetic)

type Whole = (left: bigint, right: bigint) => bigint | null;
type OfDecimals = (left: Decimal, right: Decimal) => Decimal | null;

const isWhole = (value: Value): value is Long => typeof value === "bigint" || Number.isInteger(value);

/** Whole numbers exactly, with a decimal as decimals; where one is a fraction (a column of undeclared type), as reals. */
function calculate(
  first: Value,
  second: Value,
  real: (a: number, b: number) => number,
  whole: Whole,
  decimal: OfDecimals,
): Maybe<Long> | Decimal {
  if (first instanceof Decimal || second instanceof Decimal) {
    const [a, b] = [todecimal(first), todecimal(second)];
    return a === null || b === null ? null : decimal(a, b);
  }
  if (first instanceof Real || second instanceof Real) {
    const [a, b] = [toreal(first), toreal(second)];
    return a === null || b === null ? null : real(a, b);
  }
  const [left, right] = [first, second];
  if (!isLong(left) || !isLong(right)) return null;
  if (!isWhole(left) || !isWhole(right)) return real(Number(left), Number(right));
  const result = whole(BigInt(left), BigInt(right));
  return result === null ? null : longOf(result);
}

export function add(left: Maybe<Long>, right: Maybe<Long>): Maybe<Long>;
export function add(left: Maybe<Datetime>, right: Maybe<Timespan>): Maybe<Datetime>;
export function add(left: Maybe<Timespan>, right: Maybe<Datetime>): Maybe<Datetime>;
export function add(left: Maybe<Timespan>, right: Maybe<Timespan>): Maybe<Timespan>;
export function add(left: Maybe<Decimal>, right: Maybe<Decimal | Long>): Maybe<Decimal>;
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
    addDecimals,
  );
}

export function subtract(left: Maybe<Long>, right: Maybe<Long>): Maybe<Long>;
export function subtract(left: Maybe<Datetime>, right: Maybe<Datetime>): Maybe<Timespan>;
export function subtract(left: Maybe<Datetime>, right: Maybe<Timespan>): Maybe<Datetime>;
export function subtract(left: Maybe<Timespan>, right: Maybe<Timespan>): Maybe<Timespan>;
export function subtract(left: Maybe<Decimal>, right: Maybe<Decimal | Long>): Maybe<Decimal>;
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
    subtractDecimals,
  );
}

export function multiply(left: Maybe<Long>, right: Maybe<Long>): Maybe<Long>;
export function multiply(left: Maybe<Timespan>, right: Maybe<Long>): Maybe<Timespan>;
export function multiply(left: Maybe<Long>, right: Maybe<Timespan>): Maybe<Timespan>;
export function multiply(left: Maybe<Decimal>, right: Maybe<Decimal | Long>): Maybe<Decimal>;
export function multiply(left: Value, right: Value): Value;
export function multiply(left: Value, right: Value): Value {
  if (typeof left === "number" && typeof right === "number") {
    const product = left * right;
    if (Number.isSafeInteger(product)) return product + 0;
  }
  if (left instanceof Timespan) return scaled(left, unmarked(right));
  if (right instanceof Timespan) return scaled(right, unmarked(left));
  return calculate(
    left,
    right,
    (a, b) => a * b,
    (a, b) => a * b,
    multiplyDecimals,
  );
}

function scaled(span: Timespan, given: Value): Maybe<Timespan> {
  const factor = given instanceof Decimal ? given.valueOf() : given;
  if (!isLong(factor)) return null;
  return isWhole(factor) ? timespanOf(span.ticks * BigInt(factor)) : roundedSpan(Number(span.ticks) * Number(factor));
}

function roundedSpan(ticks: number): Maybe<Timespan> {
  return Number.isFinite(ticks) ? timespanOf(BigInt(Math.trunc(ticks))) : null;
}

/** Whole numbers: towards zero, null by zero. Timespan by timespan is a real. */
export function divide(left: Maybe<Long>, right: Maybe<Long>): Maybe<Long>;
export function divide(left: Maybe<Timespan>, right: Maybe<Timespan>): Maybe<number>;
export function divide(left: Maybe<Datetime>, right: Maybe<Timespan>): Maybe<number>;
export function divide(left: Maybe<Timespan>, right: Maybe<Long>): Maybe<Timespan>;
export function divide(left: Maybe<Decimal>, right: Maybe<Decimal | Long>): Maybe<Decimal>;
export function divide(left: Value, right: Value): Value;
export function divide(left: Value, right: Value): Value {
  if (left instanceof Datetime) return right instanceof Timespan ? Number(left.ticks) / Number(right.ticks) : null;
  if (left instanceof Timespan) {
    if (right instanceof Timespan) return Number(left.ticks) / Number(right.ticks);
    const by = right instanceof Decimal ? right.valueOf() : unmarked(right);
    if (!isLong(by) || Number(by) === 0) return null;
    return isWhole(by) ? timespanOf(left.ticks / BigInt(by)) : roundedSpan(Number(left.ticks) / by);
  }
  return calculate(
    left,
    right,
    (a, b) => a / b,
    (a, b) => (b === 0n ? null : a / b),
    divideDecimals,
  );
}

/** The remainder from 0 up to the divisor's size, never negative: -14 % 12 is 10. */
export function modulo(left: Maybe<Long>, right: Maybe<Long>): Maybe<Long>;
export function modulo(left: Maybe<Timespan>, right: Maybe<Timespan>): Maybe<Timespan>;
export function modulo(left: Maybe<Datetime>, right: Maybe<Timespan>): Maybe<Timespan>;
export function modulo(left: Maybe<Decimal>, right: Maybe<Decimal | Long>): Maybe<Decimal>;
export function modulo(left: Value, right: Value): Value;
export function modulo(left: Value, right: Value): Value {
  if (left instanceof Timespan || left instanceof Datetime) {
    return right instanceof Timespan && right.ticks !== 0n ? timespanOf(positiveRest(left.ticks, right.ticks)) : null;
  }
  return calculate(left, right, positiveRestReal, (a, b) => (b === 0n ? null : positiveRest(a, b)), moduloDecimals);
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
export function negate(value: Maybe<Decimal>): Maybe<Decimal>;
export function negate(value: Value): Value;
export function negate(given: Value): Value {
  if (given instanceof Decimal) return new Decimal(-given.coefficient, given.scale);
  const value = unmarked(given);
  if (value instanceof Timespan) return timespanOf(-value.ticks);
  if (typeof value === "bigint") return longOf(-value);
  return typeof value === "number" ? 0 - value : null;
}
