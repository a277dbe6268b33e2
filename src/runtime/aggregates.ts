import { Datetime, datetimeOf, Timespan, timespanOf } from "../types/time.ts";
import {
  type Bag,
  bagOf,
  type Dynamic,
  type DynamicArray,
  isArray,
  isBag,
  isLong,
  type Long,
  longOf,
  type Maybe,
  type Value,
} from "../types/value.ts";
import { type Aggregate, filtered, folded, type Selector } from "./aggregate.ts";
import { orderOf } from "./compare.ts";
import { toreal } from "./convert.ts";
import { keyOf } from "./key.ts";

// Aggregates of `summarize`. Nulls do not count, but for `count`. Without rows: count, sums and spreads are 0, lists and sets are
// empty, the mean is NaN, all else is null. (aggregation-functions)

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
      const found = value(row);
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

/** Whether `value` is beyond the best one so far in the direction; NaN is beyond all. */
function beyond(value: Value, best: Value, direction: 1 | -1): boolean {
  if (Number.isNaN(best)) return false;
  return Number.isNaN(value) || (orderOf(value, best) ?? 0) * direction > 0;
}

function extreme<T, V extends Value>(value: Selector<T, V>, empty: V, direction: 1 | -1): Aggregate<T, V> {
  return folded(
    (): V => empty,
    (best, row: T) => {
      const found = value(row);
      if (found === null) return best;
      return best === empty || beyond(found, best, direction) ? found : best;
    },
    (best) => best,
  );
}

/** `empty` is the result without a value: null, or "" for strings. (max-aggregate-function) */
export function max<T>(value: Selector<T, string>, empty: ""): Aggregate<T, string>;
export function max<T, V extends Value>(value: Selector<T, V>): Aggregate<T, Maybe<V>>;
export function max<T>(value: Selector<T, Value>, empty: Value = null): Aggregate<T, Value> {
  return extreme(value, empty, 1);
}
export function min<T>(value: Selector<T, string>, empty: ""): Aggregate<T, string>;
export function min<T, V extends Value>(value: Selector<T, V>): Aggregate<T, Maybe<V>>;
export function min<T>(value: Selector<T, Value>, empty: Value = null): Aggregate<T, Value> {
  return extreme(value, empty, -1);
}
export function maxif<T>(value: Selector<T, string>, condition: Selector<T, Value>, empty: ""): Aggregate<T, string>;
export function maxif<T, V extends Value>(value: Selector<T, V>, condition: Selector<T, Value>): Aggregate<T, Maybe<V>>;
export function maxif<T>(
  value: Selector<T, Value>,
  condition: Selector<T, Value>,
  empty: Value = null,
): Aggregate<T, Value> {
  return filtered(extreme(value, empty, 1), condition);
}
export function minif<T>(value: Selector<T, string>, condition: Selector<T, Value>, empty: ""): Aggregate<T, string>;
export function minif<T, V extends Value>(value: Selector<T, V>, condition: Selector<T, Value>): Aggregate<T, Maybe<V>>;
export function minif<T>(
  value: Selector<T, Value>,
  condition: Selector<T, Value>,
  empty: Value = null,
): Aggregate<T, Value> {
  return filtered(extreme(value, empty, -1), condition);
}

/** The first value that is neither null nor "". (take-any-aggregate-function) */
export function takeAny<T>(value: Selector<T, string>, empty: ""): Aggregate<T, string>;
export function takeAny<T, V extends Value>(value: Selector<T, V>): Aggregate<T, Maybe<V>>;
export function takeAny<T>(value: Selector<T, Value>, empty: Value = null): Aggregate<T, Value> {
  return folded(
    () => empty,
    (best, row: T) => (best === null || best === "" ? value(row) : best),
    (best) => best,
  );
}

/**
 * `result` of the row with the greatest key; of several such rows the first one, and where all keys are null the first row of all.
 * `empty` is the result without rows. (arg-max-aggregate-function)
 */
