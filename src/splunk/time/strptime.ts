import { dayNames, monthNames } from "./strftime.ts";
import { epochOf, isTime, isTimeZone, utcSeconds, wallClock } from "./zone.ts";

/** A part of a time that a variable of the format gives; `skip` says nothing. */
type Part =
  | "year"
  | "month"
  | "day"
  | "dayOfYear"
  | "hour"
  | "hour12"
  | "afternoon"
  | "minute"
  | "second"
  | "fraction"
  | "epoch"
  | "offset"
  | "skip";

interface Variable {
  readonly pattern: string;
  readonly part: Part;
  readonly read: (text: string) => number;
}

const names = (list: readonly string[]): string => list.map((n) => `${n}|${n.slice(0, 3)}`).join("|");
const monthOf = (text: string): number =>
  monthNames.findIndex((n) => n.slice(0, 3).toLowerCase() === text.slice(0, 3).toLowerCase()) + 1;

const month: Variable = { pattern: names(monthNames), part: "month", read: monthOf };
const day: Variable = { pattern: "\\s?\\d{1,2}", part: "day", read: Number };
const weekday: Variable = { pattern: names(dayNames), part: "skip", read: Number };
const hour: Variable = { pattern: "\\s?\\d{1,2}", part: "hour", read: Number };
const hour12: Variable = { pattern: "\\s?\\d{1,2}", part: "hour12", read: Number };
const fraction: Variable = { pattern: "\\d{1,9}", part: "fraction", read: (text) => Number(`0.${text}`) };

const variables: Readonly<Record<string, Variable>> = {
  Y: { pattern: "\\d{4}", part: "year", read: Number },
  y: { pattern: "\\d{2}", part: "year", read: (text) => Number(text) + (Number(text) < 69 ? 2000 : 1900) },
  m: { pattern: "\\d{1,2}", part: "month", read: Number },
  d: day,
  e: day,
  j: { pattern: "\\d{1,3}", part: "dayOfYear", read: Number },
  B: month,
  b: month,
  h: month,
  A: weekday,
  a: weekday,
  w: { pattern: "[0-6]", part: "skip", read: Number },
  u: { pattern: "[1-7]", part: "skip", read: Number },
  H: hour,
  k: hour,
  I: hour12,
  l: hour12,
  p: { pattern: "[AaPp]\\.?[Mm]\\.?", part: "afternoon", read: (text) => (/^p/i.test(text) ? 1 : 0) },
  M: { pattern: "\\d{1,2}", part: "minute", read: Number },
  S: { pattern: "\\d{1,2}", part: "second", read: Number },
  s: { pattern: "\\d{1,11}(?:\\.\\d+)?", part: "epoch", read: Number },
  N: fraction,
  Q: fraction,
  f: fraction,
  z: { pattern: "Z|[+-]\\d{2}:?\\d{2}(?::?\\d{2})?", part: "offset", read: offsetOf },
};

const long: Readonly<Record<string, string>> = {
  T: "%H:%M:%S",
  X: "%H:%M:%S",
  R: "%H:%M",
  F: "%Y-%m-%d",
  D: "%m/%d/%y",
  x: "%m/%d/%y",
  c: "%a %b %e %H:%M:%S %Y",
};

/** Abbreviations whose meaning is the same everywhere, in hours ahead of UTC. */
const zones: Readonly<Record<string, number>> = {
  UTC: 0,
  GMT: 0,
  Z: 0,
  EST: -5,
  EDT: -4,
  CST: -6,
  CDT: -5,
  MST: -7,
  MDT: -6,
  PST: -8,
  PDT: -7,
};

function offsetOf(text: string): number {
  if (text === "Z") return 0;
  const digits = text.slice(1).replaceAll(":", "").padEnd(6, "0");
  const seconds = Number(digits.slice(0, 2)) * 3600 + Number(digits.slice(2, 4)) * 60 + Number(digits.slice(4, 6));
  return text.startsWith("-") ? -seconds : seconds;
}

