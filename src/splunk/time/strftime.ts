import { dayOfYear, offsetAt, utcSeconds, type WallClock, wallClock, weekday } from "./zone.ts";

export const dayNames = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"] as const;
export const monthNames = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

const two = (n: number): string => String(n).padStart(2, "0");
const blank = (n: number): string => String(n).padStart(2, " ");

/** A time as text. A variable that is not known stays as it is. (Search Reference: "Date and time format variables") */
export function strftime(epoch: number, format: string, zone: string): string {
  const clock = wallClock(epoch, zone);
  return format.replace(/%(?:([369])?([NQf])|(:{0,2})z|-?([A-Za-z+%]))/g, (found, digits, fraction, colons, letter) => {
    if (typeof fraction === "string") return fractionOf(epoch, digits, fraction);
    if (typeof letter !== "string") return offsetText(offsetAt(epoch, zone), String(colons ?? "").length);
    const text = variable(letter, clock, epoch, zone);
    if (text === undefined) return found;
    return found.startsWith("%-") ? text.replace(/^[0 ]+(?=.)/, "") : text;
  });
}

/** `%N` is nanoseconds, `%Q` milliseconds, `%f` microseconds, unless a number of digits says otherwise. */
function fractionOf(epoch: number, digits: unknown, letter: string): string {
  const width = typeof digits === "string" ? Number(digits) : letter === "Q" ? 3 : letter === "f" ? 6 : 9;
  const part = epoch - Math.floor(epoch);
  // An epoch in a double has microseconds at best.
  const micros = Math.min(999_999, Math.round(part * 1e6));
  return String(micros).padStart(6, "0").padEnd(9, "0").slice(0, width);
}

function offsetText(seconds: number, colons: number): string {
  const sign = seconds < 0 ? "-" : "+";
  const minutes = Math.floor(Math.abs(seconds) / 60);
  const parts = [two(Math.floor(minutes / 60)), two(minutes % 60)];
  if (colons === 2) parts.push(two(Math.abs(seconds) % 60));
  return sign + parts.join(colons === 0 ? "" : ":");
}

function variable(letter: string, clock: WallClock, epoch: number, zone: string): string | undefined {
  const second = Math.floor(clock.second);
  const hour12 = clock.hour % 12 === 0 ? 12 : clock.hour % 12;
  const again = (format: string): string => strftime(epoch, format, zone);
  switch (letter) {
    case "Y":
      return String(clock.year).padStart(4, "0");
    case "y":
      return two(((clock.year % 100) + 100) % 100);
    case "C":
      return two(Math.floor(clock.year / 100));
    case "m":
      return two(clock.month);
    case "d":
      return two(clock.day);
    case "e":
      return blank(clock.day);
    case "j":
      return String(dayOfYear(clock)).padStart(3, "0");
    case "B":
      return monthNames[clock.month - 1];
    case "b":
    case "h":
      return monthNames[clock.month - 1]?.slice(0, 3);
    case "A":
      return dayNames[weekday(clock)];
    case "a":
      return dayNames[weekday(clock)]?.slice(0, 3);
    case "w":
      return String(weekday(clock));
    case "u":
      return String(weekday(clock) || 7);
    case "U":
      return two(Math.floor((dayOfYear(clock) + 6 - weekday(clock)) / 7));
    case "W":
      return two(Math.floor((dayOfYear(clock) + 6 - ((weekday(clock) + 6) % 7)) / 7));
    case "V":
      return two(isoWeek(clock).week);
    case "G":
      return String(isoWeek(clock).year);
    case "g":
      return two(isoWeek(clock).year % 100);
    case "H":
      return two(clock.hour);
    case "k":
      return blank(clock.hour);
    case "I":
      return two(hour12);
    case "l":
      return blank(hour12);
    case "p":
      return clock.hour < 12 ? "AM" : "PM";
    case "M":
      return two(clock.minute);
    case "S":
      return two(second);
    case "s":
      return String(Math.floor(epoch));
    case "Z":
      return zoneName(epoch, zone);
    case "T":
    case "X":
      return again("%H:%M:%S");
    case "R":
      return again("%H:%M");
    case "F":
      return again("%Y-%m-%d");
    case "D":
    case "x":
      return again("%m/%d/%y");
    case "c":
      return again("%a %b %e %H:%M:%S %Y");
    case "+":
      return again("%a %b %e %H:%M:%S %Z %Y");
    case "n":
      return "\n";
    case "t":
      return "\t";
    case "%":
      return "%";
    default:
      return undefined;
  }
}

function isoWeek(clock: WallClock): { readonly year: number; readonly week: number } {
  const thursday = utcSeconds(clock.year, clock.month, clock.day + 4 - (weekday(clock) || 7));
  const year = new Date(thursday * 1000).getUTCFullYear();
  return { year, week: Math.floor((thursday - utcSeconds(year, 1, 1)) / 604_800) + 1 };
}

function zoneName(epoch: number, zone: string): string {
  if (zone === "UTC") return "UTC";
  const format = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "short" });
  return format.formatToParts(epoch * 1000).find((p) => p.type === "timeZoneName")?.value ?? zone;
}