export function argMax<T, R, E = never>(
  key: Selector<T, Value>,
  result: Selector<T, R>,
  empty?: E,
): Aggregate<T, R | E> {
  return argExtreme<T, R | E>(key, result, empty, 1);
}
export function argMin<T, R, E = never>(
  key: Selector<T, Value>,
  result: Selector<T, R>,
  empty?: E,
): Aggregate<T, R | E> {
  return argExtreme<T, R | E>(key, result, empty, -1);
}

function argExtreme<T, R>(
  key: Selector<T, Value>,
  result: Selector<T, R>,
  empty: R | undefined,
  direction: 1 | -1,
): Aggregate<T, R> {
  return {
    start() {
      let best: { readonly key: Value; readonly row: T } | undefined;
      return {
        add(row) {
          const found = key(row);
          const first = best === undefined || (best.key === null && found !== null);
          if (first || (found !== null && beyond(found, best?.key ?? null, direction))) best = { key: found, row };
        },
        result() {
          if (best !== undefined) return result(best.row);
          if (empty === undefined) throw new Error("an aggregate of no rows has no value");
          return empty;
        },
      };
    },
  };
}

const mostItems = 1_048_576;
const limitOf = (limit: Value | undefined): number =>
  Math.max(0, Math.min(mostItems, toreal(limit ?? null) ?? mostItems));

function list<T>(value: Selector<T, Value>, limit: Value | undefined, nulls: boolean): Aggregate<T, DynamicArray> {
  const most = limitOf(limit);
  return folded(
    (): Dynamic[] => [],
    (items, row: T) => {
      const found = value(row);
      if (found === null && !nulls) return items;
      for (const item of isArray(found) ? found : [found]) if (items.length < most) items.push(item);
      return items;
    },
    (items) => items,
  );
}

/** Arrays count as their elements. (make-list-aggregate-function) */
export function makeList<T>(value: Selector<T, Value>, limit?: Value): Aggregate<T, DynamicArray> {
  return list(value, limit, false);
}
/** The same with nulls; also what `make_list` of dynamic values does. */
export function makeListWithNulls<T>(value: Selector<T, Value>, limit?: Value): Aggregate<T, DynamicArray> {
  return list(value, limit, true);
}
export function makeListIf<T>(
  value: Selector<T, Value>,
  condition: Selector<T, Value>,
  limit?: Value,
): Aggregate<T, DynamicArray> {
  return filtered(makeList(value, limit), condition);
}
export function makeListWithNullsIf<T>(
  value: Selector<T, Value>,
  condition: Selector<T, Value>,
  limit?: Value,
): Aggregate<T, DynamicArray> {
  return filtered(makeListWithNulls(value, limit), condition);
}

/** Distinct values in the order of their first occurrence; arrays count as their elements. (make-set-aggregate-function) */
export function makeSet<T>(value: Selector<T, Value>, limit?: Value): Aggregate<T, DynamicArray> {
  const most = limitOf(limit);
  return folded(
    () => new Map<unknown, Dynamic>(),
    (items, row: T) => {
      const found = value(row);
      for (const item of isArray(found) ? found : [found]) {
        const key = keyOf(item);
        if (item !== null && items.size < most && !items.has(key)) items.set(key, item);
      }
      return items;
    },
    (items) => [...items.values()],
  );
}
export function makeSetIf<T>(
  value: Selector<T, Value>,
  condition: Selector<T, Value>,
  limit?: Value,
): Aggregate<T, DynamicArray> {
  return filtered(makeSet(value, limit), condition);
}

/** All bags in one; a key keeps its first value. (make-bag-aggregate-function) */
export function makeBag<T>(value: Selector<T, Value>, limit?: Value): Aggregate<T, Bag> {
  const most = limitOf(limit);
  return folded(
    () => new Map<string, Dynamic>(),
    (entries, row: T) => {
      const found = value(row);
      if (!isBag(found)) return entries;
      for (const [key, item] of Object.entries(found))
        if (!entries.has(key) && entries.size < most) entries.set(key, item);
      return entries;
    },
    (entries) => bagOf(entries),
  );
}
export function makeBagIf<T>(
  value: Selector<T, Value>,
  condition: Selector<T, Value>,
  limit?: Value,
): Aggregate<T, Bag> {
  return filtered(makeBag(value, limit), condition);
}

interface Spread {
  readonly count: number;
  readonly mean: number;
  readonly squares: number;
}

