import { Datetime, parseDatetime, parseTimespan, Timespan } from "../types/time.ts";

/** A point in time that a program writes out: `datetime("2020-06-15T12:00:00Z")`. @throws RangeError for a text that is none */
export function datetime(text: string): Datetime {
  const time = parseDatetime(text);
  if (time instanceof Datetime) return time;
  throw new RangeError(`\`${text}\` is not a time`);
}

/** A length of time that a program writes out: `timespan("30d")`, `timespan("1.02:03:04")`. @throws RangeError for a text that is none */
export function timespan(text: string): Timespan {
  const span = parseTimespan(text);
  if (span instanceof Timespan) return span;
  throw new RangeError(`\`${text}\` is not a length of time`);
}
