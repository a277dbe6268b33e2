import { Decimal } from "../types/decimal.ts";
import type { ScalarType } from "../types/scalar-type.ts";
import { Datetime, Timespan } from "../types/time.ts";
import { isArray, Real, type Value } from "../types/value.ts";

/** A cell as JSON can say it, whole numbers beyond 2^53 as `bigint`. */
export type Cell = null | boolean | number | bigint | string | readonly Cell[] | { readonly [key: string]: Cell };

/**
 * A value as a result's cell: datetimes, timespans and decimals as text, reals that are no number as `"NaN"`, `"Infinity"`, `"-Infinity"`,
 * a missing string as "".
 */
export function cellOf(value: Value | undefined, type: ScalarType): Cell {
  if (value === null || value === undefined) return type === "string" ? "" : null;
  return plain(value);
}

function plain(value: Value): Cell {
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Real) return value.value;
  if (value instanceof Datetime || value instanceof Timespan || value instanceof Decimal) return value.toString();
  if (isArray(value)) return value.map(plain);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}
