import type { Value } from "../types/value.ts";
import type { Aggregate } from "./aggregate.ts";
import { keyOf } from "./key.ts";
import { put } from "./put.ts";
import { descending, sorted } from "./sorting.ts";
import { gathering, type Operator } from "./stage.ts";
import type { PlainRow } from "./summarize.ts";

/** One level of `top-nested`: the values of `of` with the greatest `by`, in the columns `name` and `as`. */
export interface NestedLevel<T> {
  readonly name: string;
  readonly of: (row: T) => Value;
  readonly as: string;
  readonly by: Aggregate<T, Value>;
  /** How many values; all where absent. */
  readonly most?: Value;
  /** The least first. */
  readonly ascending?: boolean;
  /** The value of a row for all others together. */
  readonly others?: Value;
  /** What stands in the columns of this level where the one above has a row for all others. */
  readonly empty?: readonly [Value, Value];
}

/** The best values of the first level, inside each of them the best of the next, and so on. (top-nested-operator) */
export function nesting<T>(levels: readonly NestedLevel<T>[]): Operator<T, PlainRow> {
  return gathering(() => {
    const rows: T[] = [];
    return {
      add: (row) => void rows.push(row),
      result: () => nested(rows, levels, 0),
    };
  });
}

function nested<T>(rows: readonly T[], levels: readonly NestedLevel<T>[], depth: number): PlainRow[] {
  const level = levels[depth];
  if (level === undefined) return [{}];
  const groups = new Map<unknown, { readonly value: Value; readonly rows: T[] }>();
  for (const row of rows) {
    const value = level.of(row);
    const key = keyOf(value);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { value, rows: [row] });
    else group.rows.push(row);
  }
  const ranked = sorted(
    [...groups.values()].map((group) => ({ ...group, result: over(group.rows, level) })),
    [{ ...descending((group) => group.result), descending: level.ascending !== true }],
  );
  const most = level.most === undefined ? ranked.length : Math.max(0, Number(level.most));
  const best = ranked.slice(0, most);
  const out = best.flatMap((group) =>
    nested(group.rows, levels, depth + 1).map((inner) => cells(level, group.value, group.result, inner)),
  );
  const rest = ranked.slice(most).flatMap((group) => group.rows);
  if (level.others === undefined || rest.length === 0) return out;
  const below: Record<string, Value> = {};
  for (const { name, as, empty } of levels.slice(depth + 1)) {
    put(below, name, empty?.[0] ?? null);
    put(below, as, empty?.[1] ?? null);
  }
  return [...out, cells(level, level.others, over(rest, level), below)];
}

function over<T>(rows: readonly T[], level: NestedLevel<T>): Value {
  const group = level.by.start();
  for (const row of rows) group.add(row);
  return group.result();
}

function cells<T>(level: NestedLevel<T>, value: Value, result: Value, inner: PlainRow): PlainRow {
  const row: Record<string, Value> = {};
  put(row, level.name, value);
  put(row, level.as, result);
  return { ...row, ...inner };
}

/** The values with the most rows, or the greatest sums, the greatest first. (top-hitters-operator) */
export function hitters<T>(
  most: Value,
  name: string,
  of: (row: T) => Value,
  as: string,
  by: Aggregate<T, Value>,
): Operator<T, PlainRow> {
  return gathering(() => {
    const groups = new Map<unknown, { readonly value: Value; readonly group: ReturnType<typeof by.start> }>();
    return {
      add(row) {
        const value = of(row);
        const key = keyOf(value);
        const known = groups.get(key) ?? { value, group: by.start() };
        groups.set(key, known);
        known.group.add(row);
      },
      result() {
        // Of equal ones the later ones stay, as the engine has it.
        const all = [...groups.values()].reverse().map(({ value, group }) => ({ value, result: group.result() }));
        return sorted(all, [descending((hit) => hit.result)])
          .slice(0, Math.max(0, Number(most)))
          .map(({ value, result }) => {
            const row: Record<string, Value> = {};
            put(row, name, value);
            put(row, as, result);
            return row;
          });
      },
    };
  });
}
