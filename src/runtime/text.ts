import { Decimal } from "../types/decimal.ts";
import { Datetime, Timespan } from "../types/time.ts";
import { isArray, isBag, type Value } from "../types/value.ts";
import { printJson } from "./json.ts";
import { printReal } from "./real-text.ts";

/** The text that a string operator sees of its operand: "" for null, a dynamic value's JSON, all else as `tostring`. */
export function textOf(value: Value): string {
  if (typeof value === "string") return value;
  return isArray(value) || isBag(value) ? printJson(value) : tostring(value);
}

/**
 * `tostring(value)`: "" for null, `True`/`False`, ISO datetimes, compact JSON for arrays and bags.
 * Reals and dynamic values have their own forms: `tostringReal`, `tostringDynamic`. (tostring-function)
 */
export function tostring(value: Value): string {
  switch (typeof value) {
    case "string":
      return value;
    case "boolean":
      return value ? "True" : "False";
    case "number":
      return Number.isSafeInteger(value) ? String(value + 0) : printReal(value);
    case "bigint":
      return String(value);
    default:
      if (value === null) return "";
      if (value instanceof Datetime || value instanceof Timespan || value instanceof Decimal) return value.toString();
      return printJson(value);
  }
}

/** `tostring` of a dynamic value: a string as it is, everything else as JSON, "" for null. */
export function tostringDynamic(value: Value): string {
  if (value === null || typeof value === "string") return value ?? "";
  if (value instanceof Datetime || value instanceof Timespan || value instanceof Decimal) return value.toString();
  return printJson(value);
}

/** `tostring` of a real: always with a fraction or an exponent (`1.0`), `NaN`, `inf`. */
export function tostringReal(value: Value): string {
  return value === null ? "" : printReal(Number(value));
}
