import { Timespan } from "../types/time.ts";
import type { Value } from "../types/value.ts";
import { add } from "./arithmetic.ts";
import { type RowOf, readCell, type Schema } from "./columns.ts";
import { orderOf } from "./compare.ts";
import { put } from "./put.ts";
import { type Batches, Rows } from "./rows.ts";

/** Events of a table: plain objects, singly or in arrays. */
export type Events = Iterable<object> | AsyncIterable<object>;

const batchSize = 512;

/** The columns of a schema, read from events. All other fields of an event stay unread. */
export function from<const S extends Schema>(events: Events, schema: S): Rows<RowOf<S>> {
  const columns = Object.entries(schema).map(([name, type]) => ({ name, read: readCell[type] }));
  const rowOf = (event: object): RowOf<S> => {
    const fields = event as Readonly<Record<string, unknown>>;
    const row: Record<string, Value> = {};
    for (const { name, read } of columns) put(row, name, read(Object.hasOwn(fields, name) ? fields[name] : undefined));
    return row as RowOf<S>;
  };
  const rowsOf = (event: object): readonly RowOf<S>[] => (Array.isArray(event) ? event.map(rowOf) : [rowOf(event)]);
  const batches: Batches<RowOf<S>> = () =>
    Symbol.iterator in events ? inBatches(events, rowsOf) : eachRead(events, rowsOf);
  return Rows.of(batches);
}

function* inBatches<T>(events: Iterable<object>, rowsOf: (event: object) => readonly T[]): Generator<readonly T[]> {
  let batch: T[] = [];
  for (const event of events) {
    for (const row of rowsOf(event)) batch.push(row);
    if (batch.length < batchSize) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

async function* eachRead<T>(
  events: AsyncIterable<object>,
  rowsOf: (event: object) => readonly T[],
): AsyncGenerator<readonly T[]> {
  for await (const event of events) yield rowsOf(event);
}

/** Rows that are written out. */
export function fromRows<T extends object>(rows: readonly T[]): Rows<T> {
  return Rows.of<T>(() => [rows]);
}

/** All rows of all of them, one after the other. (union-operator) */
export function union<T extends object>(...all: readonly Rows<T>[]): Rows<T> {
  return Rows.of<T>(async function* () {
    for (const rows of all) yield* rows.batches();
  });
}

/** One column of values from `start` to `stop`, both included. (range-operator) */
export function rangeRows<T extends object>(name: keyof T & string, start: Value, stop: Value, step: Value): Rows<T> {
  return Rows.of<T>(function* () {
    const forward = signOf(step);
    let batch: T[] = [];
    for (
      let at: Value = start;
      at !== null && forward !== 0 && (orderOf(at, stop) ?? 1) * forward <= 0;
      at = add(at, step)
    ) {
      batch.push({ [name]: at } as T);
      if (batch.length < batchSize) continue;
      yield batch;
      batch = [];
    }
    if (batch.length > 0) yield batch;
  });
}

function signOf(step: Value): number {
  if (step instanceof Timespan) return step.ticks > 0n ? 1 : step.ticks < 0n ? -1 : 0;
  return typeof step === "number" || typeof step === "bigint" ? Math.sign(Number(step)) : 0;
}
