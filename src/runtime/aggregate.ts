import type { Value } from "../types/value.ts";

/** An aggregate over rows of type T: `start` begins a group. */
export interface Aggregate<T, R> {
  start(): Group<T, R>;
}
/** What one group has gathered so far. */
export interface Group<T, R> {
  add(row: T): void;
  result(): R;
}

/** Reads an aggregate's argument from a row. */
export type Selector<T, V> = (row: T) => V;

/** An aggregate that folds the argument's values into one state. */
export function folded<T, S, R>(
  start: () => S,
  step: (state: S, row: T) => S,
  result: (state: S) => R,
): Aggregate<T, R> {
  return {
    start() {
      let state = start();
      return {
        add(row) {
          state = step(state, row);
        },
        result: () => result(state),
      };
    },
  };
}

/** The aggregate over those rows alone where the condition is true. */
export function filtered<T, R>(aggregate: Aggregate<T, R>, condition: Selector<T, Value>): Aggregate<T, R> {
  return {
    start() {
      const group = aggregate.start();
      return {
        add(row) {
          if (condition(row) === true) group.add(row);
        },
        result: () => group.result(),
      };
    },
  };
}
