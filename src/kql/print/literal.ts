import { tokenize } from "#grammar/kql";
import { Decimal } from "../../types/decimal.ts";
import type { ScalarType } from "../../types/scalar-type.ts";
import { Datetime, Timespan } from "../../types/time.ts";
import { type Dynamic, Real, type Value } from "../../types/value.ts";
import type { Literal } from "../ast.ts";
import { writeDatetime } from "../literals/datetime.ts";
import { writeReal } from "../literals/number.ts";
import { quoteString, readString } from "../literals/string.ts";
import { writeTimespan } from "../literals/timespan.ts";
import { type Doc, group, indent, line, sequence } from "./doc.ts";

/** A literal: a number, a time and their like keep their spelling, a string is quoted anew. */
export function literalDoc(literal: Literal): Doc {
  if (literal.text === "") return valueText(literal.type, literal.value);
  if (literal.type !== "string") return literal.text;
  const parts = stringParts(literal.text);
  if (parts.length === 1) return parts[0] ?? "";
  return group(indent(sequence(parts.flatMap((part, i) => (i === 0 ? [part] : [line, part])))));
}

/** The same on one line. */
export function literalText(literal: Literal): string {
  if (literal.text === "") return valueText(literal.type, literal.value);
  return literal.type === "string" ? stringParts(literal.text).join(" ") : literal.text;
}

const oneString = /^(?:"[^"\\\r\n]*"|'[^'\\\r\n]*')$/;

/** The strings that stand side by side in a source text. */
function stringParts(text: string): string[] {
  return oneString.test(text) ? [stringToken(text)] : tokenize(text).tokens.map((token) => stringToken(token.image));
}

/** A string quoted anew; a hidden one (`h"…"`) and one of several lines stay as they are. */
export function stringToken(image: string): string {
  if (!/^[@"']/.test(image)) return image;
  const reading = readString(image);
  return reading.ok ? quoteString(reading.value) : image;
}

/** A literal that begins with a minus sign, which binds weaker than a path. */
export function isNegative(literal: Literal): boolean {
  return literal.text === "" ? valueText(literal.type, literal.value).startsWith("-") : literal.text.startsWith("-");
}

/** A value of a type as a literal. */
export function valueText(type: ScalarType, value: Value): string {
  if (type === "dynamic") return flatDynamic(value);
  if (value === null) return type === "string" ? '""' : type === "unknown" ? "dynamic(null)" : `${type}(null)`;
  if (value instanceof Datetime) return writeDatetime(value);
  if (value instanceof Timespan) return writeTimespan(value);
  if (value instanceof Real) return writeReal(value.value);
  if (value instanceof Decimal) return `decimal(${value})`;
  switch (typeof value) {
    case "boolean":
      return String(value);
    case "bigint":
      return type === "int" ? `int(${value})` : String(value);
    case "number":
      return type === "int"
        ? `int(${value})`
        : type === "real" || !Number.isSafeInteger(value)
          ? writeReal(value)
          : String(value);
    case "string":
      return type === "guid" ? `${type}(${value})` : quoteString(value);
    default:
      return flatDynamic(value);
  }
}

function flatDynamic(value: Dynamic): string {
  return `dynamic(${flatJson(value)})`;
}

function flatJson(value: Dynamic): string {
  if (isArray(value)) return `[${value.map(flatJson).join(", ")}]`;
  if (isBag(value))
    return `{${Object.entries(value)
      .map(([k, v]) => `${quoteString(k)}: ${flatJson(v)}`)
      .join(", ")}}`;
  return scalarJson(value);
}

type Scalar = Exclude<Dynamic, readonly Dynamic[] | { readonly [key: string]: Dynamic }>;

export function isArray(value: Dynamic): value is readonly Dynamic[] {
  return Array.isArray(value);
}
export function isBag(value: Dynamic): value is { readonly [key: string]: Dynamic } {
  return (
    typeof value === "object" &&
    value !== null &&
    !isArray(value) &&
    !(value instanceof Datetime) &&
    !(value instanceof Timespan) &&
    !(value instanceof Real) &&
    !(value instanceof Decimal)
  );
}

export function scalarJson(value: Dynamic): string {
  if (value === null) return "null";
  if (typeof value === "number" && Object.is(value, -0)) return "-0.0";
  if (value instanceof Timespan && value.ticks < 0n) return writeTimespan(value);
  return isScalar(value) ? valueText("unknown", value) : "null";
}
function isScalar(value: Dynamic): value is Scalar {
  return !isArray(value) && !isBag(value);
}

/** A literal that ends in digits, which a dot behind it would join. */
export function isBareNumber(literal: Literal): boolean {
  return /^-?\d/.test(literal.text === "" ? valueText(literal.type, literal.value) : literal.text);
}
