/**
 * A field's value. A field without a value is not in the row; `null` is that absence. A multivalue field holds texts, two or
 * more: one value is a plain text. (Search Manual: "Evaluate and manipulate fields with multiple values")
 */
export type Value = string | number | readonly string[];

/**
 * A number known by its digits: a text that reads as one, or a literal with a decimal point. `digits` is how many of them are
 * significant; whole numbers are exact. (eval command: "Precision")
 */
export interface Numeral {
  readonly kind: "numeral";
  readonly text: string;
  readonly value: number;
  readonly digits: number;
}

/** What an expression yields: a Boolean lives in expressions only, no field can hold it. */
export type EvalValue = null | boolean | string | number | Numeral | readonly string[];

const numeric = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** Whether a text reads as a number as a whole; blanks around it are none of one. (Conversion functions: tonumber) */
export function looksNumeric(text: string): boolean {
  return text.length < 400 && numeric.test(text);
}

export function numeral(text: string): Numeral {
  return { kind: "numeral", text, value: Number(text), digits: significantDigits(text) };
}

function significantDigits(text: string): number {
  const mantissa = text.replace(/[eE].*$/, "").replace(/^[+-]/, "");
  if (!mantissa.includes(".")) return Number.POSITIVE_INFINITY;
  return mantissa.replace(".", "").replace(/^0+/, "").length;
}

export function isNumeral(value: EvalValue): value is Numeral {
  return typeof value === "object" && value !== null && "kind" in value;
}

export function isMulti(value: EvalValue | Value | undefined): value is readonly string[] {
  return Array.isArray(value);
}

/** A field's value as expressions see it: a text that reads as a number is one, and keeps its digits. */
export function readValue(value: Value | undefined): EvalValue {
  if (value === undefined) return null;
  return typeof value === "string" && looksNumeric(value) ? numeral(value) : value;
}

/** A value as a field keeps it. A Boolean is none; the caller refuses it. */
export function storeValue(value: Exclude<EvalValue, boolean>): Value | undefined {
  if (value === null) return undefined;
  if (isNumeral(value)) return value.text;
  if (typeof value === "number") return Number.isFinite(value) ? value : numberText(value);
  if (isMulti(value)) return multi(value);
  return value;
}

/** Several texts as a field's value: none is no value, one is a plain text. */
export function multi(values: readonly string[]): Value | undefined {
  return values.length > 1 ? values : values[0];
}

/** The texts of a field, one for a single value. */
export function valuesOf(value: Value | undefined): readonly string[] {
  if (value === undefined) return [];
  if (isMulti(value)) return value;
  return [typeof value === "number" ? numberText(value) : value];
}

/** A field's value as one text; several values stand under each other. */
export function valueText(value: Value): string {
  return typeof value === "string" ? value : typeof value === "number" ? numberText(value) : value.join("\n");
}

/** A number as Splunk writes it: no exponent. (eval command: "Number formats", NaN as `nan`) */
export function numberText(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (value === 0) return "0";
  return plainDigits(String(value));
}

/** Digits with an exponent written out. */
export function plainDigits(text: string): string {
  const found = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (found === null) return text;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = found;
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`;
  if (point >= digits.length) return sign + digits + "0".repeat(point - digits.length);
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** A single value as text; null for null and for several values. */
export function textOf(value: EvalValue): string | null {
  if (value === null || isMulti(value)) return null;
  if (typeof value === "string") return value;
  if (typeof value === "number") return numberText(value);
  if (typeof value === "boolean") return value ? "true" : "false";
  return value.text;
}

/** The number that a value is or reads as; null for anything else. */
export function numberOf(value: EvalValue): number | null {
  if (typeof value === "number") return value;
  if (typeof value === "string") return looksNumeric(value) ? Number(value) : null;
  return isNumeral(value) ? value.value : null;
}

/** The values of an expression one by one; null has none. */
export function eachText(value: EvalValue): readonly string[] {
  if (isMulti(value)) return value;
  const text = textOf(value);
  return text === null ? [] : [text];
}

/** Order of texts by their UTF-8 bytes, in which capitals come first. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return codePointRank(x) - codePointRank(y);
  }
  return a.length - b.length;
}

/** Surrogates stand for code points above all others. */
function codePointRank(unit: number): number {
  return unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit;
}
