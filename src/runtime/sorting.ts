import type { Value } from "../types/value.ts";
import { orderOf } from "./compare.ts";
import { keyOf } from "./key.ts";

/** One key of `sort`. */
export interface SortKey<T> {
  readonly value: (row: T) => Value;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
}

/** From the least up; nulls first unless said otherwise. (sort-operator) */
export function ascending<T>(
  value: (row: T) => Value,
  nulls: "nulls first" | "nulls last" = "nulls first",
): SortKey<T> {
  return { value, descending: false, nullsFirst: nulls === "nulls first" };
}
/** From the greatest down; nulls last unless said otherwise. */
export function descending<T>(
  value: (row: T) => Value,
  nulls: "nulls first" | "nulls last" = "nulls last",
): SortKey<T> {
  return { value, descending: true, nullsFirst: nulls === "nulls first" };
}

/** In order of the keys; equal rows keep their order. NaN stands between null and the numbers. */
export function sorted<T>(rows: readonly T[], keys: readonly SortKey<T>[]): readonly T[] {
  const keyed = rows.map((row) => ({ row, values: keys.map((key) => key.value(row)) }));
  keyed.sort((left, right) => {
    for (const [i, key] of keys.entries()) {
      const order = orderOfKeys(left.values[i] ?? null, right.values[i] ?? null, key);
      if (order !== 0) return order;
    }
    return 0;
  });
  return keyed.map(({ row }) => row);
}

/** Keeps the first `most` rows in order of the keys, and up to as many again until it sorts. (top-operator) */
export function keepingFirst<T>(
  most: number,
  keys: readonly SortKey<T>[],
): { add(row: T): void; result(): readonly T[] } {
  let kept: readonly T[] = [];
  let added: T[] = [];
  const settle = (): void => {
    kept = sorted([...kept, ...added], keys).slice(0, most);
    added = [];
  };
  return {
    add(row) {
      added.push(row);
      if (added.length > most + 1_000) settle();
    },
    result() {
      settle();
      return kept;
    },
  };
}

/** 2 for null, 1 for NaN, 0 for values. */
const absence = (value: Value): number => (value === null ? 2 : Number.isNaN(value) ? 1 : 0);

function orderOfKeys<T>(left: Value, right: Value, key: SortKey<T>): number {
  const absent = absence(left) - absence(right);
  if (absent !== 0) return key.nullsFirst ? -absent : absent;
  if (absence(left) !== 0) return 0;
  const order = orderOf(left, right) ?? orderOfUnlike(left, right);
  return key.descending ? -order : order;
}

/** Values without an order among them (arrays, bags, mixed types) go by kind and text, so that the result is the same every time. */
function orderOfUnlike(left: Value, right: Value): number {
  const [a, b] = [`${typeof left} ${String(keyOf(left))}`, `${typeof right} ${String(keyOf(right))}`];
  return a < b ? -1 : a > b ? 1 : 0;
}
