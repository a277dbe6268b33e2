import {
  Datetime,
  type DatetimeParts,
  datetimeFromParts,
  datetimeOf,
  datetimeParts,
  Timespan,
  ticksPerDay,
  ticksPerHour,
  ticksPerMicrosecond,
  ticksPerMillisecond,
  ticksPerMinute,
  ticksPerSecond,
  timespanOf,
  unixEpoch,
} from "../types/time.ts";
import { type Long, longOf, type Maybe, type Value } from "../types/value.ts";
import { add, subtract } from "./arithmetic.ts";
import { multipleBelow } from "./bin.ts";
import { between } from "./compare.ts";
import { todatetime, toLongOr, tolong, toreal, totimespan } from "./convert.ts";
import { textOf } from "./text.ts";

// Dates, all in UTC. Null in, null out; a result outside the years 1 to 9999 is null. (scalar-functions: date functions)

/** The clock, or that far from it. The clock is always given: one query sees one point in time. */
export function now(clock: Datetime, offset?: Value): Maybe<Datetime> {
  if (offset === undefined) return clock;
  return offset instanceof Timespan ? datetimeOf(clock.ticks + offset.ticks) : null;
}
export function ago(clock: Datetime, span: Value): Maybe<Datetime> {
  return span instanceof Timespan ? datetimeOf(clock.ticks - span.ticks) : null;
}

const ticksPerWeek = 7n * ticksPerDay;
/** The first Sunday before the first point in time. */
const firstSunday = -ticksPerDay;

/** First tick of the month that lies `offset` months after this one. */
function monthStart(parts: DatetimeParts, offset: number): Maybe<Datetime> {
  const month = parts.year * 12 + parts.month - 1 + offset;
  return datetimeFromParts(Math.floor(month / 12), (((month % 12) + 12) % 12) + 1, 1);
}

type Period = "day" | "week" | "month" | "year";

/** First tick of the period that lies `offset` periods after the one of `time`. */
function periodStart(time: Datetime, period: Period, offset: number): Maybe<Datetime> {
  switch (period) {
    case "day":
      return datetimeOf(multipleBelow(time.ticks, ticksPerDay) + BigInt(offset) * ticksPerDay);
    case "week":
      return datetimeOf(
        multipleBelow(time.ticks - firstSunday, ticksPerWeek) + firstSunday + BigInt(offset) * ticksPerWeek,
      );
    case "month":
      return monthStart(datetimeParts(time), offset);
    case "year":
      return datetimeFromParts(datetimeParts(time).year + offset, 1, 1);
  }
}

const lastYear = 9999;

const startOf =
  (period: Period) =>
  (time: Value, offset?: Value): Maybe<Datetime> =>
    time instanceof Datetime && offset !== null ? periodStart(time, period, toLongOr(offset ?? null, 0)) : null;

const endOf =
  (period: Period) =>
  (time: Value, offset?: Value): Maybe<Datetime> => {
    if (!(time instanceof Datetime) || offset === null) return null;
    const periods = toLongOr(offset ?? null, 0);
    const next = periodStart(time, period, periods + 1);
    if (next !== null) return datetimeOf(next.ticks - 1n);
    const start = periodStart(time, period, periods);
    const reachesTheEnd = start !== null && datetimeParts(start).year === lastYear;
    return reachesTheEnd ? datetimeFromParts(lastYear, 12, 31, 23, 59, 59, 9_999_999) : null;
  };

export const startofday = startOf("day");
/** Weeks begin on Sunday. */
export const startofweek = startOf("week");
export const startofmonth = startOf("month");
export const startofyear = startOf("year");
export const endofday = endOf("day");
export const endofweek = endOf("week");
export const endofmonth = endOf("month");
export const endofyear = endOf("year");

const partOf =
  (read: (parts: DatetimeParts) => number) =>
  (time: Value): Maybe<number> =>
    time instanceof Datetime ? read(datetimeParts(time)) : null;

export const getyear = partOf((p) => p.year);
export const monthofyear = partOf((p) => p.month);
export const getmonth = monthofyear;
export const dayofmonth = partOf((p) => p.day);
export const hourofday = partOf((p) => p.hour);
export const dayofyear = partOf(yearDay);
export const weekOfYear = partOf(isoWeek);

