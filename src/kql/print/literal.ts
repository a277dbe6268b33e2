import type { ScalarType } from "../../types/scalar-type.ts";
import { Datetime, Timespan } from "../../types/time.ts";
import type { Dynamic, Value } from "../../types/value.ts";
import type { DynamicLiteral, Literal } from "../ast.ts";
import { writeDatetime } from "../literals/datetime.ts";
import { writeReal } from "../literals/number.ts";
import { quoteString, readString } from "../literals/string.ts";
import { writeTimespan } from "../literals/timespan.ts";
import { concat, type Doc, group, indent, line, sequence, softLine } from "./doc.ts";

const oneString =
  /^@?(?:"[^"\\\r\n]*(?:\\.[^"\\\r\n]*)*"|'[^'\\\r\n]*(?:\\.[^'\\\r\n]*)*'|@"[^"]*(?:""[^"]*)*"|@'[^']*(?:''[^']*)*')$/;

/**
 * A literal. A number keeps its spelling, a string is quoted anew; strings side by side, hidden (`h"…"`) and multi-line
 * ones keep their text. `commented`: comments stand inside the text, so that it cannot be used.
 */
export function literalText(literal: Literal, commented: boolean): string {
  if (literal.text === "" || commented) return valueText(literal.type, literal.value);
  if (literal.type !== "string") return literal.text;
  return isOneString(literal.text, literal.value) ? quoteString(String(literal.value)) : literal.text;
}

function isOneString(text: string, value: Value): boolean {
  if (!oneString.test(text)) return false;
  const reading = readString(text);
  return reading.ok && reading.value === value;
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
  switch (typeof value) {
    case "boolean":
      return String(value);
    case "bigint":
      return type === "int" ? `int(${value})` : String(value);
    case "number":
      return type === "int"
        ? `int(${value})`
        : type === "real" || !Number.isInteger(value)
          ? writeReal(value)
          : String(value);
    case "string":
      return type === "decimal" || type === "guid" ? `${type}(${value})` : quoteString(value);
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

function isArray(value: Dynamic): value is readonly Dynamic[] {
  return Array.isArray(value);
}
function isBag(value: Dynamic): value is { readonly [key: string]: Dynamic } {
  return (
    typeof value === "object" &&
    value !== null &&
    !isArray(value) &&
    !(value instanceof Datetime) &&
    !(value instanceof Timespan)
  );
}

function scalarJson(value: Dynamic): string {
  if (value === null) return "null";
  if (typeof value === "number" && Object.is(value, -0)) return "-0.0";
  if (value instanceof Timespan && value.ticks < 0n) return writeTimespan(value);
  return isScalar(value) ? valueText("unknown", value) : "null";
}
function isScalar(value: Dynamic): value is Scalar {
  return !isArray(value) && !isBag(value);
}

const strings = /@"[^"]*"|@'[^']*'|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g;
const spellings =
  /\d\.|\d[eE][+-]?\d|\b(?:int|int32|int64|long|real|double|decimal|guid|bool|date|datetime|time|timespan)\(|\b[hH]""|```|~~~/;

/** The text says more than the value: `1.0`, `1e3`, `int(1)`, `h"…"`, or the order of keys that look like numbers. */
function isSpelled(text: string): boolean {
  return /["']\d+["']\s*:/.test(text) || spellings.test(text.replace(strings, '""'));
}

/** `dynamic(…)`, its elements broken over lines where they are many. */
export function dynamicDoc(literal: DynamicLiteral, commented: boolean): Doc {
  if (literal.text !== "" && !commented && isSpelled(literal.text)) return literal.text;
  return concat("dynamic(", jsonDoc(literal.value), ")");
}

function jsonDoc(value: Dynamic): Doc {
  const list = (open: string, items: readonly Doc[], close: string): Doc => {
    if (items.length === 0) return open + close;
    const parts = items.flatMap((item, i) => (i === 0 ? [item] : [",", line, item]));
    return group(concat(open, indent(concat(softLine, sequence(parts))), softLine, close));
  };
  if (isArray(value)) return list("[", value.map(jsonDoc), "]");
  if (!isBag(value)) return scalarJson(value);
  return list(
    "{",
    Object.entries(value).map(([k, v]) => concat(`${quoteString(k)}: `, jsonDoc(v))),
    "}",
  );
}
