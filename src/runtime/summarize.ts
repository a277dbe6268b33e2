import type { Value } from "../types/value.ts";
import type { Aggregate, Group } from "./aggregate.ts";
import { type Key, keyOf, keyOfAll } from "./key.ts";
import { put } from "./put.ts";
import { gathering, type Operator } from "./stage.ts";

export type PlainRow = Readonly<Record<string, Value>>;

/** Aggregates by the names of their columns. */
export type NamedAggregates<T> = { readonly [name: string]: Aggregate<T, Value> };
/** The columns that they give. */
export type Aggregated<A> = { readonly [K in keyof A]: A[K] extends Aggregate<never, infer V> ? V : never };
/** Named aggregates, or one that gives several columns. */
export type Part<T> = NamedAggregates<T> | Aggregate<T, object>;

interface NamedAggregate<T> {
  /** Null where the result's columns are the aggregate's own. */
  readonly name: string | null;
  readonly aggregate: Aggregate<T, unknown>;
}
interface Gathered<T> {
  readonly key: PlainRow;
  readonly groups: readonly Group<T, unknown>[];
}

function namedAggregates<T>(part: Part<T>): readonly NamedAggregate<T>[] {
  if (isSingle(part)) return [{ name: null, aggregate: part }];
  return Object.entries(part).map(([name, aggregate]) => ({ name, aggregate }));
}
function isSingle<T>(part: Part<T>): part is Aggregate<T, object> {
  return typeof part.start === "function";
}

/** Groups the rows by all columns of `by`; null for one group, which then exists without rows too. (summarize-operator) */
export function summarizing<T>(by: ((row: T) => PlainRow) | null, parts: readonly Part<T>[]): Operator<T, PlainRow> {
  const columns = parts.flatMap((part) => namedAggregates(part));
  const startGroups = (): Gathered<T>["groups"] => columns.map(({ aggregate }) => aggregate.start());
  const finish = ({ key, groups }: Gathered<T>): PlainRow => {
    const row: Record<string, unknown> = { ...key };
    for (const [i, { name }] of columns.entries()) {
      const result = groups[i]?.result();
      if (name !== null) put(row, name, result);
      else for (const [own, value] of Object.entries(result ?? {})) put(row, own, value);
    }
    return row as PlainRow;
  };
  return gathering(() => {
    const found = new Map<Key, Gathered<T>>();
    if (by === null) found.set("", { key: {}, groups: startGroups() });
    return {
      add(row) {
        const key = by === null ? {} : by(row);
        const id = by === null ? "" : keyOfRow(key);
        let entry = found.get(id);
        if (entry === undefined) {
          entry = { key, groups: startGroups() };
          found.set(id, entry);
        }
        for (const group of entry.groups) group.add(row);
      },
      result: () => Array.from(found.values(), finish),
    };
  });
}

/** What tells rows apart: all of their values. */
export function keyOfRow(row: PlainRow): Key {
  const values = Object.values(row);
  const [only] = values;
  return values.length === 1 && only !== undefined ? keyOf(only) : keyOfAll(values);
}
