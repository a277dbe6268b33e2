import type { Aggregation } from "../../spl/tree.ts";
import type { Engine } from "../engine.ts";
import { limits } from "../limits.ts";
import { compareText, looksNumeric, multi, numberText, type Value, valuesOf, valueText } from "../value.ts";
import { percentile } from "./percentile.ts";

/** One value of an aggregate's argument, with the time of its row; `values` of a multivalue field stand apart. */
export interface Item {
  readonly value: Value;
  readonly time: number | null;
}

/** What an aggregate makes of the rows of a group: items with a value, and how many rows there are. */
export type Aggregate = (items: readonly Item[], rows: number, engine: Engine, node: Aggregation) => Value | undefined;

function texts(items: readonly Item[]): readonly string[] {
  return items.flatMap((item) => valuesOf(item.value));
}

/** The values that read as numbers; others do not count. */
function numbers(items: readonly Item[]): number[] {
  return texts(items).flatMap((t) => (looksNumeric(t) ? [Number(t)] : []));
}

function ofNumbers(apply: (numbers: number[]) => number | null): Aggregate {
  return (items) => {
    const found = numbers(items);
    return found.length === 0 ? undefined : (apply(found) ?? undefined);
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}

function variance(values: readonly number[], sample: boolean): number | null {
  const mean = sum(values) / values.length;
  const divisor = sample ? values.length - 1 : values.length;
  if (divisor <= 0) return 0;
  return values.reduce((a, b) => a + (b - mean) ** 2, 0) / divisor;
}

/** Numeric where all values are numbers, by bytes otherwise. */
function extreme(direction: 1 | -1): Aggregate {
  return (items) => {
    const all = texts(items);
    if (all.length === 0) return undefined;
    if (all.every(looksNumeric)) return direction * Math.max(...bounded(all.map((t) => direction * Number(t)))) + 0;
    return all.reduce((best, t) => (direction * compareText(t, best) > 0 ? t : best));
  };
}

/** Math.max takes only so many arguments. */
function bounded(values: readonly number[]): readonly number[] {
  return values.length < 50_000 ? values : [values.reduce((a, b) => Math.max(a, b))];
}

/** An aggregate over time is without meaning where the rows have none, as after stats or table. */
function overTime(apply: (items: readonly Item[]) => Value | undefined): Aggregate {
  return (items, _, engine, node) => {
    if (items.some((item) => item.time === null)) {
      engine.warn("SPL212", node, `${node.function}() of rows without _time leaves them out`);
    }
    return apply(items);
  };
}

function timed(items: readonly Item[]): readonly { readonly value: Value; readonly time: number }[] {
  return items.flatMap((item) => (item.time === null ? [] : [{ value: item.value, time: item.time }]));
}

/** The item with the greatest (1) or least time; the first met of several. */
function byTime(
  items: readonly Item[],
  direction: 1 | -1,
): { readonly value: Value; readonly time: number } | undefined {
  return timed(items).reduce<{ readonly value: Value; readonly time: number } | undefined>(
    (best, item) => (best === undefined || direction * (item.time - best.time) > 0 ? item : best),
    undefined,
  );
}

function rate(items: readonly Item[]): number | undefined {
  const first = byTime(items, -1);
  const last = byTime(items, 1);
  if (first === undefined || last === undefined || first.time === last.time) return undefined;
  const change = Number(valueText(last.value)) - Number(valueText(first.value));
  return Number.isNaN(change) ? undefined : change / (last.time - first.time);
}

const count: Aggregate = (items, rows, _, node) => (node.argument === null ? rows : texts(items).length);

const distinct: Aggregate = (items) => new Set(texts(items)).size;

const list: Aggregate = (items, _, engine, node) => {
  const all = texts(items);
  if (all.length > limits.list) {
    engine.warn("SPL211", node, `list() keeps the first ${limits.list} of ${all.length} values`);
  }
  return multi(all.slice(0, limits.list));
};

const mode: Aggregate = (items) => {
  const counts = new Map<string, number>();
  for (const text of texts(items)) counts.set(text, (counts.get(text) ?? 0) + 1);
  let best: readonly [string, number] | undefined;
  for (const entry of counts) if (best === undefined || entry[1] > best[1]) best = entry;
  return best?.[0];
};

const average = ofNumbers((n) => sum(n) / n.length);

/** per_hour() and its like of timechart: the sum of a bin for each such unit. (Time functions: per_day, per_hour, …) */
export function perUnit(binSeconds: number): Readonly<Record<string, Aggregate>> {
  const per = (seconds: number): Aggregate => ofNumbers((n) => (sum(n) / binSeconds) * seconds);
  return { per_day: per(86_400), per_hour: per(3600), per_minute: per(60), per_second: per(1) };
}

/** (Search Reference: Statistical and charting functions) */
export const aggregates: Readonly<Record<string, Aggregate>> = {
  count,
  c: count,
  dc: distinct,
  distinct_count: distinct,
  estdc: distinct,
  estdc_error: () => 0,
  sum: ofNumbers(sum),
  avg: average,
  mean: average,
  min: extreme(-1),
  max: extreme(1),
  range: ofNumbers((n) => n.reduce((a, b) => Math.max(a, b)) - n.reduce((a, b) => Math.min(a, b))),
  median: ofNumbers((n) => percentile(n, 50)),
  mode,
  stdev: ofNumbers((n) => Math.sqrt(variance(n, true) ?? 0)),
  stdevp: ofNumbers((n) => Math.sqrt(variance(n, false) ?? 0)),
  var: ofNumbers((n) => variance(n, true)),
  varp: ofNumbers((n) => variance(n, false)),
  sumsq: ofNumbers((n) => n.reduce((a, b) => a + b * b, 0)),
  values: (items) => multi([...new Set(texts(items))].sort(compareText)),
  list,
  first: (items) => items[0]?.value,
  last: (items) => items.at(-1)?.value,
  earliest: overTime((items) => byTime(items, -1)?.value),
  latest: overTime((items) => byTime(items, 1)?.value),
  earliest_time: overTime((items) => byTime(items, -1)?.time),
  latest_time: overTime((items) => byTime(items, 1)?.time),
  rate: overTime(rate),
};

/** `perc95`, `p95`, `exactperc99.9`, `upperperc50`: percent of an aggregate's name; null for other names. */
export function percentOf(name: string): number | null {
  const found = /^(?:perc|p|exactperc|upperperc)(\d{1,2}(?:\.\d+)?|100)$/.exec(name);
  return found === null ? null : Number(found[1]);
}

export function percentileAggregate(percent: number): Aggregate {
  return ofNumbers((n) => percentile(n, percent));
}

/** Distinct values from which on Splunk estimates a percentile. */
export const exactPercentiles = 1000;

export function distinctNumbers(items: readonly Item[]): number {
  return new Set(texts(items).map((t) => numberText(Number(t)))).size;
}
