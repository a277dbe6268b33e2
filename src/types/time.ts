export const ticksPerMicrosecond = 10n;
export const ticksPerMillisecond = 10_000n;
export const ticksPerSecond = 10_000_000n;
export const ticksPerMinute = 60n * ticksPerSecond;
export const ticksPerHour = 60n * ticksPerMinute;
export const ticksPerDay = 24n * ticksPerHour;

/** 1970-01-01 in ticks. */
export const unixEpoch = 621_355_968_000_000_000n;
/** 9999-12-31T23:59:59.9999999Z, the last point in time. */
const lastTick = 3_155_378_975_999_999_999n;

/** A point in time, in ticks of 100 ns since 0001-01-01T00:00:00Z. */
export class Datetime {
  readonly ticks: bigint;
  constructor(ticks: bigint) {
    this.ticks = ticks;
  }
  /** So that `<` and `>` compare instants. */
  valueOf(): bigint {
    return this.ticks;
  }
  /** `2020-06-15T00:00:00.0000000Z` */
  toString(): string {
    return printDatetime(this);
  }
}

/** A length of time, in ticks of 100 ns. */
export class Timespan {
  readonly ticks: bigint;
  constructor(ticks: bigint) {
    this.ticks = ticks;
  }
  valueOf(): bigint {
    return this.ticks;
  }
  /** `1.02:03:04.5000000` */
  toString(): string {
    return printTimespan(this);
  }
}

/** The point in time with these ticks, or null outside the years 1 to 9999. */
export function datetimeOf(ticks: bigint): Datetime | null {
  return ticks < 0n || ticks > lastTick ? null : new Datetime(ticks);
}

/** The length of time with these ticks, or null outside 64 bits. */
export function timespanOf(ticks: bigint): Timespan | null {
  return BigInt.asIntN(64, ticks) === ticks ? new Timespan(ticks) : null;
}

/** Milliseconds since 1970, with fractions for less, to a point in time; null outside the years 1 to 9999. */
export function datetimeFromUnix(milliseconds: number): Datetime | null {
  if (!Number.isFinite(milliseconds)) return null;
  const whole = Math.floor(milliseconds);
  const ticks = BigInt(whole) * ticksPerMillisecond + BigInt(Math.round((milliseconds - whole) * 10_000));
  return datetimeOf(unixEpoch + ticks);
}

/** Milliseconds since 1970, rounded down. */
export function unixMilliseconds(time: Datetime): number {
  const ticks = time.ticks - unixEpoch;
  const whole = ticks / ticksPerMillisecond;
  return Number(ticks % ticksPerMillisecond < 0n ? whole - 1n : whole);
}

/** Year, month (from 1), … tick of the second, all in UTC. */
export interface DatetimeParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** 0 to 9,999,999. */
  readonly tick: number;
  /** 0 is Sunday. */
  readonly weekday: number;
}

export function datetimeParts(time: Datetime): DatetimeParts {
  const date = new Date(unixMilliseconds(time));
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    tick: Number(time.ticks % ticksPerSecond),
    weekday: date.getUTCDay(),
  };
}

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/** The point in time with these parts; null where a part is out of its range (month 13, 30 February, hour 25). */
export function datetimeFromParts(
  year: number,
  month: number,
  day: number,
  hour = 0,
  minute = 0,
  second = 0,
  tick = 0,
): Datetime | null {
  const whole = Number.isInteger(year + month + day + hour + minute + second);
  if (!whole || year < 1 || year > 9999 || hour < 0 || hour > 23 || minute < 0 || minute > 59) return null;
  const days = month === 2 && isLeap(year) ? 29 : (monthDays[month - 1] ?? 0);
  if (second < 0 || second > 59 || day < 1 || day > days) return null;
  // Years below 100 would be taken for those of the last century.
  const milliseconds = Date.UTC(year + 400, month - 1, day, hour, minute, second) - fourCenturies;
  return new Datetime(unixEpoch + BigInt(milliseconds) * ticksPerMillisecond + BigInt(tick));
}

/** 400 years are a whole number of weeks and leap cycles. */
const fourCenturies = 146_097 * 86_400_000;

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const clock = String.raw`(?:(?<hour>\d{1,2}):(?<minute>\d{1,2})(?::(?<second>\d{1,2})(?:\.(?<fraction>\d{1,9}))?)?(?: ?(?<half>am|pm))?)`;
const zone = String.raw` ?(?<zone>z|gmt|utc|[+-]\d{2}:?\d{2})?`;
const dates = [
  String.raw`(?<year>\d{4})[-/](?<month>\d{1,2})(?:[-/](?<day>\d{1,2}))?`,
  String.raw`(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})`,
  String.raw`(?<year>\d{4})`,
  String.raw`(?<month>\d{1,2})[-/](?<day>\d{1,2})[-/](?<year>\d{4})`,
  String.raw`(?:[a-z]{3,9},? )?(?<day>\d{1,2})[ -](?<name>[a-z]{3})[a-z]{0,6}[ -](?<year>\d{2,4})`,
  String.raw`(?:[a-z]{3,9},? )?(?<name>[a-z]{3})[a-z]{0,6} (?<day>\d{1,2}),? (?<year>\d{4})`,
].map((date) => new RegExp(`^${date}(?:(?:t| +)${clock})?${zone}$`, "i"));

/** The usual form of events, read first. */
const isoText = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?Z?)?$/;

/**
 * Reads a point in time as `datetime(…)` and `todatetime` do: ISO 8601, RFC 822, RFC 850 and month-first dates,
 * UTC unless a zone is given. Null where the text is none. (scalar-data-types/datetime)
 */
