import { Datetime } from "../../types/time.ts";

const perDay = 864_000_000_000n;
const perSecond = 10_000_000n;
/** Days from 0001-01-01 to 1970-01-01. */
const epochDays = 719_162;
const lastTick = 3_155_378_975_999_999_999n;

const months = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
const time = String.raw`(?:[T\s]+(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,9}))?)?(?:\s*([AaPp][Mm]))?)?`;
const zone = String.raw`\s*(?:(Z|z|GMT|UTC)|([+-])(\d{2}):?(\d{2}))?`;
const yearFirst = new RegExp(
  String.raw`^(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?|,\s*(\d{1,2}),\s*(\d{1,2}))?${time}${zone}$`,
);
const monthFirst = new RegExp(String.raw`^(\d{1,2})[-/](\d{1,2})[-/](\d{4})${time}${zone}$`);
const named = new RegExp(
  String.raw`^(?:[A-Za-z]{3,9},\s*)?(\d{1,2})[\s-]([A-Za-z]{3})[a-z]*[\s-](\d{4}|\d{2})${time}${zone}$`,
);

/**
 * ISO 8601 with any end left out, `M/d/yyyy` and `8 Nov 2014 15:05:02 GMT` forms; null where the text is none of
 * these or names no day. Without an offset it is UTC. (scalar-data-types/datetime)
 */
export function readDatetime(text: string): Datetime | null {
  const iso = yearFirst.exec(text);
  if (iso) {
    const [, year, month, day, commaMonth, commaDay, ...rest] = iso;
    return instant(Number(year), Number(month ?? commaMonth ?? 1), Number(day ?? commaDay ?? 1), rest);
  }
  const american = monthFirst.exec(text);
  if (american) {
    const [, month, day, year, ...rest] = american;
    return instant(Number(year), Number(month), Number(day), rest);
  }
  const words = named.exec(text);
  if (!words) return null;
  const [, day, month = "", year = "", ...rest] = words;
  const short = year.length === 2 ? (Number(year) < 50 ? 2000 : 1900) : 0;
  return instant(short + Number(year), months.indexOf(month.toLowerCase()) + 1, Number(day), rest);
}

/** `rest`: hour, minute, second, fraction, am/pm, Z, sign of the offset, its hours, its minutes. */
function instant(year: number, month: number, day: number, rest: readonly (string | undefined)[]): Datetime | null {
  const [hour = "0", minute = "0", second = "0", fraction = "", half, , sign, offsetHours = "0", offsetMinutes = "0"] =
    rest;
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return null;
  let h = Number(hour);
  if (half !== undefined) {
    if (h < 1 || h > 12) return null;
    h = (h % 12) + (half.toLowerCase() === "pm" ? 12 : 0);
  }
  if (h > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const days = Math.round(date.getTime() / 86_400_000) + epochDays;
  const offset = (Number(offsetHours) * 60 + Number(offsetMinutes)) * (sign === "-" ? -1 : 1);
  const seconds = h * 3600 + (Number(minute) - offset) * 60 + Number(second);
  const ticks = BigInt(days) * perDay + BigInt(seconds) * perSecond + BigInt(fraction.slice(0, 7).padEnd(7, "0"));
  return ticks < 0n || ticks > lastTick ? null : new Datetime(ticks);
}

function daysIn(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** `datetime(2020-01-01)`, with a time where it has one, with a fraction where it has one. */
export function writeDatetime(value: Datetime): string {
  const days = value.ticks / perDay;
  const rest = value.ticks % perDay;
  const date = new Date((Number(days) - epochDays) * 86_400_000).toISOString().slice(0, 10);
  if (rest === 0n) return `datetime(${date})`;
  const two = (n: bigint): string => String(n).padStart(2, "0");
  const seconds = rest / perSecond;
  const clock = `${two(seconds / 3600n)}:${two((seconds / 60n) % 60n)}:${two(seconds % 60n)}`;
  const fraction = rest % perSecond;
  const tail = fraction === 0n ? "" : `.${String(fraction).padStart(7, "0").replace(/0+$/, "")}`;
  return `datetime(${date} ${clock}${tail})`;
}
