import type { Span } from "../diagnostics/source.ts";
import type { Expr } from "../plan/nodes.ts";
import { datetimeFromUnix, ticksPerDay, ticksPerHour, ticksPerMinute, ticksPerSecond } from "../types/time.ts";
import { call, literal, long, text, ticks } from "./build.ts";

/** Seconds since 1970 as a time. */
export function epoch(seconds: number, span: Span): Expr {
  return literal(datetimeFromUnix(seconds * 1000), "datetime", span);
}

const units: Readonly<Record<string, bigint>> = {
  s: ticksPerSecond,
  sec: ticksPerSecond,
  secs: ticksPerSecond,
  second: ticksPerSecond,
  seconds: ticksPerSecond,
  m: ticksPerMinute,
  min: ticksPerMinute,
  mins: ticksPerMinute,
  minute: ticksPerMinute,
  minutes: ticksPerMinute,
  h: ticksPerHour,
  hr: ticksPerHour,
  hrs: ticksPerHour,
  hour: ticksPerHour,
  hours: ticksPerHour,
  d: ticksPerDay,
  day: ticksPerDay,
  days: ticksPerDay,
  w: 7n * ticksPerDay,
  week: 7n * ticksPerDay,
  weeks: 7n * ticksPerDay,
};

/** A length of time such as `5m`, `1h`, `1d`; null where it is none of a fixed length. */
export function spanLength(written: string): bigint | null {
  const found = /^(\d{1,9})([a-z]*)$/.exec(written);
  if (found === null) return null;
  const unit = units[found[2] === "" ? "s" : (found[2] ?? "")];
  return unit === undefined ? null : BigInt(found[1] ?? 0) * unit;
}

const snaps: Readonly<Record<string, string>> = {
  d: "startofday",
  day: "startofday",
  w: "startofweek",
  w0: "startofweek",
  week: "startofweek",
  mon: "startofmonth",
  month: "startofmonth",
  y: "startofyear",
  year: "startofyear",
};

/** A time moved by a modifier: `-1d@d`, `@w0`, `+5m`; null where it cannot be said. (Search Manual: Time modifiers) */
export function moved(from: Expr, modifier: string, span: Span): Expr | null {
  const found = /^(?:now)?((?:[+-]\d{0,6}[a-z]+)?)(?:@([a-z]+\d?))?((?:[+-]\d{0,6}[a-z]+)?)$/.exec(modifier.trim());
  if (found === null) return null;
  const [, before = "", snap, after = ""] = found;
  let time: Expr | null = shifted(from, before, span);
  if (time !== null && snap !== undefined) time = snapped(time, snap, span);
  return time === null ? null : shifted(time, after, span);
}

function shifted(from: Expr, offset: string, span: Span): Expr | null {
  if (offset === "") return from;
  const found = /^([+-])(\d*)([a-z]+)$/.exec(offset);
  if (found === null) return null;
  const amount = found[2] === "" ? 1 : Number(found[2]);
  const unit = units[found[3] ?? ""];
  if (unit === undefined) return calendar(from, found[1] === "-" ? -amount : amount, found[3] ?? "", span);
  const length = ticks(BigInt(amount) * unit, span);
  if (found[1] === "-" && from.kind === "call" && from.name === "now" && from.args.length === 0) {
    return call("ago", "datetime", span, length);
  }
  return call(found[1] ?? "+", "datetime", span, from, length);
}

function calendar(from: Expr, amount: number, unit: string, span: Span): Expr | null {
  const name = /^mon/.test(unit)
    ? "month"
    : /^(?:y|yr|year)s?$/.test(unit)
      ? "year"
      : /^q/.test(unit)
        ? "quarter"
        : null;
  return name === null ? null : call("datetime_add", "datetime", span, text(name, span), long(amount, span), from);
}

function snapped(time: Expr, snap: string, span: Span): Expr | null {
  const start = snaps[snap];
  if (start !== undefined) return call(start, "datetime", span, time);
  const unit = units[snap];
  return unit === undefined || unit > ticksPerHour ? null : call("bin", "datetime", span, time, ticks(unit, span));
}

const codes: Readonly<Record<string, string>> = {
  "%Y": "yyyy",
  "%y": "yy",
  "%m": "MM",
  "%d": "dd",
  "%H": "HH",
  "%I": "hh",
  "%M": "mm",
  "%S": "ss",
  "%p": "tt",
  "%3N": "fff",
  "%6N": "ffffff",
  "%f": "ffffff",
};
const short: Readonly<Record<string, string>> = { "%F": "%Y-%m-%d", "%T": "%H:%M:%S", "%R": "%H:%M" };

/**
 * A format of strftime as the pieces of KQL's: formats of format_datetime and texts between them, in turn. null where KQL has no
 * such part.
 */
export function formatParts(format: string): readonly { readonly format: boolean; readonly text: string }[] | null {
  const parts: { format: boolean; text: string }[] = [];
  const add = (isFormat: boolean, part: string): void => {
    const last = parts.at(-1);
    if (last !== undefined && last.format === isFormat) last.text += part;
    else parts.push({ format: isFormat, text: part });
  };
  const full = format.replaceAll(/%[FTR]/g, (code) => short[code] ?? code);
  for (const [token] of full.matchAll(/%\d?[A-Za-z]|[\s\S]/g)) {
    if (token.startsWith("%")) {
      const code = codes[token];
      if (code === undefined) return null;
      add(true, code);
    } else add(parts.at(-1)?.format === true && /^[ /\-:,._[\]]$/.test(token), token);
  }
  return parts;
}

/** A time as text in a format of strftime; null where KQL cannot say it. */
export function formatted(time: Expr, format: string, span: Span): Expr | null {
  const parts = formatParts(format);
  if (parts === null) return null;
  const exprs = parts.map((part) =>
    part.format ? call("format_datetime", "string", span, time, text(part.text, span)) : text(part.text, span),
  );
  const [only] = exprs;
  if (only === undefined) return text("", span);
  return exprs.length === 1 ? only : call("strcat", "string", span, ...exprs);
}