export function parseDatetime(text: string): Datetime | null {
  const iso = isoText.exec(text);
  if (iso !== null) {
    const [, year, month, day, hour = 0, minute = 0, second = 0, fraction = ""] = iso;
    const tick = Number(fraction.padEnd(7, "0").slice(0, 7));
    return datetimeFromParts(
      Number(year),
      Number(month),
      Number(day),
      Number(hour),
      Number(minute),
      Number(second),
      tick,
    );
  }
  const trimmed = text.trim();
  if (trimmed.length > 64) return null;
  for (const pattern of dates) {
    const parts = pattern.exec(trimmed)?.groups;
    if (parts !== undefined) return datetimeFromText(parts);
  }
  return null;
}

function datetimeFromText(parts: Record<string, string | undefined>): Datetime | null {
  const month = parts.name === undefined ? Number(parts.month ?? 1) : months.indexOf(parts.name.toLowerCase()) + 1;
  const year = Number(parts.year);
  let hour = Number(parts.hour ?? 0);
  const half = parts.half?.toLowerCase();
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + (half === "pm" ? 12 : 0);
  }
  const time = datetimeFromParts(
    parts.year?.length === 2 ? year + (year < 50 ? 2000 : 1900) : year,
    month,
    Number(parts.day ?? 1),
    hour,
    Number(parts.minute ?? 0),
    Number(parts.second ?? 0),
    Number((parts.fraction ?? "").padEnd(7, "0").slice(0, 7)),
  );
  const offset = /^([+-])(\d\d):?(\d\d)$/.exec(parts.zone ?? "");
  if (time === null || offset === null) return time;
  const shift =
    BigInt(`${offset[1]}1`) * (BigInt(offset[2] ?? 0) * ticksPerHour + BigInt(offset[3] ?? 0) * ticksPerMinute);
  return datetimeOf(time.ticks - shift);
}

const units: readonly (readonly [RegExp, bigint])[] = [
  [/^(d|day|days)$/, ticksPerDay],
  [/^(h|hr|hrs|hour|hours)$/, ticksPerHour],
  [/^(m|min|minute|minutes)$/, ticksPerMinute],
  [/^(s|sec|second|seconds)$/, ticksPerSecond],
  [/^(ms|milli|millis|millisec|millisecond|milliseconds)$/, ticksPerMillisecond],
  [/^(us|micro|micros|microsec|microsecond|microseconds)$/, ticksPerMicrosecond],
  [/^(ns|nano|nanos|nanosec|nanosecond|nanoseconds)$/, 0n],
  [/^(tick|ticks)$/, 1n],
];

/**
 * Reads a length of time: `1.02:03:04.5`, `13:00`, `1d`, `1.5h`, `100ns`, with a sign; null where the text is none.
 * A number without unit is none either. (scalar-data-types/timespan)
 */
export function parseTimespan(text: string): Timespan | null {
  const trimmed = text.trim();
  if (trimmed.length > 64) return null;
  const clock = /^([+-])?(?:(\d{1,8})\.)?(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,7})\d*)?)?$/.exec(trimmed);
  if (clock !== null) {
    const [, sign, days = "0", hours = "0", minutes = "0", seconds = "0", fraction = ""] = clock;
    if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null;
    const ticks =
      BigInt(days) * ticksPerDay +
      BigInt(hours) * ticksPerHour +
      BigInt(minutes) * ticksPerMinute +
      BigInt(seconds) * ticksPerSecond +
      BigInt(fraction.padEnd(7, "0"));
    return timespanOf(sign === "-" ? -ticks : ticks);
  }
  const amount = /^([+-])?(\d{1,19})(?:\.(\d{1,15})\d*)?\s*([a-z]{1,12})$/i.exec(trimmed);
  if (amount === null) return null;
  const [, sign, whole = "0", fraction = "", unitText = ""] = amount;
  const unit = units.find(([names]) => names.test(unitText.toLowerCase()))?.[1];
  if (unit === undefined) return null;
  const scaled = BigInt(whole + fraction) * (unit === 0n ? 1n : unit);
  const divisor = 10n ** BigInt(fraction.length) * (unit === 0n ? 100n : 1n);
  const ticks = scaled / divisor;
  return timespanOf(sign === "-" ? -ticks : ticks);
}

/** With zeros in front. */
export const padded = (value: number | bigint, width: number): string => String(value).padStart(width, "0");

/** `2020-06-15T00:00:00.0000000Z` */
export function printDatetime(time: Datetime): string {
  const p = datetimeParts(time);
  const date = `${padded(p.year, 4)}-${padded(p.month, 2)}-${padded(p.day, 2)}`;
  return `${date}T${padded(p.hour, 2)}:${padded(p.minute, 2)}:${padded(p.second, 2)}.${padded(p.tick, 7)}Z`;
}

/** `1.02:03:04.5000000`; days and fraction only where they are not zero. */
export function printTimespan(span: Timespan): string {
  const ticks = span.ticks < 0n ? -span.ticks : span.ticks;
  const days = ticks / ticksPerDay;
  const fraction = ticks % ticksPerSecond;
  const time = [(ticks / ticksPerHour) % 24n, (ticks / ticksPerMinute) % 60n, (ticks / ticksPerSecond) % 60n];
  return [
    span.ticks < 0n ? "-" : "",
    days === 0n ? "" : `${days}.`,
    time.map((part) => padded(part, 2)).join(":"),
    fraction === 0n ? "" : `.${padded(fraction, 7)}`,
  ].join("");
}
