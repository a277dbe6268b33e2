import type { Discovery } from "../plan/nodes.ts";
import { Decimal } from "../types/decimal.ts";
import type { Column, ScalarType } from "../types/scalar-type.ts";
import { Datetime, Timespan } from "../types/time.ts";
import { isArray, isBag, Real, type Value } from "../types/value.ts";

/** As many columns as a table may have; more is a mistake in the query. */
const mostColumns = 10_000;

/** The columns that a plugin makes of the values in its data, in the order of their names. (bag-unpack-plugin, pivot-plugin) */
export async function discoveredColumns(
  { plugin }: Discovery,
  values: AsyncIterable<readonly Value[]>,
): Promise<readonly Column[]> {
  const types = new Map<string, ScalarType>();
  const see = (name: string, type: ScalarType): void => {
    const known = types.get(name);
    if (known === undefined && types.size >= mostColumns)
      throw new RangeError(`${plugin} gives more than ${mostColumns} columns`);
    types.set(name, known === undefined ? type : common(known, type));
  };
  for await (const [value] of values) {
    if (plugin === "pivot") see(textOf(value ?? null), "unknown");
    else if (value !== undefined && isBag(value))
      for (const [key, item] of Object.entries(value)) see(key, typeOf(item));
  }
  return [...types]
    .map(([name, type]): Column => ({ name, type: plugin === "bag_unpack" && type === "unknown" ? "string" : type }))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** The type that values of both types have; `unknown` is that of null. */
function common(a: ScalarType, b: ScalarType): ScalarType {
  if (a === b || b === "unknown") return a;
  if (a === "unknown") return b;
  const number = (t: ScalarType): boolean => t === "long" || t === "real";
  return number(a) && number(b) ? "real" : "dynamic";
}

function typeOf(value: Value): ScalarType {
  if (value === null) return "unknown";
  if (value instanceof Datetime) return "datetime";
  if (value instanceof Timespan) return "timespan";
  if (value instanceof Real) return "real";
  if (value instanceof Decimal) return "decimal";
  if (isArray(value) || isBag(value)) return "dynamic";
  switch (typeof value) {
    case "string":
      return "string";
    case "boolean":
      return "bool";
    case "bigint":
      return "long";
    default:
      return Number.isInteger(value) ? "long" : "real";
  }
}

function textOf(value: Value): string {
  return value === null ? "" : typeof value === "object" ? String(value) : `${value}`;
}
