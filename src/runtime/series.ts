import { Datetime, datetimeOf, Timespan, timespanOf } from "../types/time.ts";
import { type Dynamic, dynamicReal, type Value } from "../types/value.ts";
import type { Aggregate, Group } from "./aggregate.ts";
import { put } from "./put.ts";
import { gathering, type Operator } from "./stage.ts";
import { keyOfRow, type PlainRow } from "./summarize.ts";

/** An array of an aggregate's results, with `otherwise` at places without rows. */
export interface SeriesOf<T> {
  readonly aggregate: Aggregate<T, Value>;
  readonly otherwise: Value;
  readonly reals: boolean;
}
export function series<T>(aggregate: Aggregate<T, Value>, otherwise: Value): SeriesOf<T> {
  return { aggregate, otherwise, reals: false };
}
/** The same for results that are reals. */
export function seriesOfReals<T>(aggregate: Aggregate<T, Value>, otherwise: Value): SeriesOf<T> {
  return { aggregate, otherwise, reals: true };
}

/** The axis of a make-series and its groups. */
export interface Axis<T> {
  readonly on: (row: T) => Value;
  readonly from?: Value;
  readonly to?: Value;
  readonly step: Value;
  readonly by?: (row: T) => PlainRow;
  /** The end belongs to the axis, and places are multiples of the step. */
  readonly inclusive?: boolean;
  /** One row of defaults where there are no rows. */
  readonly nonempty?: boolean;
}

/** As many places as the engine lets a series have. */
const mostPlaces = 1_048_576;

interface Bin<T> {
  readonly groups: readonly Group<T, Value>[];
}

/** One row a group, with arrays over the places of the axis. (make-series-operator) */
export function makingSeries<T>(
  name: string,
  axis: Axis<T>,
  columns: Readonly<Record<string, SeriesOf<T>>>,
): Operator<T, PlainRow> {
  const scale = scaleOf(axis);
  const all = Object.entries(columns);
  return gathering(() => {
    const found = new Map<unknown, { readonly key: PlainRow; readonly bins: Map<number, Bin<T>> }>();
    return {
      add(row) {
        const place = scale.placeOf(axis.on(row));
        if (place === null) return;
        const key = axis.by?.(row) ?? {};
        const id = axis.by ? keyOfRow(key) : "";
        const group = found.get(id) ?? { key, bins: new Map<number, Bin<T>>() };
        found.set(id, group);
        const bin = group.bins.get(place) ?? { groups: all.map(([, column]) => column.aggregate.start()) };
        group.bins.set(place, bin);
        for (const one of bin.groups) one.add(row);
      },
      result() {
        if (found.size === 0 && axis.nonempty && !axis.by) found.set("", { key: {}, bins: new Map() });
        return [...found.values()].flatMap(({ key, bins }): PlainRow[] => {
          const [first, last] = scale.bounds([...bins.keys()]);
          const count = last - first + 1;
          if (count <= 0 || Number.isNaN(count)) return [];
          if (count > mostPlaces) throw new RangeError(`make-series gives more than ${mostPlaces} places`);
          const places = Array.from({ length: count }, (_, i) => first + i);
          const row: Record<string, Value> = { ...key };
          all.forEach(([column, { otherwise, reals }], i) => {
            const cell = (value: Value): Dynamic => (reals && typeof value === "number" ? dynamicReal(value) : value);
            put(
              row,
              column,
              places.map((place) => {
                const bin = bins.get(place);
                return cell(bin === undefined ? otherwise : (bin.groups[i]?.result() ?? null));
              }),
            );
          });
          put(row, name, places.map(scale.valueAt));
          return [row];
        });
      },
    };
  });
}

/** Places on the axis as whole numbers from its origin. */
interface Scale {
  /** The place of a value; null outside the axis. */
  placeOf(value: Value): number | null;
  /** The first and the last place, given those that have rows. */
  bounds(places: readonly number[]): readonly [number, number];
  valueAt(place: number): Dynamic;
}

function scaleOf<T>({ from, to, step, inclusive }: Axis<T>): Scale {
  const size = unitsOf(step ?? null);
  const start = unitsOf(from ?? null);
  const end = unitsOf(to ?? null);
  const nowhere: Scale = { placeOf: () => null, bounds: () => [0, -1], valueAt: () => null };
  if (size === null || size <= 0 || (from !== undefined && start === null) || (to !== undefined && end === null))
    return nowhere;
  const whole = [size, start ?? 0n, end ?? 0n].every((n) => typeof n === "bigint");
  const floor = (value: Units, origin: Units): number =>
    whole && typeof value === "bigint"
      ? Number(floorDivision(value - BigInt(origin), BigInt(size)))
      : Math.floor((Number(value) - Number(origin)) / Number(size));
  const origin: Units = start === null || inclusive ? 0n : start;
  const firstOf = start === null ? null : floor(start, origin);
  const lastOf = end === null ? null : inclusive ? floor(end, origin) : lastBefore(end, origin, size, floor);
  const like = from ?? to ?? null;
  let sample: Value = like;
  return {
    placeOf(value) {
      const units = unitsOf(value);
      if (units === null) return null;
      sample ??= value;
      const place = floor(units, origin);
      if (firstOf !== null && place < firstOf) return null;
      return lastOf !== null && (place > lastOf || (!inclusive && end !== null && units >= end)) ? null : place;
    },
    bounds(places) {
      const first = firstOf ?? places.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
      const last = lastOf ?? places.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
      return Number.isFinite(first) && Number.isFinite(last) ? [first, last] : [0, -1];
    },
    valueAt: (place) =>
      unitsAs(whole ? BigInt(origin) + BigInt(place) * BigInt(size) : Number(origin) + place * Number(size), sample),
  };
}

type Units = bigint | number;

/** The last place that begins before the end. */
function lastBefore(end: Units, origin: Units, size: Units, floor: (value: Units, origin: Units) => number): number {
  const place = floor(end, origin);
  const begins =
    typeof end === "bigint" && typeof size === "bigint"
      ? BigInt(origin) + BigInt(place) * size
      : Number(origin) + place * Number(size);
  return begins < end ? place : place - 1;
}

function floorDivision(value: bigint, size: bigint): bigint {
  const quotient = value / size;
  return value % size < 0n ? quotient - 1n : quotient;
}

/** A time's ticks, a whole number, or a real; null for anything else. */
function unitsOf(value: Value): Units | null {
  if (value instanceof Datetime || value instanceof Timespan) return value.ticks;
  if (typeof value === "bigint") return value;
  if (typeof value !== "number" || !Number.isFinite(value)) return null;
  return Number.isInteger(value) ? BigInt(value) : value;
}

function unitsAs(units: Units, like: Value): Dynamic {
  if (like instanceof Datetime) return datetimeOf(BigInt(units));
  if (like instanceof Timespan) return timespanOf(BigInt(units));
  const number = Number(units);
  return Number.isSafeInteger(number) || typeof units === "number" ? number : units;
}
