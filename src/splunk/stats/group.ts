import type { Row } from "../row.ts";
import { compareText, looksNumeric, type Value, valuesOf } from "../value.ts";
import type { Item } from "./accumulate.ts";
import type { FieldValue, Prepared } from "./prepare.ts";

/** The rows that have the same values in the by-fields, and what each aggregate collects of them. */
export interface Group {
  readonly keys: readonly string[];
  rows: number;
  readonly items: Item[][];
}

/**
 * The groups that a row belongs to: one for each value of a multivalue by-field, several fields in all combinations; none where
 * a by-field is null. `distinct`: a value that a row has twice counts once. (stats command: "by clause", dedup_splitvals)
 */
export function keysOf(values: readonly (Value | undefined)[], distinct: boolean): readonly (readonly string[])[] {
  let keys: readonly (readonly string[])[] = [[]];
  for (const value of values) {
    const all = valuesOf(value);
    if (all.length === 0) return [];
    const parts = distinct ? [...new Set(all)] : all;
    keys =
      parts.length === 1
        ? keys.map((key) => [...key, parts[0] ?? ""])
        : keys.flatMap((key) => parts.map((part) => [...key, part]));
  }
  return keys;
}

/** Groups of rows in the order of their keys. Without by-fields there is one group, of no rows too. */
export function groupRows(
  rows: readonly Row[],
  by: readonly string[],
  aggregates: readonly Prepared[],
  distinct: boolean,
  field: FieldValue = (name) => (row) => row.get(name),
): readonly Group[] {
  const getters = by.map(field);
  const groups = new Map<string, Group>();
  const groupOf = (keys: readonly string[]): Group => {
    const id = keys.length === 1 ? (keys[0] ?? "") : JSON.stringify(keys);
    let group = groups.get(id);
    if (group === undefined) {
      group = { keys, rows: 0, items: aggregates.map(() => []) };
      groups.set(id, group);
    }
    return group;
  };
  if (by.length === 0) groupOf([]);
  for (const row of rows) {
    for (const keys of keysOf(
      getters.map((get) => get(row)),
      distinct,
    ))
      add(groupOf(keys), row, aggregates);
  }
  return [...groups.values()].sort((a, b) => compareKeys(a.keys, b.keys));
}

export function add(group: Group, row: Row, aggregates: readonly Prepared[]): void {
  group.rows++;
  const time = timeOf(row);
  aggregates.forEach((aggregate, i) => {
    const value = aggregate.valueOf(row);
    if (value !== undefined) group.items[i]?.push({ value, time });
  });
}

export function timeOf(row: Row): number | null {
  const time = row.get("_time");
  if (typeof time === "number") return time;
  return typeof time === "string" && looksNumeric(time) ? Number(time) : null;
}

function compareKeys(a: readonly string[], b: readonly string[]): number {
  for (const [i, x] of a.entries()) {
    const y = b[i] ?? "";
    const order = looksNumeric(x) && looksNumeric(y) ? Number(x) - Number(y) : compareText(x, y);
    if (order !== 0) return order;
  }
  return 0;
}

/** Values of the aggregates of a group, by the order of the aggregates. */
export function finish(group: Group, aggregates: readonly Prepared[]): readonly (Value | undefined)[] {
  return aggregates.map((aggregate, i) => aggregate.finish(group.items[i] ?? [], group.rows));
}

/** The values of the by-fields of a group; times are numbers. */
export function keyValues(by: readonly string[], group: Group): readonly Value[] {
  return group.keys.map((text, i) => (by[i] === "_time" && looksNumeric(text) ? Number(text) : text));
}
