import { Datetime, Timespan } from "../types/time.ts";
import { isArray, isBag, type Value } from "../types/value.ts";
import { printJson } from "./json.ts";

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
      return Number.isSafeInteger(value) ? String(value + 0) : tostringReal(value);
    case "bigint":
      return String(value);
    default:
      if (value === null) return "";
      return value instanceof Datetime || value instanceof Timespan ? value.toString() : printJson(value);
  }
}

/** `tostring` of a dynamic value: a string as it is, everything else as JSON, "" for null. */
export function tostringDynamic(value: Value): string {
  if (value === null || typeof value === "string") return value ?? "";
  return value instanceof Datetime || value instanceof Timespan ? value.toString() : printJson(value);
}

/** `tostring` of a real: always with a fraction or an exponent (`1.0`), `NaN`, `inf`. */
export function tostringReal(value: Value): string {
  if (value === null) return "";
  const number = Number(value);
  if (Number.isNaN(number)) return "NaN";
  if (!Number.isFinite(number)) return number > 0 ? "inf" : "-inf";
  if (Object.is(number, -0)) return "-0.0";
  const text = longestShortest(number).replace("e+", "e");
  return /[.e]/.test(text) ? text : `${text}.0`;
}

/**
 * The engine prints the fewest digits that read back as the same number, but among equally short ones the greatest and not
 * the nearest: 0.1 + 0.2 is 0.30000000000000007. Only texts of 16 digits and more have a choice.
 */
function longestShortest(value: number): string {
  const nearest = String(value);
  const [mantissa = "", exponent] = nearest.replace("-", "").split("e");
  const digits = mantissa.replace(".", "").replace(/^0+/, "");
  if (digits.length < 16) return nearest;
  const last = mantissa.length - 1;
  let greatest = mantissa;
  for (let digit = Number(mantissa[last]) + 1; digit <= 9; digit++) {
    const candidate = mantissa.slice(0, last) + digit;
    if (Number(exponent === undefined ? candidate : `${candidate}e${exponent}`) === Math.abs(value))
      greatest = candidate;
  }
  return `${value < 0 ? "-" : ""}${greatest}${exponent === undefined ? "" : `e${exponent}`}`;
}