/**
 * The time that a text says in a format, epoch seconds; null where the text does not begin with the format, or names a day that
 * does not exist. A format without a date means today's, without a year this year's. (Date and time functions: strptime)
 */
export function strptime(text: string, format: string, zone: string, now: number): number | null {
  const order: (Variable | "zone")[] = [];
  const pattern = patternOf(format, order);
  if (pattern === null) return null;
  const match = new RegExp(`^${pattern}`, "i").exec(text.slice(0, 1000));
  if (match === null) return null;
  const found = new Map<Part, number>();
  let place = zone;
  for (const [i, variable] of order.entries()) {
    const part = (match[i + 1] ?? "").trim();
    if (variable !== "zone") found.set(variable.part, variable.read(part));
    else {
      const hours = zones[part.toUpperCase()];
      if (/^[+-]/.test(part)) found.set("offset", offsetOf(part));
      else if (hours !== undefined) found.set("offset", hours * 3600);
      else if (isTimeZone(part)) place = part;
      else return null;
    }
  }
  const time = timeOf(found, place, now);
  return time !== null && isTime(time) ? time : null;
}

function patternOf(format: string, order: (Variable | "zone")[]): string | null {
  if (format.length > 200) return null;
  let pattern = "";
  for (let i = 0; i < format.length; i++) {
    const c = format.charAt(i);
    if (/\s/.test(c)) pattern += "\\s";
    else if (c !== "%") pattern += c.replace(/[\\^$.|?*+()[\]{}/-]/g, "\\$&");
    else {
      const spec = /^%(?:\d|:{1,2}|-|E)?([A-Za-z%])/.exec(format.slice(i));
      if (spec === null) return null;
      const letter = spec[1] ?? "";
      i += spec[0].length - 1;
      const expanded = long[letter];
      const variable = variables[letter];
      if (letter === "%") pattern += "%";
      else if (letter === "n" || letter === "t") pattern += "\\s+";
      else if (expanded !== undefined) pattern += patternOf(expanded, order) ?? "";
      else if (letter === "Z") {
        // Names of zones have no fixed length; two of them could be parted in many ways.
        if (order.includes("zone")) return null;
        order.push("zone");
        pattern += "([A-Za-z]+(?:/[A-Za-z_+-]+)*|[+-]\\d{2}:?\\d{2})";
      } else if (variable === undefined) return null;
      else {
        order.push(variable);
        pattern += `(${variable.pattern})`;
      }
    }
  }
  return pattern;
}

function timeOf(found: ReadonlyMap<Part, number>, zone: string, now: number): number | null {
  const part = (name: Part, otherwise: number): number => found.get(name) ?? otherwise;
  const epoch = found.get("epoch");
  if (epoch !== undefined) return epoch + part("fraction", 0);
  const today = wallClock(now, zone);
  const hasDate = found.has("year") || found.has("month") || found.has("day") || found.has("dayOfYear");
  const year = part("year", today.year);
  const month = found.has("dayOfYear") ? 1 : part("month", hasDate ? 1 : today.month);
  const day = found.get("dayOfYear") ?? part("day", hasDate ? 1 : today.day);
  const minute = part("minute", 0);
  const second = part("second", 0);
  const clockHour = found.get("hour12");
  const hour = clockHour === undefined ? part("hour", 0) : (clockHour % 12) + 12 * part("afternoon", 0);
  const days = found.has("dayOfYear") ? 366 : new Date(utcSeconds(year, month + 1, 0) * 1000).getUTCDate();
  if (month < 1 || month > 12 || day < 1 || day > days || hour > 24 || minute > 59 || second > 61) return null;
  const offset = found.get("offset");
  const whole =
    offset === undefined
      ? epochOf({ year, month, day, hour, minute, second }, zone)
      : utcSeconds(year, month, day, hour, minute, second) - offset;
  return whole + part("fraction", 0);
}
