import type { Dynamic, Value } from "../types/value.ts";
import type { Aggregate } from "./aggregate.ts";
import type { ColumnType, RowOf, Schema, TypeOf } from "./columns.ts";
import { type ExpandOptions, expandRow } from "./expanding.ts";
import { ipv4Bits, ipv6Bits, type LookupOptions, lookingUp, lookingWhere } from "./ip-lookup.ts";
import { type JoinKind, joining, type KeysOf, type LookupKind, type Merge } from "./joining.ts";
import { type KeyValueOptions, keyValues } from "./key-values.ts";
import { hitters, type NestedLevel, nesting } from "./nesting.ts";
import { type ParsedRow, type ParseOptions, type ParseStep, parser } from "./parsing.ts";
import { partitioned } from "./partition.ts";
import { type ScanStep, scanning } from "./scanning.ts";
import { type Axis, makingSeries, type SeriesOf } from "./series.ts";
import { keepingFirst, type SortKey, sorted } from "./sorting.ts";
import { batchwise, chained, gathering, type Operator, passing, runOver } from "./stage.ts";
import { type Aggregated, keyOfRow, type NamedAggregates, type Part, type PlainRow, summarizing } from "./summarize.ts";
import { type Windowed, type WindowFunctions, windowing } from "./window.ts";

/** Batches of rows, from the start every time it is called. */
export type Batches<T> = () => Iterable<readonly T[]> | AsyncIterable<readonly T[]>;

/** The columns of both rows, those of the second where they have the same name. */
export type Extended<T, A> = Omit<T, keyof A> & A;
/** The columns that an expansion gives: of the types asked for, dynamic for the others, and the element's place. */
export type Expanded<A, S, I extends string> = {
  readonly [K in keyof A]: K extends keyof S ? (S[K] extends ColumnType ? TypeOf[S[K]] : Dynamic) : Dynamic;
} & { readonly [K in I]: number };
type Typed<S, I extends string> = ExpandOptions & { readonly as?: S; readonly index?: I };
type NoTypes = Readonly<Record<never, ColumnType>>;

const countOf = (count: Value): number =>
  Math.max(0, Number(typeof count === "number" || typeof count === "bigint" ? count : 0));

/** Stands for the items of one row while the body of `mvApply` is built. */
const items: Batches<never> = () => [];

/**
 * Rows on their way through operators, each named as in KQL. Nothing is read before the rows are asked for. Then they pass in batches;
 * only operators that must (`summarize`, `sort`, the other side of a join) keep rows.
 */
export class Rows<T extends object> implements AsyncIterable<T> {
  readonly #batches: Batches<unknown>;
  readonly #operator: Operator<unknown, T>;

  private constructor(batches: Batches<unknown>, operator: Operator<unknown, T>) {
    this.#batches = batches;
    this.#operator = operator;
  }

  static of<T extends object>(batches: Batches<T>): Rows<T> {
    return new Rows<T>(batches, passing<T>());
  }

  #then<Out extends object>(operator: Operator<T, Out>): Rows<Out> {
    return new Rows(this.#batches, chained(this.#operator, operator));
  }

  async *batches(): AsyncGenerator<readonly T[]> {
    await this.#operator.prepare?.();
    const stage = this.#operator.start();
    if (stage.full?.() !== true) {
      for await (const batch of this.#batches()) {
        const rows = stage.push(batch);
        if (rows.length > 0) yield rows;
        if (stage.full?.() === true) break;
      }
    }
    const rest = stage.end();
    if (rest.length > 0) yield rest;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    for await (const batch of this.batches()) yield* batch;
  }

  async toArray(): Promise<readonly T[]> {
    const rows: T[] = [];
    for await (const batch of this.batches()) for (const row of batch) rows.push(row);
    return rows;
  }

  /** The same rows, read once and kept however often they are asked for. */
  shared(): Rows<T> {
    let kept: Promise<readonly T[]> | undefined;
    const read = () => {
      kept ??= this.toArray();
      return kept;
    };
    return Rows.of<T>(async function* () {
      yield await read();
    });
  }

  /** Rows where the predicate is true; null counts as false. */
  where(predicate: (row: T) => boolean | null): Rows<T> {
    return this.#then(batchwise((rows) => rows.filter((row) => predicate(row) === true)));
  }

  /** Adds columns, or replaces them. */
  extend<A extends object>(values: (row: T) => A): Rows<Extended<T, A>> {
    return this.#then(batchwise((rows) => rows.map((row): Extended<T, A> => ({ ...row, ...values(row) }))));
  }

