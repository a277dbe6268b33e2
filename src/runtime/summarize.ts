import type { Value } from "../types/value.ts";
import type { Aggregate, Group } from "./aggregate.ts";
import { keyOf, keyOfAll } from "./key.ts";
import { gathering, type Operator } from "./stage.ts";

export type PlainRow = Readonly<Record<string, Value>>;

/** One part of `summarize`: aggregates by the names of their columns, or one that gives several columns (`argMax`). */
export type Part<T> = Aggregate<T, PlainRow> | { readonly [name: string]: Aggregate<T, Value> };

/** The columns that parts give. */
export type PartRow<P> =
  P extends Aggregate<never, infer R>
    ? R
    : { readonly [K in keyof P]: P[K] extends Aggregate<never, infer V> ? V : never };
export type Parts<P extends readonly unknown[]> = P extends readonly [infer First, ...infer Rest]
  ? PartRow<First> & Parts<Rest>
  : unknown;

const isSingle = <T>(part: Part<T>): part is Aggregate<T, PlainRow> => typeof part.start === "function";

/** Groups the rows by all columns of `by`; null for one group, which then exists without rows too. */
export function summarizing<T>(by: ((row: T) => PlainRow) | null, parts: readonly Part<T>[]): Operator<T, PlainRow> {
  const columns = parts.flatMap((part) =>
    isSingle(part) ? [{ name: null, aggregate: part }] : Object.entries(part).map(([name, aggregate]) => ({ name, aggregate })),
  );
  const startGroup = () => columns.map(({ aggregate }) => aggregate.start());
  const finish = (key: PlainRow, groups: readonly Group<T, Value | PlainRow>[]): PlainRow => {
    const row: Record<string, Value> = { ...key };
    for (const [i, { name }] of columns.entries()) {
      const result = groups[i]?.result() ?? null;
      if (name !== null) row[name] = result;
      else Object.assign(row, result);
    }
    return row;
  };
  return gathering(() => {
    const found = new Map<unknown, { readonly key: PlainRow; readonly groups: readonly Group<T, Value | PlainRow>[] }>();
    if (by === null) found.set("", { key: {}, groups: startGroup() });
    return {
      add(row) {
        const key = by === null ? {} : by(row);
        const id = by === null ? "" : keyOfRow(key);
        let entry = found.get(id);
        if (entry === undefined) {
          entry = { key, groups: startGroup() };
          found.set(id, entry);
        }
        for (const group of entry.groups) group.add(row);
      },
      result: () => Array.from(found.values(), ({ key, groups }) => finish(key, groups)),
    };
  });
}

/** What tells rows apart: all of their values. */
export function keyOfRow(row: PlainRow): unknown {
  const values = Object.values(row);
  const [only] = values;
  return values.length === 1 && only !== undefined ? keyOf(only) : keyOfAll(values);
}
