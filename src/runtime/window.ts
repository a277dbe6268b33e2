import type { Datetime, Timespan } from "../types/time.ts";
import type { Long, Value } from "../types/value.ts";
import type { Selector } from "./aggregate.ts";
import { add, addReal, subtract } from "./arithmetic.ts";
import { greater } from "./compare.ts";
import { keyOf } from "./key.ts";
import { put } from "./put.ts";
import { gathering, type Operator } from "./stage.ts";

/** A value for every row that depends on the rows around it: gets all rows in order. (window-functions) */
export type WindowFunction<T, V> = (rows: readonly T[]) => readonly V[];
/** Window functions by the names of their columns. */
export type WindowFunctions<T> = { readonly [name: string]: WindowFunction<T, Value> };
/** The columns that they give. */
export type Windowed<W> = { readonly [K in keyof W]: W[K] extends WindowFunction<never, infer V> ? V : never };

type Restart<T> = (row: T) => boolean | null;

/** Rows with the columns that window functions give. */
export function windowing<T extends object>(functions: WindowFunctions<T>): Operator<T, object> {
  return gathering(() => {
    const rows: T[] = [];
    return {
      add: (row) => void rows.push(row),
      result() {
        const columns = Object.entries(functions).map(([name, over]) => ({ name, values: over(rows) }));
        return rows.map((row, i) => {
          const extended = { ...row } as Record<string, unknown>;
          for (const { name, values } of columns) put(extended, name, values[i] ?? null);
          return extended;
        });
      },
    };
  });
}

/** The value `offset` rows before; `otherwise` where there is no such row. (prev-function) */
export function prev<T, V extends Value>(value: Selector<T, V>, offset?: Value): WindowFunction<T, V | null>;
export function prev<T, V extends Value, O extends Value>(
  value: Selector<T, V>,
  offset: Value,
  otherwise: O,
): WindowFunction<T, V | O>;
export function prev<T>(
  value: Selector<T, Value>,
  offset: Value = 1,
  otherwise: Value = null,
): WindowFunction<T, Value> {
  return beside(value, -Number(offset), otherwise);
}

/** The value `offset` rows behind; `otherwise` where there is no such row. (next-function) */
export function next<T, V extends Value>(value: Selector<T, V>, offset?: Value): WindowFunction<T, V | null>;
export function next<T, V extends Value, O extends Value>(
  value: Selector<T, V>,
  offset: Value,
  otherwise: O,
): WindowFunction<T, V | O>;
export function next<T>(
  value: Selector<T, Value>,
  offset: Value = 1,
  otherwise: Value = null,
): WindowFunction<T, Value> {
  return beside(value, Number(offset), otherwise);
}

function beside<T>(value: Selector<T, Value>, distance: number, otherwise: Value): WindowFunction<T, Value> {
  return (rows) =>
    rows.map((_, i) => {
      const row = rows[i + distance];
      return row === undefined ? otherwise : value(row);
    });
}

/** Counts the rows up from `start`, anew at every row where `restart` holds. (row-number-function) */
export function rowNumber<T>(start: Value = 1, restart: Restart<T> = () => false): WindowFunction<T, Long> {
  return running(
    restart,
    (last: Value) => add(last, 1),
    () => start,
  ) as WindowFunction<T, Long>;
}

/** The sum of the values so far; null adds nothing. (row-cumsum-function) */
export function rowCumsum<T, V extends Long | Timespan | null>(
  value: Selector<T, V>,
  restart: Restart<T> = () => false,
): WindowFunction<T, V> {
  const plus = (last: Value, row: T): Value => sumOf(last, value(row), add);
  return running<T>(restart, plus, (row) => value(row)) as WindowFunction<T, V>;
}

/** The same for reals. */
export function rowCumsumReal<T>(
  value: Selector<T, number | null>,
  restart: Restart<T> = () => false,
): WindowFunction<T, number | null> {
  const plus = (last: Value, row: T): Value => sumOf(last, value(row), addReal as (a: Value, b: Value) => Value);
  return running<T>(restart, plus, (row) => value(row)) as WindowFunction<T, number | null>;
}

function sumOf(sum: Value, value: Value, plus: (a: Value, b: Value) => Value): Value {
  if (value === null) return sum;
  return sum === null ? value : plus(sum, value);
}

/** How many different values in a row there were so far. (row-rank-dense-function) */
export function rowRankDense<T>(
  value: Selector<T, Value>,
  restart: Restart<T> = () => false,
): WindowFunction<T, number> {
  return ranked(value, restart, (rank) => rank + 1);
}

/** The number of the first row of those in a row that have the same value. (row-rank-min-function) */
export function rowRankMin<T>(value: Selector<T, Value>, restart: Restart<T> = () => false): WindowFunction<T, number> {
  return ranked(value, restart, (_, place) => place);
}

function ranked<T>(
  value: Selector<T, Value>,
  restart: Restart<T>,
  nextRank: (rank: number, place: number) => number,
): WindowFunction<T, number> {
  return (rows) => {
    let rank = 0;
    let place = 0;
    let last: unknown;
    return rows.map((row) => {
      const key = keyOf(value(row));
      const restarts = place === 0 || restart(row) === true;
      place = restarts ? 1 : place + 1;
      if (restarts) rank = 1;
      else if (key !== last) rank = nextRank(rank, place);
      last = key;
      return rank;
    });
  };
}

/**
 * The time at which a row's session began: one begins where the time is more than `sinceFirst` behind the session's first, more than
 * `sinceLast` behind the row before, or where `restart` holds. (row-window-session-function)
 */
export function rowWindowSession<T>(
  time: Selector<T, Datetime | null>,
  sinceFirst: Timespan | null,
  sinceLast: Timespan | null,
  restart: Restart<T> = () => false,
): WindowFunction<T, Datetime | null> {
  return (rows) => {
    let first: Datetime | null = null;
    let last: Datetime | null = null;
    return rows.map((row) => {
      const at = time(row);
      const begins =
        first === null ||
        restart(row) === true ||
        greater(subtract(at, first), sinceFirst) === true ||
        greater(subtract(at, last), sinceLast) === true;
      if (begins) first = at;
      last = at;
      return first;
    });
  };
}

function running<T>(
  restart: Restart<T>,
  step: (last: Value, row: T) => Value,
  start: (row: T) => Value,
): WindowFunction<T, Value> {
  return (rows) => {
    let last: Value = null;
    let begun = false;
    return rows.map((row) => {
      last = begun && restart(row) !== true ? step(last, row) : start(row);
      begun = true;
      return last;
    });
  };
}