/** Welford's running variance. */
function spread<T>(value: Selector<T, Value>, result: (spread: Spread) => number): Aggregate<T, number> {
  return folded(
    (): Spread => ({ count: 0, mean: 0, squares: 0 }),
    (state, row: T) => {
      const found = toreal(value(row));
      if (found === null) return state;
      const n = state.count + 1;
      const delta = found - state.mean;
      const mean = state.mean + delta / n;
      return { count: n, mean, squares: state.squares + delta * (found - mean) };
    },
    result,
  );
}
const sampleVariance = (s: Spread): number => (s.count > 1 ? s.squares / (s.count - 1) : s.squares);
const populationVariance = (s: Spread): number => (s.count > 0 ? s.squares / s.count : 0);

export function variance<T>(value: Selector<T, Value>): Aggregate<T, number> {
  return spread(value, sampleVariance);
}
export function variancep<T>(value: Selector<T, Value>): Aggregate<T, number> {
  return spread(value, populationVariance);
}
export function stdev<T>(value: Selector<T, Value>): Aggregate<T, number> {
  return spread(value, (s) => Math.sqrt(sampleVariance(s)));
}
export function stdevp<T>(value: Selector<T, Value>): Aggregate<T, number> {
  return spread(value, (s) => Math.sqrt(populationVariance(s)));
}
export function varianceif<T>(value: Selector<T, Value>, condition: Selector<T, Value>): Aggregate<T, number> {
  return filtered(variance(value), condition);
}
export function variancepif<T>(value: Selector<T, Value>, condition: Selector<T, Value>): Aggregate<T, number> {
  return filtered(variancep(value), condition);
}
export function stdevif<T>(value: Selector<T, Value>, condition: Selector<T, Value>): Aggregate<T, number> {
  return filtered(stdev(value), condition);
}
export function stdevpif<T>(value: Selector<T, Value>, condition: Selector<T, Value>): Aggregate<T, number> {
  return filtered(stdevp(value), condition);
}

function ranked<T, V extends Value, R>(
  value: Selector<T, V>,
  result: (at: (rank: number) => Maybe<V>) => R,
): Aggregate<T, R> {
  return folded(
    (): V[] => [],
    (items, row: T) => {
      const found = value(row);
      if (found !== null) items.push(found);
      return items;
    },
    (items) => {
      const inOrder = [...items].sort((left, right) => orderOf(left, right) || 0);
      return result((rank) => inOrder[Math.max(0, Math.ceil((rank / 100) * inOrder.length) - 1)] ?? null);
    },
  );
}

/** By nearest rank: the least value that so many percent of the values do not exceed. (percentiles-aggregate-function) */
export function percentile<T, V extends Value>(value: Selector<T, V>, rank: number): Aggregate<T, Maybe<V>> {
  return ranked(value, (at) => at(rank));
}
export function percentilesArray<T, V extends Value>(
  value: Selector<T, V>,
  ...ranks: readonly Value[]
): Aggregate<T, DynamicArray> {
  return ranked(value, (at) =>
    ranks.flatMap((rank) => (isArray(rank) ? rank : [rank])).map((rank) => at(toreal(rank) ?? 0)),
  );
}

function allBits<T>(
  value: Selector<T, Value>,
  join: (left: bigint, right: bigint) => bigint,
): Aggregate<T, Maybe<Long>> {
  return folded(
    (): bigint | null => null,
    (bits, row: T) => {
      const found = value(row);
      if (!isLong(found)) return bits;
      return bits === null ? BigInt(found) : join(bits, BigInt(found));
    },
    (bits) => (bits === null ? null : longOf(bits)),
  );
}
export function binaryAllAnd<T>(value: Selector<T, Value>): Aggregate<T, Maybe<Long>> {
  return allBits(value, (a, b) => a & b);
}
export function binaryAllOr<T>(value: Selector<T, Value>): Aggregate<T, Maybe<Long>> {
  return allBits(value, (a, b) => a | b);
}
export function binaryAllXor<T>(value: Selector<T, Value>): Aggregate<T, Maybe<Long>> {
  return allBits(value, (a, b) => a ^ b);
}
