/** Wall-clock times of a zone, from the platform's own time zone data. Epochs are in seconds. */
export interface WallClock {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  /** With its fraction. */
  readonly second: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      calendar: "gregory",
      numberingSystem: "latn",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
      era: "short",
    });
    formats.set(zone, format);
  }
  return format;
}

const isUtc = (zone: string): boolean => zone === "UTC" || zone === "Etc/UTC" || zone === "GMT";

/** Whether a number can be a time at all: within some 275,000 years of the epoch. */
export function isTime(epoch: number): boolean {
  return Math.abs(epoch) <= 8.6e12;
}

/** Seconds that a zone is ahead of UTC at a moment. */
export function offsetAt(epoch: number, zone: string): number {
  if (isUtc(zone) || !isTime(epoch)) return 0;
  const whole = Math.floor(epoch);
  const parts: Record<string, number> = {};
  let isBefore = false;
  for (const part of formatOf(zone).formatToParts(whole * 1000)) {
    if (part.type === "era") isBefore = part.value.startsWith("B");
    else parts[part.type] = Number(part.value);
  }
  const { year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return utcSeconds(isBefore ? 1 - year : year, month, day, hour, minute, second) - whole;
}

/** Epoch of a UTC date; numbers past their range carry over. */
export function utcSeconds(year: number, month: number, day: number, hour = 0, minute = 0, second = 0): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, 0, 0);
  return date.getTime() / 1000 + second;
}

export function wallClock(epoch: number, zone: string): WallClock {
  const local = epoch + offsetAt(epoch, zone);
  const whole = Math.floor(local);
  const date = new Date(whole * 1000);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds() + (local - whole),
  };
}

/**
 * Epoch of a wall-clock time. One that a clock change skips is moved on by the change; of one that occurs twice, the first is
 * meant.
 */
export function epochOf(clock: WallClock, zone: string): number {
  const local = utcSeconds(clock.year, clock.month, clock.day, clock.hour, clock.minute, clock.second);
  const before = local - offsetAt(local - 86_400, zone);
  if (before + offsetAt(before, zone) === local) return before;
  const after = local - offsetAt(local + 86_400, zone);
  return after + offsetAt(after, zone) === local ? after : before;
}

/** Day of the week, Sunday 0. */
export function weekday(clock: WallClock): number {
  return new Date(utcSeconds(clock.year, clock.month, clock.day) * 1000).getUTCDay();
}

/** Day of the year, from 1. */
export function dayOfYear(clock: WallClock): number {
  return Math.round((utcSeconds(clock.year, clock.month, clock.day) - utcSeconds(clock.year, 1, 1)) / 86_400) + 1;
}

/** Whether the platform knows a zone by this name. */
export function isTimeZone(name: string): boolean {
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
}
