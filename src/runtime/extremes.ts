import type { Maybe, Value } from "../types/value.ts";
import { type Aggregate, filtered, folded, type Selector } from "./aggregate.ts";
import { orderOf } from "./compare.ts";

// The least and the greatest, and rows that have it. Without values they are null, or what `empty` says. (aggregation-functions)

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
  return firstFound(value, empty);
}
function firstFound<T>(value: Selector<T, Value>, empty: Value): Aggregate<T, Value> {
  return folded(
    () => empty,
    (best, row: T) => (best === null || best === "" ? value(row) : best),
    (best) => best,
  );
}

export function takeAnyif<T>(
  value: Selector<T, string>,
  condition: Selector<T, Value>,
  empty: "",
): Aggregate<T, string>;
export function takeAnyif<T, V extends Value>(
  value: Selector<T, V>,
  condition: Selector<T, Value>,
): Aggregate<T, Maybe<V>>;
export function takeAnyif<T>(
  value: Selector<T, Value>,
  condition: Selector<T, Value>,
  empty: Value = null,
): Aggregate<T, Value> {
  return filtered(firstFound(value, empty), condition);
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
