import { type DynamicArray, isArray, type Maybe, type Value } from "../types/value.ts";
import { type Aggregate, folded, type Selector } from "./aggregate.ts";
import { orderOf } from "./compare.ts";
import { toreal } from "./convert.ts";

// Percentiles by nearest rank: the least value that so many percent of the values do not exceed. The engine does the same for some
// hundred values and estimates beyond. Without values they are null. (percentiles-aggregate-function)

/** Looks up the value of a rank from 0 to 100. */
type AtRank<V> = (rank: number) => Maybe<V>;

const inOrder = (left: Value, right: Value): number => orderOf(left, right) || 0;

function overRanks<T, V extends Value, R>(value: Selector<T, V>, result: (at: AtRank<V>) => R): Aggregate<T, R> {
  return folded(
    (): V[] => [],
    (values, row: T) => {
      const found = value(row);
      if (found !== null) values.push(found);
      return values;
    },
    (values) => {
      values.sort(inOrder);
      return result((rank) => values[Math.max(0, Math.ceil((rank / 100) * values.length) - 1)] ?? null);
    },
  );
}

/** A value and how often it counts. */
interface Weighted<V> {
  readonly value: V;
  readonly weight: number;
}

function overWeightedRanks<T, V extends Value, R>(
  value: Selector<T, V>,
  weight: Selector<T, Value>,
  result: (at: AtRank<V>) => R,
): Aggregate<T, R> {
  return folded(
    (): Weighted<V>[] => [],
    (items, row: T) => {
      const found = value(row);
      const times = toreal(weight(row)) ?? 0;
      if (found !== null && times > 0) items.push({ value: found, weight: times });
      return items;
    },
    (items) => {
      items.sort((left, right) => inOrder(left.value, right.value));
      const total = items.reduce((sum, item) => sum + item.weight, 0);
      return result((rank) => {
        let reached = 0;
        for (const item of items) {
          reached += item.weight;
          if (reached >= (rank / 100) * total) return item.value;
        }
        return items.at(-1)?.value ?? null;
      });
    },
  );
}

const ranksOf = (ranks: readonly Value[]): readonly number[] =>
  ranks.flatMap((rank) => (isArray(rank) ? rank : [rank])).map((rank) => toreal(rank) ?? 0);

export function percentile<T, V extends Value>(value: Selector<T, V>, rank: Value): Aggregate<T, Maybe<V>> {
  return overRanks(value, (at) => at(toreal(rank) ?? 0));
}
/** Every value counts as often as its weight says. */
export function percentilew<T, V extends Value>(
  value: Selector<T, V>,
  weight: Selector<T, Value>,
  rank: Value,
): Aggregate<T, Maybe<V>> {
  return overWeightedRanks(value, weight, (at) => at(toreal(rank) ?? 0));
}
/** `ranks` are numbers, or one array of them. */
export function percentilesArray<T>(value: Selector<T, Value>, ...ranks: readonly Value[]): Aggregate<T, DynamicArray> {
  return overRanks(value, (at) => ranksOf(ranks).map(at));
}
export function percentileswArray<T>(
  value: Selector<T, Value>,
  weight: Selector<T, Value>,
  ...ranks: readonly Value[]
): Aggregate<T, DynamicArray> {
  return overWeightedRanks(value, weight, (at) => ranksOf(ranks).map(at));
}
