import { Datetime, datetimeOf, ticksPerMillisecond, unixMilliseconds } from "../types/time.ts";
import type { Maybe, Value } from "../types/value.ts";

// Times of other zones, by the names of the IANA time zone database. (datetime-local-to-utc-function, datetime-utc-to-local-function)

const formats = new Map<string, Intl.DateTimeFormat | null>();

/** Reads the clock of a zone; null for a zone that is not known. */
function clockOf(zone: string): Intl.DateTimeFormat | null {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const format = newClock(zone);
  formats.set(zone, format);
  return format;
}

function newClock(zone: string): Intl.DateTimeFormat | null {
  const fields = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" } as const;
  try {
    return new Intl.DateTimeFormat("en-US", { ...fields, second: "2-digit", hourCycle: "h23", timeZone: zone });
  } catch {
    return null;
  }
}

/** Whether a time zone has this name. */
export function isTimeZone(zone: string): boolean {
  return clockOf(zone) !== null;
}

/** How far the clock of a zone is ahead of UTC at a point in time, in milliseconds. */
function offsetAt(milliseconds: number, clock: Intl.DateTimeFormat): number {
  const parts = new Map(clock.formatToParts(milliseconds).map((p) => [p.type, Number(p.value)]));
  const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0;
  const date = new Date(0);
  date.setUTCFullYear(part("year"), part("month") - 1, part("day"));
  date.setUTCHours(part("hour"), part("minute"), part("second"));
  return date.getTime() - Math.floor(milliseconds / 1000) * 1000;
}

const moved = (time: Datetime, milliseconds: number): Maybe<Datetime> =>
  datetimeOf(time.ticks + BigInt(milliseconds) * ticksPerMillisecond);

/** What the clock of a zone shows at a point in time. */
export function datetimeUtcToLocal(time: Value, zone: Value): Maybe<Datetime> {
  const clock = typeof zone === "string" ? clockOf(zone) : null;
  return time instanceof Datetime && clock !== null ? moved(time, offsetAt(unixMilliseconds(time), clock)) : null;
}

const zoneDay = 86_400_000;

/**
 * When the clock of a zone shows a time: the first of two such points, and where the clock skips it, as if it had not yet been
 * put forward.
 */
export function datetimeLocalToUtc(time: Value, zone: Value): Maybe<Datetime> {
  const clock = typeof zone === "string" ? clockOf(zone) : null;
  if (!(time instanceof Datetime) || clock === null) return null;
  const shown = unixMilliseconds(time);
  const [before, after] = [offsetAt(shown - zoneDay, clock), offsetAt(shown + zoneDay, clock)];
  const fits = (offset: number): boolean => offsetAt(shown - offset, clock) === offset;
  return moved(time, -(fits(before) || !fits(after) ? before : after));
}
