import { addDecimals, Decimal, decimalOf, divideDecimals } from "../types/decimal.ts";
import { Datetime, datetimeOf, Timespan, timespanOf } from "../types/time.ts";
import { isLong, type Long, longOf, type Maybe, unmarked, type Value } from "../types/value.ts";
import { type Aggregate, filtered, folded, type Selector } from "./aggregate.ts";
import { todecimal, toreal } from "./convert.ts";
import { keyOf } from "./key.ts";

// Counts, sums and means. Nulls do not count, but for `count`. Without rows counts and sums are 0, and the mean is NaN.
// (aggregation-functions)

export function count<T>(): Aggregate<T, number> {
  return folded(
    () => 0,
    (n) => n + 1,
    (n) => n,
  );
}
export function countif<T>(condition: Selector<T, Value>): Aggregate<T, number> {
  return filtered(count(), condition);
}

/** Exact, where the engine estimates beyond some thousand values. (dcount-aggregate-function) */
export function dcount<T>(value: Selector<T, Value>, _accuracy?: Value): Aggregate<T, number> {
  return folded(
    () => new Set<unknown>(),
    (seen, row: T) => {
      const found = value(row);
      return found === null ? seen : seen.add(keyOf(found));
    },
    (seen) => seen.size,
  );
}
export function dcountif<T>(
  value: Selector<T, Value>,
  condition: Selector<T, Value>,
  _accuracy?: Value,
): Aggregate<T, number> {
  return filtered(dcount(value), condition);
}
export const countDistinct = dcount;
export const countDistinctif = dcountif;

/** Whole numbers, wrapping at 64 bits. (sum-aggregate-function) */
export function sum<T>(value: Selector<T, Value>): Aggregate<T, Long> {
  return folded(
    (): Long => 0,
    (total, row: T) => {
      const found = unmarked(value(row));
      if (!isLong(found)) return total;
      if (typeof total === "number" && typeof found === "number") {
        const next = total + found;
        if (Number.isSafeInteger(next) || !Number.isInteger(found)) return next;
      }
      return longOf(BigInt(total) + BigInt(found));
    },
    (total) => total,
  );
}
export function sumReal<T>(value: Selector<T, Value>): Aggregate<T, number> {
  return folded(
    () => 0,
    (total, row: T) => total + (toreal(value(row)) ?? 0),
    (total) => total,
  );
}
export function sumTimespan<T>(value: Selector<T, Value>): Aggregate<T, Maybe<Timespan>> {
  return folded(
    () => 0n,
    (total, row: T) => total + ticksOf(value(row)),
    timespanOf,
  );
}
export function sumDatetime<T>(value: Selector<T, Value>): Aggregate<T, Maybe<Datetime>> {
  return folded(
    () => 0n,
    (total, row: T) => total + ticksOf(value(row)),
    datetimeOf,
  );
}
const zero = new Decimal(0n, 0);

/** Null beyond the range of a decimal. */
export function sumDecimal<T>(value: Selector<T, Value>): Aggregate<T, Maybe<Decimal>> {
  return folded(
    (): Maybe<Decimal> => zero,
    (total, row: T) => {
      const found = todecimal(value(row));
      return total === null || found === null ? total : addDecimals(total, found);
    },
    (total) => total,
  );
}
const ticksOf = (value: Value): bigint => (value instanceof Timespan || value instanceof Datetime ? value.ticks : 0n);

export function sumif<T>(value: Selector<T, Value>, condition: Selector<T, Value>): Aggregate<T, Long> {
  return filtered(sum(value), condition);
}
export function sumifReal<T>(value: Selector<T, Value>, condition: Selector<T, Value>): Aggregate<T, number> {
  return filtered(sumReal(value), condition);
}
export function sumifTimespan<T>(
  value: Selector<T, Value>,
  condition: Selector<T, Value>,
): Aggregate<T, Maybe<Timespan>> {
  return filtered(sumTimespan(value), condition);
}
export function sumifDatetime<T>(
  value: Selector<T, Value>,
  condition: Selector<T, Value>,
): Aggregate<T, Maybe<Datetime>> {
  return filtered(sumDatetime(value), condition);
}
export function sumifDecimal<T>(
  value: Selector<T, Value>,
  condition: Selector<T, Value>,
): Aggregate<T, Maybe<Decimal>> {
  return filtered(sumDecimal(value), condition);
}

interface Mean<S> {
  readonly total: S;
  readonly count: number;
}

export function avg<T>(value: Selector<T, Value>): Aggregate<T, number> {
  return folded(
    (): Mean<number> => ({ total: 0, count: 0 }),
    (mean, row: T) => {
      const found = toreal(value(row));
      return found === null ? mean : { total: mean.total + found, count: mean.count + 1 };
    },
    (mean) => mean.total / mean.count,
  );
}
export function avgDecimal<T>(value: Selector<T, Value>): Aggregate<T, Maybe<Decimal>> {
  return folded(
    (): Mean<Maybe<Decimal>> => ({ total: zero, count: 0 }),
    (mean, row: T) => {
      const found = todecimal(value(row));
      if (found === null || mean.total === null) return mean;
      return { total: addDecimals(mean.total, found), count: mean.count + 1 };
    },
    ({ total, count }) => {
      const divisor = decimalOf(BigInt(count), 0);
      return total === null || divisor === null || count === 0 ? null : divideDecimals(total, divisor);
    },
  );
}
function meanTicks<T, R>(value: Selector<T, Value>, result: (ticks: bigint) => Maybe<R>): Aggregate<T, Maybe<R>> {
  return folded(
    (): Mean<bigint> => ({ total: 0n, count: 0 }),
    (mean, row: T) => {
      const found = value(row);
      return found === null ? mean : { total: mean.total + ticksOf(found), count: mean.count + 1 };
    },
    (mean) => (mean.count === 0 ? null : result(mean.total / BigInt(mean.count))),
  );
}
export function avgTimespan<T>(value: Selector<T, Value>): Aggregate<T, Maybe<Timespan>> {
  return meanTicks(value, timespanOf);
}
export function avgDatetime<T>(value: Selector<T, Value>): Aggregate<T, Maybe<Datetime>> {
  return meanTicks(value, datetimeOf);
}
export function avgif<T>(value: Selector<T, Value>, condition: Selector<T, Value>): Aggregate<T, number> {
  return filtered(avg(value), condition);
}
export function avgifTimespan<T>(
  value: Selector<T, Value>,
  condition: Selector<T, Value>,
): Aggregate<T, Maybe<Timespan>> {
  return filtered(avgTimespan(value), condition);
}
export function avgifDatetime<T>(
  value: Selector<T, Value>,
  condition: Selector<T, Value>,
): Aggregate<T, Maybe<Datetime>> {
  return filtered(avgDatetime(value), condition);
}
export function avgifDecimal<T>(
  value: Selector<T, Value>,
  condition: Selector<T, Value>,
): Aggregate<T, Maybe<Decimal>> {
  return filtered(avgDecimal(value), condition);
}
