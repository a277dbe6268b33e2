import { Datetime, type Timespan } from "../types/time.ts";
import type { Value } from "../types/value.ts";
import { binAt } from "./bin.ts";
import { type Key, keyOf } from "./key.ts";
import { percentile } from "./percentiles.ts";
import { put } from "./put.ts";
import { gathering, type Operator } from "./stage.ts";
import { keyOfRow, type PlainRow } from "./summarize.ts";

/** What the plugins about activity over time have in common. */
interface OverTime<T> {
  readonly time: (row: T) => Datetime | null;
  /** The dimensions. */
  readonly by?: (row: T) => PlainRow;
  /** The name of the time's column. */
  readonly as: string;
}
interface Activity<T> extends OverTime<T> {
  readonly id: (row: T) => Value;
  readonly start: Datetime | null;
  readonly end: Datetime | null;
}

interface Event<T> {
  readonly at: Datetime;
  readonly row: T;
}

/** The rows that have a time, for every value of the dimensions in the order in which they come. */
function grouped<T>(
  { time, by }: OverTime<T>,
  result: (key: PlainRow, events: readonly Event<T>[]) => readonly PlainRow[],
): Operator<T, PlainRow> {
  return gathering(() => {
    const groups = new Map<Key, { readonly key: PlainRow; readonly events: Event<T>[] }>();
    return {
      add(row) {
        const at = time(row);
        if (!(at instanceof Datetime)) return;
        const key = by?.(row) ?? {};
        const id = by ? keyOfRow(key) : "";
        const group = groups.get(id) ?? { key, events: [] };
        groups.set(id, group);
        group.events.push({ at, row });
      },
      result: () => [...groups.values()].flatMap(({ key, events }) => result(key, events)),
    };
  });
}

/** The events of every bin of time, the earliest bin first. */
function binned<T>(
  events: readonly Event<T>[],
  size: Timespan | null,
  fixed: Datetime | null,
): [Datetime, Event<T>[]][] {
  const bins = new Map<bigint, [Datetime, Event<T>[]]>();
  for (const event of events) {
    const at = binAt(event.at, size, fixed);
    if (!(at instanceof Datetime)) continue;
    const bin = bins.get(at.ticks) ?? [at, []];
    bins.set(at.ticks, bin);
    bin[1].push(event);
  }
  return [...bins.values()].sort(([a], [b]) => (a.ticks < b.ticks ? -1 : 1));
}

const epoch = new Datetime(0n);

function rowOf(name: string, at: Datetime, key: PlainRow, results: PlainRow): PlainRow {
  const row: Record<string, Value> = {};
  put(row, name, at);
  return { ...row, ...key, ...results };
}

const isWithin = ({ at }: { readonly at: Datetime }, start: Datetime | null, end: Datetime | null): boolean =>
  start !== null && end !== null && at.ticks >= start.ticks && at.ticks <= end.ticks;

/** The percentile of the last bins' values, for every bin. (rolling-percentile-plugin) */
export function rollingPercentile<T>(
  settings: OverTime<T> & {
    readonly value: (row: T) => Value;
    readonly rank: Value;
    readonly bin: Timespan | null;
    readonly bins: Value;
    readonly result: string;
  },
): Operator<T, PlainRow> {
  const { value, rank, bin, bins, as, result } = settings;
  return grouped(settings, (key, events) => {
    const all = binned(events, bin, epoch);
    return all.map(([at], i) => {
      const group = percentile(value, rank).start();
      for (const [, inside] of all.slice(Math.max(0, i + 1 - Number(bins)), i + 1))
        for (const { row } of inside) group.add(row);
      const results: Record<string, Value> = {};
      put(results, result, group.result());
      return rowOf(as, at, key, results);
    });
  });
}

/** How many ids were active in so many periods of the time before, for every bin. (active-users-count-plugin) */
export function activeUsersCount<T>(
  settings: Activity<T> & {
    readonly lookback: Timespan | null;
    readonly period: Timespan | null;
    readonly periods: Value;
    readonly bin: Timespan | null;
  },
): Operator<T, PlainRow> {
  const { id, start, end, lookback, period, periods, bin, as } = settings;
  return grouped(settings, (key, events) => {
    const byId = new Map<Key, Datetime[]>();
    for (const { at, row } of events) byId.set(keyOf(id(row)), [...(byId.get(keyOf(id(row))) ?? []), at]);
    const active = events.filter((event) => {
      if (!isWithin(event, start, end) || lookback === null) return false;
      const before = (byId.get(keyOf(id(event.row))) ?? []).filter(
        (t) => t.ticks <= event.at.ticks && t.ticks > event.at.ticks - lookback.ticks,
      );
      return new Set(before.map((t) => binAt(t, period, start)?.ticks)).size >= Number(periods);
    });
    return binned(active, bin, start).map(([at, inside]) =>
      rowOf(as, at, key, { dcount: new Set(inside.map(({ row }) => keyOf(id(row)))).size }),
    );
  });
}

/** Rows, ids, new ids and ids so far, for every window. (activity-counts-metrics-plugin) */
export function activityCountsMetrics<T>(
  settings: Activity<T> & { readonly window: Timespan | null },
): Operator<T, PlainRow> {
  const { id, start, end, window, as } = settings;
  return grouped(settings, (key, events) => {
    const seen = new Set<Key>();
    const within = events.filter((event) => isWithin(event, start, end));
    return binned(within, window, start).map(([at, inside]) => {
      const ids = new Set(inside.map(({ row }) => keyOf(id(row))));
      const before = seen.size;
      for (const one of ids) seen.add(one);
      const results = {
        count: inside.length,
        dcount: ids.size,
        new_dcount: seen.size - before,
        aggregated_dcount: seen.size,
      };
      return rowOf(as, at, key, results);
    });
  });
}
