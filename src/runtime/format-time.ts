import { Datetime, datetimeParts, padded, Timespan, ticksPerDay, ticksPerSecond } from "../types/time.ts";
import type { Value } from "../types/value.ts";
import { textOf } from "./text.ts";

const fractionDigits = (tick: bigint, width: number): string => padded(tick, 7).slice(0, width);
/** Without the zeros at its end. */
const shortFraction = (tick: bigint, width: number): string => fractionDigits(tick, width).replace(/0+$/, "");

const separators = " /-:,._[]";
const dateFields = /^(?:dd?|f{1,7}|F{1,7}|hh?|HH?|mm?|MM?|ss?|yy?|yyyy|tt)$/;
const spanFields = /^(?:d{1,8}|f{1,7}|F{1,7}|hh?|HH?|mm?|ss?)$/;

/** What in a format is neither a field nor a separator: `T` in `yyyy-MM-ddTHH:mm`; null where nothing is. */
function unknownField(format: string, fields: RegExp): string | null {
  const runs = format.match(/(.)\1*/gsu) ?? [];
  return runs.find((run) => !fields.test(run) && !separators.includes(run.charAt(0))) ?? null;
}
/** What `format_datetime` refuses in a format. */
export function datetimeFormatProblem(format: string): string | null {
  return unknownField(format, dateFields);
}
/** What `format_timespan` refuses in a format. */
export function timespanFormatProblem(format: string): string | null {
  return unknownField(format, spanFields);
}

/**
 * The date with `d dd f F h hh H HH m mm M MM s ss y yy yyyy tt` filled in, all else as it stands; "" for null.
 * (format-datetime-function)
 */
export function formatDatetime(time: Value, format: Value): string {
  if (!(time instanceof Datetime)) return "";
  const p = datetimeParts(time);
  const tick = BigInt(p.tick);
  const half = p.hour % 12 === 0 ? 12 : p.hour % 12;
  return textOf(format).replace(/yyyy|yy?|MM?|dd?|HH?|hh?|mm?|ss?|tt|f{1,7}|F{1,7}/g, (field) => {
    const width = field.length;
    switch (field[0]) {
      case "y":
        return width === 4 ? padded(p.year, 4) : padded(p.year % 100, width);
      case "M":
        return padded(p.month, width);
      case "d":
        return padded(p.day, width);
      case "H":
        return padded(p.hour, width);
      case "h":
        return padded(half, width);
      case "m":
        return padded(p.minute, width);
      case "s":
        return padded(p.second, width);
      case "t":
        return p.hour < 12 ? "AM" : "PM";
      case "f":
        return fractionDigits(tick, width);
      default:
        return shortFraction(tick, width);
    }
  });
}

/** The length of time with `d dd … dddddddd f F h hh H HH m mm s ss` filled in; "" for null. (format-timespan-function) */
export function formatTimespan(span: Value, format: Value): string {
  if (!(span instanceof Timespan)) return "";
  const ticks = span.ticks < 0n ? -span.ticks : span.ticks;
  const seconds = ticks / ticksPerSecond;
  const tick = ticks % ticksPerSecond;
  const text = textOf(format).replace(/d{1,8}|HH?|hh?|mm?|ss?|f{1,7}|F{1,7}/g, (field) => {
    const width = field.length;
    switch (field[0]) {
      case "d":
        return padded(ticks / ticksPerDay, width);
      case "H":
      case "h":
        return padded((seconds / 3600n) % 24n, width);
      case "m":
        return padded((seconds / 60n) % 60n, width);
      case "s":
        return padded(seconds % 60n, width);
      case "f":
        return fractionDigits(tick, width);
      default:
        return shortFraction(tick, width);
    }
  });
  return span.ticks < 0n ? `-${text}` : text;
}
