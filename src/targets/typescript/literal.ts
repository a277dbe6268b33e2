import { Decimal } from "../../types/decimal.ts";
import {
  Datetime,
  printDatetime,
  printTimespan,
  Timespan,
  ticksPerDay,
  ticksPerHour,
  ticksPerMillisecond,
  ticksPerMinute,
  ticksPerSecond,
} from "../../types/time.ts";
import { isArray, Real, type Value } from "../../types/value.ts";
import { type Code, listOf, objectOf } from "./layout.ts";

/**
 * A string literal that no content can break out of: quotes, backslashes, line ends of every kind, `</script>` and `<!--` are escaped.
 * A text with backslashes and no other need is written raw, as patterns and paths are read best.
 */
export function stringLiteral(text: string): string {
  if (/\\/.test(text) && /^[\x20-\x7e]*$/.test(text) && !/[`"]|\$\{|<[/!]|\\$|\\[ux]/.test(text))
    return `String.raw\`${text}\``;
  const json = JSON.stringify(text)
    .replace(
      /[\u007f-\u009f\u2028\u2029\ufeff]/g,
      (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
    )
    .replace(/<(?=[/!])/g, "\\u003c");
  if (!text.includes('"') || text.includes("'")) return json;
  return `'${json.slice(1, -1).replaceAll('\\"', '"')}'`;
}

/** A text for a comment: one line, which nothing ends early. */
export function commentText(text: string): string {
  return text
    .replace(/[\s\u0085\u2028\u2029]+/g, " ")
    .replaceAll("*/", "* /")
    .trimEnd();
}

const identifier = /^[A-Za-z_$][\w$]*$/;

/** A name as an object literal's key; `__proto__` would set the prototype otherwise. */
export function keyLiteral(name: string): string {
  if (name === "__proto__") return '["__proto__"]';
  return identifier.test(name)
    ? name
    : JSON.stringify(name).replace(/[\u2028\u2029]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16)}`);
}

/** `target.name`, `target["a name"]` */
export function memberOf(target: string, name: string, optional = false): string {
  if (identifier.test(name)) return `${target}${optional ? "?." : "."}${name}`;
  return `${target}${optional ? "?." : ""}[${stringLiteral(name)}]`;
}

/** The text that `timespan()` reads, in the greatest unit that says it whole: `30d`, `90m`, `00:00:01.5000000`. */
export function timespanText(span: Timespan): string {
  const units = [
    ["d", ticksPerDay],
    ["h", ticksPerHour],
    ["m", ticksPerMinute],
    ["s", ticksPerSecond],
    ["ms", ticksPerMillisecond],
  ] as const;
  const unit = units.find(([, ticks]) => span.ticks % ticks === 0n && span.ticks !== 0n);
  return unit === undefined ? printTimespan(span) : `${span.ticks / unit[1]}${unit[0]}`;
}

/** The text that `datetime()` reads, without zeros at its end. */
export function datetimeText(time: Datetime): string {
  return printDatetime(time)
    .replace(/\.0000000Z$/, "Z")
    .replace(/T00:00:00Z$/, "");
}

/** A constant. `use` is told the runtime's functions that it calls. */
export function valueLiteral(value: Value, use: (name: "datetime" | "decimal" | "real" | "timespan") => string): Code {
  switch (typeof value) {
    case "string":
      return stringLiteral(value);
    case "number":
      if (Number.isNaN(value)) return "Number.NaN";
      if (!Number.isFinite(value)) return value > 0 ? "Number.POSITIVE_INFINITY" : "Number.NEGATIVE_INFINITY";
      return Object.is(value, -0) ? "-0" : String(value);
    case "bigint":
      return `${value}n`;
    case "boolean":
      return String(value);
    default:
      if (value === null) return "null";
      if (value instanceof Datetime) return `${use("datetime")}(${stringLiteral(datetimeText(value))})`;
      if (value instanceof Timespan) return `${use("timespan")}(${stringLiteral(timespanText(value))})`;
      if (value instanceof Decimal) return `${use("decimal")}("${value}")`;
      if (value instanceof Real) return `${use("real")}(${Object.is(value.value, -0) ? "-0" : value.value})`;
      if (isArray(value))
        return listOf(
          "[",
          value.map((item) => valueLiteral(item, use)),
          "]",
        );
      return objectOf(Object.entries(value).map(([key, item]) => [`${keyLiteral(key)}: `, valueLiteral(item, use)]));
  }
}
