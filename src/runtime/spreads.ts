import { type DynamicArray, isArray, isLong, type Long, longOf, type Maybe, type Value } from "../types/value.ts";
import { type Aggregate, filtered, folded, type Selector } from "./aggregate.ts";
import { orderOf } from "./compare.ts";
import { toreal } from "./convert.ts";

// Spread, percentiles and bits. Without values the spread is 0, all else is null. (aggregation-functions)

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
