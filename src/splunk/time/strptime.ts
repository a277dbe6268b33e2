import { dayNames, monthNames } from "./strftime.ts";
import { epochOf, isTimeZone, utcSeconds, wallClock } from "./zone.ts";

interface Found {
  year?: number;
  month?: number;
  day?: number;
  dayOfYear?: number;
  hour?: number;
  hour12?: number;
  afternoon?: boolean;
  minute?: number;
  second?: number;
  fraction?: number;
  epoch?: number;
  /** Seconds ahead of UTC. */
  offset?: number;
  zone?: string;
}

type Reader = readonly [pattern: string, put: (found: Found, text: string) => void];

const names = (list: readonly string[]): string => list.map((n) => `${n}|${n.slice(0, 3)}`).join("|");
const indexIn = (list: readonly string[], text: string): number =>
  list.findIndex((n) => n.slice(0, 3).toLowerCase() === text.slice(0, 3).toLowerCase());

const readers: Readonly<Record<string, Reader>> = {
  Y: ["\\d{4}", (f, t) => void (f.year = Number(t))],
  y: ["\\d{2}", (f, t) => void (f.year = Number(t) + (Number(t) < 69 ? 2000 : 1900))],
  m: ["\\d{1,2}", (f, t) => void (f.month = Number(t))],
  d: ["\\s?\\d{1,2}", (f, t) => void (f.day = Number(t))],
  e: ["\\s?\\d{1,2}", (f, t) => void (f.day = Number(t))],
  j: ["\\d{1,3}", (f, t) => void (f.dayOfYear = Number(t))],
  B: [names(monthNames), (f, t) => void (f.month = indexIn(monthNames, t) + 1)],
  b: [names(monthNames), (f, t) => void (f.month = indexIn(monthNames, t) + 1)],
  h: [names(monthNames), (f, t) => void (f.month = indexIn(monthNames, t) + 1)],
  A: [names(dayNames), () => undefined],
  a: [names(dayNames), () => undefined],
  w: ["[0-6]", () => undefined],
  u: ["[1-7]", () => undefined],
  H: ["\\s?\\d{1,2}", (f, t) => void (f.hour = Number(t))],
  k: ["\\s?\\d{1,2}", (f, t) => void (f.hour = Number(t))],
  I: ["\\s?\\d{1,2}", (f, t) => void (f.hour12 = Number(t))],
  l: ["\\s?\\d{1,2}", (f, t) => void (f.hour12 = Number(t))],
  p: ["[AaPp]\\.?[Mm]\\.?", (f, t) => void (f.afternoon = /^p/i.test(t))],
  M: ["\\d{1,2}", (f, t) => void (f.minute = Number(t))],
  S: ["\\d{1,2}", (f, t) => void (f.second = Number(t))],
  s: ["\\d{1,11}(?:\\.\\d+)?", (f, t) => void (f.epoch = Number(t))],
  N: ["\\d{1,9}", (f, t) => void (f.fraction = Number(`0.${t}`))],
  Q: ["\\d{1,9}", (f, t) => void (f.fraction = Number(`0.${t}`))],
  f: ["\\d{1,9}", (f, t) => void (f.fraction = Number(`0.${t}`))],
  z: ["Z|[+-]\\d{2}:?\\d{2}(?::?\\d{2})?", (f, t) => void (f.offset = offsetOf(t))],
  Z: ["[A-Za-z]+(?:/[A-Za-z_+-]+)*|[+-]\\d{2}:?\\d{2}", zoneOf],
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

/** Abbreviations whose meaning is the same everywhere. */
const known: Readonly<Record<string, number>> = { UTC: 0, GMT: 0, Z: 0, EST: -5, EDT: -4, CST: -6, CDT: -5, MST: -7, MDT: -6, PST: -8, PDT: -7 };

function zoneOf(found: Found, text: string): void {
  const hours = known[text.toUpperCase()];
  if (/^[+-]/.test(text)) found.offset = offsetOf(text);
  else if (hours !== undefined) found.offset = hours * 3600;
  else if (isTimeZone(text)) found.zone = text;
  else found.offset = Number.NaN;
}

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
  const order: Reader[] = [];
  const pattern = patternOf(format, order);
  if (pattern === null) return null;
  const match = new RegExp(`^${pattern}`, "i").exec(text.slice(0, 1000));
  if (match === null) return null;
  const found: Found = {};
  for (const [i, [, put]] of order.entries()) put(found, (match[i + 1] ?? "").trim());
  return timeOf(found, zone, now);
}

function patternOf(format: string, order: Reader[]): string | null {
  if (format.length > 200) return null;
  let pattern = "";
  for (let i = 0; i < format.length; i++) {
    const c = format.charAt(i);
    if (c === "%") {
      const spec = /^%(?:\d|:{1,2}|-|E)?([A-Za-z%])/.exec(format.slice(i));
      if (spec === null) return null;
      const letter = spec[1] ?? "";
      i += spec[0].length - 1;
      const expanded = long[letter];
      const reader = readers[letter];
      if (letter === "%") pattern += "%";
      else if (letter === "n" || letter === "t") pattern += "\\s+";
      else if (expanded !== undefined) pattern += patternOf(expanded, order);
      else if (reader === undefined) return null;
      else {
        order.push(reader);
        pattern += `(${reader[0]})`;
      }
    } else if (/\s/.test(c)) pattern += "\\s";
    else pattern += c.replace(/[\\^$.|?*+()[\]{}/-]/g, "\\$&");
  }
  return pattern;
}

function timeOf(found: Found, zone: string, now: number): number | null {
  if (found.epoch !== undefined) return found.epoch + (found.fraction ?? 0);
  const today = wallClock(now, found.zone ?? zone);
  const hasDate = found.year !== undefined || found.month !== undefined || found.day !== undefined || found.dayOfYear !== undefined;
  const year = found.year ?? today.year;
  const month = found.dayOfYear !== undefined ? 1 : (found.month ?? (hasDate ? 1 : today.month));
  const day = found.dayOfYear ?? found.day ?? (hasDate ? 1 : today.day);
  const { minute = 0, second = 0 } = found;
  const hour = found.hour12 === undefined ? (found.hour ?? 0) : (found.hour12 % 12) + (found.afternoon ? 12 : 0);
  const days = found.dayOfYear === undefined ? new Date(utcSeconds(year, month + 1, 0) * 1000).getUTCDate() : 366;
  if (month < 1 || month > 12 || day < 1 || day > days || hour > 24 || minute > 59 || second > 61) return null;
  const clock = { year, month, day, hour, minute, second };
  const fraction = found.fraction ?? 0;
  if (found.offset !== undefined) {
    if (Number.isNaN(found.offset)) return null;
    return utcSeconds(year, month, day, hour, minute, second) - found.offset + fraction;
  }
  return epochOf(clock, found.zone ?? zone) + fraction;
}
