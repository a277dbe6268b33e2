import { Decimal } from "../types/decimal.ts";
import { Datetime, Timespan } from "../types/time.ts";
import { bagOf, type Dynamic, isArray, longOf, Real, type Value } from "../types/value.ts";
import { readJson } from "./json-reader.ts";
import { printReal } from "./real-text.ts";

/** Compact JSON of a dynamic value, keys in order, whole numbers of any size exact, datetimes and timespans as text. */
export function printJson(value: Value): string {
  switch (typeof value) {
    case "string":
      return JSON.stringify(value);
    case "number":
      if (Number.isNaN(value)) return '"NaN"';
      if (Number.isFinite(value)) return Number.isSafeInteger(value) ? String(value) : printReal(value);
      return value > 0 ? '"Infinity"' : '"-Infinity"';
    case "bigint":
    case "boolean":
      return String(value);
    default:
      if (value === null) return "null";
      if (value instanceof Real) return printReal(value.value);
      if (value instanceof Datetime || value instanceof Timespan || value instanceof Decimal)
        return `"${value.toString()}"`;
      if (isArray(value)) return `[${value.map(printJson).join(",")}]`;
      return `{${Object.entries(value)
        .map(([key, item]) => `${JSON.stringify(key)}:${printJson(item)}`)
        .join(",")}}`;
  }
}

const maximumDepth = 256;

/**
 * `parse_json(text)`: the value, or the text itself where it is not valid JSON; null for "". A dynamic value stays as it is.
 * Whole numbers beyond 2^53 stay exact. (parse-json-function)
 */
export function parseJson(value: Value): Dynamic {
  if (typeof value !== "string") return value;
  if (value.trim() === "") return null;
  return tryParseJson(value) ?? null;
}

/** Numbers that JSON.parse would make other ones of: those of 16 digits and more, and whole reals (`1.0`, `1e3`), which are no longs. */
const exactDigits = /(?:^|[\s:,[])-?(?:\d{16}|\d+(?:\.0+(?!\d)|\.\d{15}|(?:\.\d+)?[eE]))/;

function tryParseJson(text: string): Dynamic {
  try {
    return exactDigits.test(text) ? readJson(text) : dynamicOf(JSON.parse(text));
  } catch {
    return text;
  }
}

/**
 * The dynamic value of any plain JavaScript value: arrays, objects, numbers, strings, booleans, `Date`s and null.
 * What has no place in it (functions, symbols, undefined) is null, and so is what is nested deeper than 256.
 */
export function dynamicOf(value: unknown, depth = 0): Dynamic {
  switch (typeof value) {
    case "string":
    case "number":
    case "boolean":
      return value;
    case "bigint":
      return longOf(value);
    case "object":
      if (value === null || depth > maximumDepth) return null;
      if (value instanceof Datetime || value instanceof Timespan) return value;
      if (value instanceof Real || value instanceof Decimal) return value;
      if (value instanceof Date) return value.toISOString();
      if (Array.isArray(value)) return value.map((item) => dynamicOf(item, depth + 1));
      return bagOf(Object.entries(value).map(([key, item]) => [key, dynamicOf(item, depth + 1)]));
    default:
      return null;
  }
}