  /** Exactly these columns. */
  project<A extends object>(values: (row: T) => A): Rows<A> {
    return this.#then(batchwise((rows) => rows.map((row) => values(row))));
  }

  /** The different rows of these columns, in order of their first occurrence. */
  distinct<A extends PlainRow>(values: (row: T) => A): Rows<A> {
    const start = () => {
      const seen = new Set<unknown>();
      const push = (rows: readonly T[]): readonly A[] => {
        return rows.map((row) => values(row)).filter((row) => seen.size < seen.add(keyOfRow(row)).size);
      };
      return { push, end: () => [] };
    };
    return this.#then({ start });
  }

  /** One row: the aggregates over all rows, by the names of their columns, and then those that give several columns (`argMax`). */
  summarize<A extends NamedAggregates<T>, First extends object, Second extends object, Third extends object>(
    aggregates: A,
    first?: Aggregate<T, First>,
    second?: Aggregate<T, Second>,
    third?: Aggregate<T, Third>,
  ): Rows<Aggregated<A> & First & Second & Third> {
    return this.#summarize(null, [aggregates, first, second, third]);
  }

  /** One row per group of equal `keys`, with its aggregates. */
  summarizeBy<
    K extends PlainRow,
    A extends NamedAggregates<T>,
    First extends object,
    Second extends object,
    Third extends object,
  >(
    keys: (row: T) => K,
    aggregates: A,
    first?: Aggregate<T, First>,
    second?: Aggregate<T, Second>,
    third?: Aggregate<T, Third>,
  ): Rows<K & Aggregated<A> & First & Second & Third> {
    return this.#summarize(keys, [aggregates, first, second, third]);
  }

