import { Decimal } from "../../src/types/decimal.ts";
import type { Column, ScalarType } from "../../src/types/scalar-type.ts";
import { Datetime, Timespan } from "../../src/types/time.ts";
import { isArray, Real, type Value } from "../../src/types/value.ts";

/** A cell as text that is equal only where the values are: long and real apart inside a dynamic value, bags by key. */
export function shown(value: Value | undefined): string {
  if (value === undefined) return "undefined";
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number") return String(value);
  if (typeof value === "bigint") return `${value}`;
  if (typeof value === "string") return JSON.stringify(value);
  if (value instanceof Real) return `real(${value.value})`;
  if (value instanceof Decimal) return `decimal(${value})`;
  if (value instanceof Datetime) return `datetime(${value})`;
  if (value instanceof Timespan) return `time(${value})`;
  if (isArray(value)) return `[${value.map(shown).join(", ")}]`;
  const entries = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${shown(item)}`);
  return `{${entries.sort().join(", ")}}`;
}

/** What is wrong with a value of a column's type; null where nothing is. */
export function misfit(value: Value | undefined, type: ScalarType): string | null {
  if (value === undefined) return "no value";
  if (value === null) return type === "string" ? "a string is never null" : null;
  return fits(value, type) ? null : `${shown(value)} is no ${type}`;
}

function fits(value: Exclude<Value, null>, type: ScalarType): boolean {
  switch (type) {
    case "bool":
      return typeof value === "boolean";
    case "int":
      return typeof value === "number" && (value | 0) === value;
    case "long":
      return typeof value === "bigint"
        ? BigInt.asIntN(64, value) === value && !Number.isSafeInteger(Number(value))
        : Number.isSafeInteger(value);
    case "real":
      return typeof value === "number";
    case "decimal":
      return value instanceof Decimal;
    case "string":
      return typeof value === "string";
    case "guid":
      return typeof value === "string" && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(value);
    case "datetime":
      return value instanceof Datetime;
    case "timespan":
      return value instanceof Timespan;
    case "dynamic":
    case "unknown":
      return isDynamic(value);
  }
}

/** JSON and the scalar types, down to the leaves. */
function isDynamic(value: unknown): boolean {
  if (value === null || ["boolean", "string", "number", "bigint"].includes(typeof value)) return true;
  if (value instanceof Real || value instanceof Decimal || value instanceof Datetime || value instanceof Timespan)
    return true;
  if (Array.isArray(value)) return value.every(isDynamic);
  return (
    typeof value === "object" &&
    [Object.prototype, null].includes(Object.getPrototypeOf(value)) &&
    Object.values(value).every(isDynamic)
  );
}

export const header = (columns: readonly Column[]): string => columns.map((c) => `${c.name}: ${c.type}`).join(", ");