/** Days since Sunday, as a timespan; null on the very last day, which the engine does not get past. (dayofweek-function) */
export function dayofweek(time: Value): Maybe<Timespan> {
  if (!(time instanceof Datetime) || periodStart(time, "day", 1) === null) return null;
  return timespanOf(BigInt(datetimeParts(time).weekday) * ticksPerDay);
}

function yearDay(p: DatetimeParts): number {
  return Math.round((utc(p.year, p.month, p.day) - utc(p.year, 1, 1)) / millisecondsPerDay) + 1;
}

const millisecondsPerDay = 86_400_000;

function utc(year: number, month: number, day: number): number {
  const date = new Date(0);
  return date.setUTCFullYear(year, month - 1, day);
}

/** ISO 8601: weeks begin on Monday, and the first has the year's first Thursday. */
function isoWeek(p: DatetimeParts): number {
  const weekday = p.weekday === 0 ? 7 : p.weekday;
  const thursday = new Date(utc(p.year, p.month, p.day) + (4 - weekday) * millisecondsPerDay);
  const first = utc(thursday.getUTCFullYear(), 1, 1);
  return Math.floor((thursday.getTime() - first) / millisecondsPerDay / 7) + 1;
}

const partReaders: Readonly<Record<string, (p: DatetimeParts) => number>> = {
  year: (p) => p.year,
  quarter: (p) => Math.ceil(p.month / 3),
  month: (p) => p.month,
  week_of_year: isoWeek,
  day: (p) => p.day,
  dayofyear: yearDay,
  hour: (p) => p.hour,
  minute: (p) => p.minute,
  second: (p) => p.second,
  millisecond: (p) => Math.floor(p.tick / 10_000),
  microsecond: (p) => Math.floor(p.tick / 10),
  nanosecond: (p) => p.tick * 100,
};

/** `datetime_part("month", time)`; the name's case does not count, an unknown name gives null. (datetime-part-function) */
export function datetimePart(name: Value, time: Value): Maybe<number> {
  const key = textOf(name).toLowerCase();
  const read = Object.hasOwn(partReaders, key) ? partReaders[key] : undefined;
  return time instanceof Datetime && read !== undefined ? read(datetimeParts(time)) : null;
}

const fixedPeriods: Readonly<Record<string, bigint>> = {
  week: ticksPerWeek,
  day: ticksPerDay,
  hour: ticksPerHour,
  minute: ticksPerMinute,
  second: ticksPerSecond,
  millisecond: ticksPerMillisecond,
  microsecond: ticksPerMicrosecond,
};
const monthsOf: Readonly<Record<string, number>> = { year: 12, quarter: 3, month: 1 };

/** Months and years keep the day where the month has it, else take its last one. (datetime-add-function) */
export function datetimeAdd(period: Value, amount: Value, time: Value): Maybe<Datetime> {
  const count = tolong(amount);
  const key = textOf(period).toLowerCase();
  if (!(time instanceof Datetime) || count === null) return null;
  if (key === "nanosecond") return datetimeOf(time.ticks + BigInt(count) / 100n);
  const fixed = Object.hasOwn(fixedPeriods, key) ? fixedPeriods[key] : undefined;
  if (fixed !== undefined) return datetimeOf(time.ticks + BigInt(count) * fixed);
  const months = Object.hasOwn(monthsOf, key) ? monthsOf[key] : undefined;
  return months === undefined ? null : addMonths(time, Number(count) * months);
}

function addMonths(time: Datetime, count: number): Maybe<Datetime> {
  const p = datetimeParts(time);
  const first = monthStart(p, count);
  const end = monthStart(p, count + 1);
  if (first === null) return null;
  const days = end === null ? 31 : Number((end.ticks - first.ticks) / ticksPerDay);
  const day = BigInt(Math.min(p.day, days) - 1);
  return datetimeOf(first.ticks + day * ticksPerDay + (time.ticks % ticksPerDay));
}