  #summarize<Out extends object>(
    keys: ((row: T) => PlainRow) | null,
    parts: readonly (Part<T> | undefined)[],
  ): Rows<Out> {
    const given = parts.filter((part) => part !== undefined);
    return this.#then(summarizing<T>(keys, given) as Operator<T, object> as Operator<T, Out>);
  }

  /** One row with the number of rows. */
  count<N extends string = "Count">(name?: N): Rows<{ readonly [K in N]: number }> {
    const column = name ?? "Count";
    return this.#then(
      gathering(() => {
        let count = 0;
        return {
          add() {
            count++;
          },
          result: () => [{ [column]: count } as { readonly [K in N]: number }],
        };
      }),
    );
  }

  sort(...keys: readonly SortKey<T>[]): Rows<T> {
    return this.#then(
      gathering(() => {
        const rows: T[] = [];
        return { add: (row) => void rows.push(row), result: () => sorted(rows, keys) };
      }),
    );
  }

  /** Adds the columns that window functions give, over the rows in their order. (window-functions) */
  window<W extends WindowFunctions<T>>(functions: W): Rows<Extended<T, Windowed<W>>> {
    return this.#then(windowing<T>(functions) as Operator<T, Extended<T, Windowed<W>>>);
  }

  /** The first so many rows in order of the keys; more are not kept. */
  top(count: Value, ...keys: readonly SortKey<T>[]): Rows<T> {
    return this.#then(gathering(() => keepingFirst(countOf(count), keys)));
  }

  /** One row a group, with arrays over the places of an axis, which stand in a column of this name. (make-series-operator) */
  makeSeries<R extends object>(name: string, axis: Axis<T>, columns: Readonly<Record<string, SeriesOf<T>>>): Rows<R> {
    return this.#then(makingSeries(name, axis, columns) as Operator<T, object> as Operator<T, R>);
  }

  /** Runs `body` over the rows of every value of `by`, one after the other. (partition-operator) */
  partition<R extends object>(by: (row: T) => Value, body: (items: Rows<T>) => Rows<R>): Rows<R> {
    const applied = body(Rows.of<T>(items));
    if (applied.#batches !== items) throw new Error("the body of partition must work on its items");
    return this.#then(partitioned(by, applied.#operator as Operator<T, R>));
  }

  /** Sends rows, in order, through steps that see what the others last saw. (scan-operator) */
  scan<D extends object, S extends string, M extends object = object>(
    declared: D,
    steps: readonly ScanStep<T, D, S>[],
    options: { readonly empty?: Partial<T>; readonly matchId?: string } = {},
  ): Rows<Extended<T, D> & M> {
    const operator = scanning(options.empty ?? {}, declared, steps, options.matchId ?? null);
    return this.#then(operator as Operator<T, Extended<T, D> & M>);
  }

  /** The best values of the first level, inside each of them the best of the next, and so on. (top-nested-operator) */
  topNested<R extends object>(...levels: readonly NestedLevel<T>[]): Rows<R> {
    return this.#then(nesting(levels) as Operator<T, object> as Operator<T, R>);
  }

  /** The values of `of` with the greatest `by`. (top-hitters-operator) */
  topHitters<R extends object>(
    most: Value,
    name: string,
    of: (row: T) => Value,
    as: string,
    by: Aggregate<T, Value>,
  ): Rows<R> {
    return this.#then(hitters(most, name, of, as, by) as Operator<T, object> as Operator<T, R>);
  }

  /** Adds the columns that stand in a text as keys with values. (parse-kv-operator) */
  parseKv<const S extends Schema>(
    text: (row: T) => Value,
    columns: S,
    options: KeyValueOptions = {},
  ): Rows<Extended<T, RowOf<S>>> {
    const read = keyValues(columns, options);
    return this.#then(batchwise((rows) => rows.map((row): Extended<T, RowOf<S>> => ({ ...row, ...read(text(row)) }))));
  }

  /** What a plugin makes of the rows. (evaluate-operator) */
  evaluate<R extends object>(plugin: Operator<T, PlainRow>): Rows<R> {
    return this.#then(plugin as Operator<T, object> as Operator<T, R>);
  }

  /** The rows with those of the other side for which a test holds. */
  lookupWhere<N extends object, O extends object>(
    others: Rows<N>,
    test: (row: T, other: N) => boolean | null,
    merge: (row: T, other: N) => O,
    { unmatched = false }: { readonly unmatched?: Value } = {},
  ): Rows<O> {
    return this.#then(lookingWhere(() => others.toArray(), test, merge, unmatched === true));
  }

  /** The rows with those of the other side whose IPv4 network their address lies in. (ipv4-lookup-plugin) */
  ipv4Lookup<N extends object, O extends object>(
    networks: Rows<N>,
    address: (row: T) => Value,
    network: (row: N) => Value,
    merge: (row: T, network: N) => O,
    options: LookupOptions<T, N> = {},
  ): Rows<O> {
    const read = () => networks.toArray();
    return this.#then(lookingUp(ipv4Bits, read, address, network, merge, options));
  }

  /** The same for IPv6, where IPv4 addresses count too. (ipv6-lookup-plugin) */
  ipv6Lookup<N extends object, O extends object>(
    networks: Rows<N>,
    address: (row: T) => Value,
    network: (row: N) => Value,
    merge: (row: T, network: N) => O,
    options: LookupOptions<T, N> = {},
  ): Rows<O> {
    const read = () => networks.toArray();
    return this.#then(lookingUp(ipv6Bits, read, address, network, merge, options));
  }

  /** The first so many rows; none for null. */
  take(count: Value): Rows<T> {
    const most = countOf(count);
    const start = () => {
      let left = most;
      const push = (rows: readonly T[]): readonly T[] => {
        const taken = rows.slice(0, left);
        left -= taken.length;
        return taken;
      };
      return { push, end: () => [], full: () => left === 0 };
    };
    return this.#then({ start });
  }

  /** One row per element of the arrays or bags in `values`, which the elements replace. */
  mvExpand<
    A extends PlainRow,
    const S extends Readonly<Partial<Record<keyof A, ColumnType>>> = NoTypes,
    const I extends string = never,
  >(values: (row: T) => A, options: Typed<S, I> = {}): Rows<NoInfer<Omit<T, keyof A | I> & Expanded<A, S, I>>> {
    const expand = (row: T) =>
      expandRow(row, values(row), options) as readonly (Omit<T, keyof A | I> & Expanded<A, S, I>)[];
    return this.#then(batchwise((rows) => rows.flatMap(expand)));
  }

  /** Runs `body` over the rows that each row expands to; its results take on the row's other columns. */
  mvApply<
    A extends PlainRow,
    R extends object,
    const S extends Readonly<Partial<Record<keyof A, ColumnType>>> = NoTypes,
    const I extends string = never,
  >(
    values: (row: T) => A,
    body: (items: Rows<Omit<T, keyof A | I> & Expanded<A, S, I>>) => Rows<R>,
    options: Typed<S, I> = {},
  ): Rows<Extended<T, R>> {
    type Item = Omit<T, keyof A | I> & Expanded<A, S, I>;
    const applied = body(Rows.of<Item>(items));
    if (applied.#batches !== items) throw new Error("the body of mvApply must work on its items");
    const operator: Operator<Item, R> = applied.#operator;
    const apply = (row: T): readonly Extended<T, R>[] => {
      const expanded = expandRow(row, values(row), options) as readonly Item[];
      return runOver(operator, expanded).map((result): Extended<T, R> => ({ ...row, ...result }));
    };
    return this.#then({
      prepare: async () => operator.prepare?.(),
      start: () => ({ push: (rows) => rows.flatMap(apply), end: () => [] }),
    });
  }

  /** Adds the columns that the steps read from a text. */
  parse<const S extends readonly ParseStep[]>(
    text: (row: T) => Value,
    steps: S,
    options: ParseOptions = {},
  ): Rows<Extended<T, ParsedRow<S>>> {
    const read = parser(steps, options);
    const extend = (row: T): readonly Extended<T, ParsedRow<S>>[] => {
      const columns = read(text(row));
      return columns === null ? [] : [{ ...row, ...columns } as Extended<T, ParsedRow<S>>];
    };
    return this.#then(batchwise((rows) => rows.flatMap(extend)));
  }

  /**
   * The other rows are read first and kept; these stream by. Keys are equal value by value. `merge` makes the result's row; of a side
   * that has no row for the other one's it gets null.
   */
  join<R extends object, O extends object>(
    kind: "inner" | "innerunique",
    other: Rows<R>,
    keys: KeysOf<T>,
    otherKeys: KeysOf<R>,
    merge: (left: T, right: R) => O,
  ): Rows<O>;
  join<R extends object, O extends object>(
    kind: "leftouter",
    other: Rows<R>,
    keys: KeysOf<T>,
    otherKeys: KeysOf<R>,
    merge: (left: T, right: R | null) => O,
  ): Rows<O>;
  join<R extends object, O extends object>(
    kind: "rightouter",
    other: Rows<R>,
    keys: KeysOf<T>,
    otherKeys: KeysOf<R>,
    merge: (left: T | null, right: R) => O,
  ): Rows<O>;
  join<R extends object, O extends object>(
    kind: "fullouter",
    other: Rows<R>,
    keys: KeysOf<T>,
    otherKeys: KeysOf<R>,
    merge: (left: T | null, right: R | null) => O,
  ): Rows<O>;
  join<R extends object>(kind: "leftsemi" | "leftanti", other: Rows<R>, keys: KeysOf<T>, otherKeys: KeysOf<R>): Rows<T>;
  join<R extends object>(
    kind: "rightsemi" | "rightanti",
    other: Rows<R>,
    keys: KeysOf<T>,
    otherKeys: KeysOf<R>,
  ): Rows<R>;
  join<R extends object>(
    kind: JoinKind,
    other: Rows<R>,
    keys: KeysOf<T>,
    otherKeys: KeysOf<R>,
    merge: (left: T & null, right: R & null) => object = (left: T | null, right: R | null) => left ?? right ?? {},
  ): Rows<object> {
    return this.#then(joining(kind, () => other.toArray(), keys, otherKeys, merge as Merge<T, R, object>));
  }

  /** Adds columns of the other rows, which are read first and kept; every match of a row gives one, the last of them first. */
  lookup<R extends object, O extends object>(
    kind: "inner",
    other: Rows<R>,
    keys: KeysOf<T>,
    otherKeys: KeysOf<R>,
    merge: (left: T, right: R) => O,
  ): Rows<O>;
  lookup<R extends object, O extends object>(
    kind: "leftouter",
    other: Rows<R>,
    keys: KeysOf<T>,
    otherKeys: KeysOf<R>,
    merge: (left: T, right: R | null) => O,
  ): Rows<O>;
  lookup<R extends object>(
    kind: LookupKind,
    other: Rows<R>,
    keys: KeysOf<T>,
    otherKeys: KeysOf<R>,
    merge: (left: T, right: R & null) => object,
  ): Rows<object> {
    return this.#then(joining(kind, () => other.toArray(), keys, otherKeys, merge as Merge<T, R, object>, true));
  }

  /** A column of the first row; null without rows. (toscalar-function) */
  async scalar<K extends keyof T>(column: K): Promise<T[K] | null> {
    for await (const [row] of this.take(1).batches()) if (row !== undefined) return row[column];
    return null;
  }

  /** A column of all rows. */
  async column<K extends keyof T>(column: K): Promise<readonly T[K][]> {
    return (await this.toArray()).map((row) => row[column]);
  }
}
