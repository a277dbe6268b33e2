import { type Decimal, parseDecimal } from "../types/decimal.ts";
import { Datetime, parseDatetime, parseTimespan, Timespan } from "../types/time.ts";
import { dynamicReal, type Maybe, type Real } from "../types/value.ts";

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

/** A decimal that a program writes out: `decimal("0.1")`. @throws RangeError for a text that is none */
export function decimal(text: string): Decimal {
  const value = parseDecimal(text);
  if (value === null) throw new RangeError(`\`${text}\` is not a decimal`);
  return value;
}

/** A real where a dynamic value is made of it, which keeps it apart from a long: `packArray(real(1))` prints `[1.0]`. */
export function real(value: Maybe<number>): Maybe<number | Real> {
  return value === null ? null : dynamicReal(value);
}
