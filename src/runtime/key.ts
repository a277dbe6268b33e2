import { Decimal } from "../types/decimal.ts";
import { Datetime, Timespan } from "../types/time.ts";
import { isArray, Real, type Value } from "../types/value.ts";

/** What a Map or Set tells values apart by. */
export type Key = string | number | bigint | boolean | null;

const mark = "\u0001";

/**
 * Equal values have the same key and different ones different keys: the number 1 is not the string "1", -0 is 0, all NaNs are one,
 * datetimes and timespans go by their ticks, arrays and bags by their structure (the order of a bag's keys does not count).
 */
export function keyOf(value: Value): Key {
  if (typeof value === "string") return value.startsWith(mark) ? `${mark}s${value}` : value;
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Real) return value.value;
  return mark + structure(value);
}

/** One key for several values. */
export function keyOfAll(values: readonly Value[]): Key {
  const [only] = values;
  return values.length === 1 && only !== undefined ? keyOf(only) : values.map(structure).join(",");
}

function structure(value: Value): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value !== "object" || value === null) return Object.is(value, -0) ? "0" : String(value);
  if (value instanceof Datetime) return `d${value.ticks}`;
  if (value instanceof Timespan) return `t${value.ticks}`;
  if (value instanceof Real) return Object.is(value.value, -0) ? "0" : String(value.value);
  if (value instanceof Decimal) return `m${value}`;
  if (isArray(value)) return `[${value.map(structure).join(",")}]`;
  const entries = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}:${structure(item)}`);
  return `{${entries.sort().join(",")}}`;
}
