import { type Dynamic, type DynamicArray, isArray, isBag, type Maybe, type Value } from "../types/value.ts";
import { type Aggregate, filtered, folded, type Selector } from "./aggregate.ts";
import { orderOf } from "./compare.ts";
import { toreal } from "./convert.ts";
import { keyOf } from "./key.ts";

// Sketches: what `hll` and `tdigest` give, and what reads it. Here they hold every distinct value, so that nothing is estimated; their
// text is not that of the engine. (hll-aggregate-function, tdigest-aggregate-function)

/** `{"hll": [keys]}` */
const hllOf = (keys: Iterable<string>): Dynamic => ({ hll: [...keys] });

function hllKeys(state: Value): readonly string[] | null {
  const keys = isBag(state) ? state.hll : undefined;
  return keys !== undefined && isArray(keys) ? keys.map(String) : null;
}

function hllUnion(states: Iterable<Value>): Dynamic {
  const keys = new Set<string>();
  let found = false;
  for (const state of states) {
    const some = hllKeys(state);
    if (some === null) continue;
    found = true;
    for (const key of some) keys.add(key);
  }
  return found ? hllOf(keys) : null;
}

export function hll<T>(value: Selector<T, Value>, _accuracy?: Value): Aggregate<T, Dynamic> {
  return folded(
    () => new Set<string>(),
    (seen, row: T) => {
      const found = value(row);
      return found === null ? seen : seen.add(`${typeof found} ${keyOf(found)}`);
    },
    hllOf,
  );
}
export function hllIf<T>(
  value: Selector<T, Value>,
  condition: Selector<T, Value>,
  accuracy?: Value,
): Aggregate<T, Dynamic> {
  return filtered(hll(value, accuracy), condition);
}
export function hllMerge<T>(state: Selector<T, Value>): Aggregate<T, Dynamic> {
  return folded(
    (): Value => null,
    (all, row: T) => hllUnion([all, state(row)]),
    (all) => all,
  );
}
/** The scalar `hll_merge` (hll-merge-function). */
export function mergeHll(...states: readonly Value[]): Dynamic {
  return hllUnion(states);
}
/** How many different values a state has seen. (dcount-hll-function) */
export function dcountHll(state: Value): number | null {
  return hllKeys(state)?.length ?? null;
}

/** Values in order and how often each counts. */
interface TDigest {
  readonly values: DynamicArray;
  readonly weights: readonly number[];
}

/** `{"tdigest": [values], "weights": [numbers]}` */
function tdigestOf(counts: ReadonlyMap<unknown, { readonly value: Dynamic; readonly weight: number }>): Dynamic {
  const inOrder = [...counts.values()].sort((left, right) => orderOf(left.value, right.value) || 0);
  return { tdigest: inOrder.map(({ value }) => value), weights: inOrder.map(({ weight }) => weight) };
}

function readDigest(state: Value): TDigest | null {
  if (!isBag(state)) return null;
  const { tdigest: values, weights } = state;
  if (values === undefined || weights === undefined || !isArray(values) || !isArray(weights)) return null;
  return { values, weights: weights.map((w) => toreal(w) ?? 0) };
}

type Counts = Map<unknown, { readonly value: Dynamic; readonly weight: number }>;

function countIn(counts: Counts, value: Dynamic, weight: number): void {
  const key = keyOf(value);
  counts.set(key, { value, weight: (counts.get(key)?.weight ?? 0) + weight });
}

function mergeDigests(counts: Counts, state: Value): Counts {
  const digest = readDigest(state);
  digest?.values.forEach((value, i) => {
    countIn(counts, value, digest.weights[i] ?? 0);
  });
  return counts;
}

export function tdigest<T>(value: Selector<T, Value>, weight?: Selector<T, Value>): Aggregate<T, Dynamic> {
  return folded(
    (): Counts => new Map(),
    (counts, row: T) => {
      const found = value(row);
      const times = weight === undefined ? 1 : (toreal(weight(row)) ?? 0);
      if (found !== null && times > 0) countIn(counts, found, times);
      return counts;
    },
    tdigestOf,
  );
}
export function tdigestMerge<T>(state: Selector<T, Value>): Aggregate<T, Dynamic> {
  return folded(
    (): Counts => new Map(),
    (counts, row: T) => mergeDigests(counts, state(row)),
    tdigestOf,
  );
}
/** The scalar `tdigest_merge` (tdigest-merge-function). */
export function mergeTdigest(...states: readonly Value[]): Dynamic {
  const counts: Counts = new Map();
  for (const state of states.flatMap((s) => (isArray(s) ? s : [s]))) mergeDigests(counts, state);
  return tdigestOf(counts);
}

/** (percentile-tdigest-function) */
export function percentileTdigest(state: Value, rank: Value): Dynamic {
  const digest = readDigest(state);
  const percent = toreal(rank);
  if (digest === null || percent === null) return null;
  const wanted = (percent / 100) * digest.weights.reduce((sum, w) => sum + w, 0);
  let reached = 0;
  const place = digest.weights.findIndex((weight) => {
    reached += weight;
    return reached >= wanted;
  });
  return digest.values.at(place) ?? null;
}
/** (percentiles-array-tdigest-function) */
export function percentilesArrayTdigest(state: Value, ...ranks: readonly Value[]): Dynamic {
  if (readDigest(state) === null) return null;
  return ranks.flatMap((rank) => (isArray(rank) ? rank : [rank])).map((rank) => percentileTdigest(state, rank));
}
/** How many values are not greater than the value. (rank-tdigest-function) */
export function rankTdigest(state: Value, value: Value): Maybe<number> {
  const digest = readDigest(state);
  if (digest === null || value === null) return null;
  return digest.weights.reduce(
    (sum, weight, i) => ((orderOf(digest.values[i] ?? null, value) ?? 1) <= 0 ? sum + weight : sum),
    0,
  );
}
/** The share of the values that are not greater, in percent. (percentrank-tdigest-function) */
export function percentrankTdigest(state: Value, value: Value): Maybe<number> {
  const digest = readDigest(state);
  const rank = rankTdigest(state, value);
  if (digest === null || rank === null) return null;
  return (100 * rank) / digest.weights.reduce((sum, w) => sum + w, 0);
}