/** How many starts of a period lie between the two: 23:59 to 01:00 is two hours. (datetime-diff-function) */
export function datetimeDiff(period: Value, left: Value, right: Value): Maybe<Long> {
  if (!(left instanceof Datetime) || !(right instanceof Datetime)) return null;
  const key = textOf(period).toLowerCase();
  if (key === "nanosecond") return longOf((left.ticks - right.ticks) * 100n);
  const months = Object.hasOwn(monthsOf, key) ? monthsOf[key] : undefined;
  if (months !== undefined) return monthCount(left, months) - monthCount(right, months);
  const size = Object.hasOwn(fixedPeriods, key) ? fixedPeriods[key] : undefined;
  if (size === undefined) return null;
  const shift = key === "week" ? ticksPerDay : 0n;
  return longOf((left.ticks + shift) / size - (right.ticks + shift) / size);
}

function monthCount(time: Datetime, size: number): number {
  const p = datetimeParts(time);
  return Math.floor((p.year * 12 + p.month - 1) / size);
}

/** Null where a part is out of range; seconds may have a fraction. One value alone is converted. (make-datetime-function) */
export function makeDatetime(...given: readonly Value[]): Maybe<Datetime> {
  if (given.length === 1) return todatetime(given[0] ?? null);
  const [year, month, day, hour = 0, minute = 0, second = 0] = given.map(toreal);
  if (year == null || month == null || day == null || hour === null || minute === null || second === null) return null;
  const whole = Math.floor(second);
  return datetimeFromParts(year, month, day, hour, minute, whole, fractionTicks(second - whole));
}

const fractionTicks = (fraction: number): number => Math.round(fraction * 10_000_000);

/**
 * `(hours, minutes[, seconds])` or `(days, hours, minutes, seconds)`; null where a part is out of range. One value alone is
 * converted. (make-timespan-function)
 */
export function makeTimespan(...given: readonly Value[]): Maybe<Timespan> {
  if (given.length === 1) return totimespan(given[0] ?? null);
  const numbers = given.map(toreal);
  const [days, hours, minutes, seconds = 0] = given.length === 4 ? numbers : [0, ...numbers];
  if (days == null || hours == null || minutes == null || seconds === null) return null;
  if (days < 0 || hours < 0 || hours > 23 || minutes < 0 || minutes > 59 || seconds < 0 || seconds >= 60) return null;
  if (![days, hours, minutes].every(Number.isSafeInteger) || Number.isNaN(seconds)) return null;
  const whole = Math.floor(seconds);
  return timespanOf(
    BigInt(days) * ticksPerDay +
      BigInt(hours) * ticksPerHour +
      BigInt(minutes) * ticksPerMinute +
      BigInt(whole) * ticksPerSecond +
      BigInt(fractionTicks(seconds - whole)),
  );
}

/** Since 1970, in units of this many ticks; fractions count. */
const fromUnix =
  (numerator: bigint, denominator: bigint) =>
  (value: Value): Maybe<Datetime> => {
    if (typeof value === "bigint") return datetimeOf(unixEpoch + (value * numerator) / denominator);
    if (typeof value !== "number" || !Number.isFinite(value)) return null;
    if (Number.isInteger(value)) return datetimeOf(unixEpoch + (BigInt(value) * numerator) / denominator);
    return datetimeOf(unixEpoch + BigInt(Math.round((value * Number(numerator)) / Number(denominator))));
  };

export const unixtimeSecondsTodatetime = fromUnix(ticksPerSecond, 1n);
export const unixtimeMillisecondsTodatetime = fromUnix(ticksPerMillisecond, 1n);
export const unixtimeMicrosecondsTodatetime = fromUnix(ticksPerMicrosecond, 1n);
export const unixtimeNanosecondsTodatetime = fromUnix(1n, 100n);

/** Whether `datetime_part` knows a part by this name. */
export function isDatetimePart(name: string): boolean {
  return Object.hasOwn(partReaders, name.toLowerCase());
}
/** Whether `datetime_add` and `datetime_diff` know a period by this name. */
export function isPeriod(name: string): boolean {
  const key = name.toLowerCase();
  return key === "nanosecond" || Object.hasOwn(fixedPeriods, key) || Object.hasOwn(monthsOf, key);
}

/** Whether a value lies within a distance of another. (around-function) */
export function around(value: Value, center: Value, distance: Value): Maybe<boolean> {
  return between(value, subtract(center, distance), add(center, distance));
}
