import { binary, call, concat, type EvalExpr, number, text } from "../spl/eval.ts";
import { asciiClasses, forPcre } from "../spl/regex.ts";
import { Timespan } from "../types/time.ts";
import type { Value } from "../types/value.ts";
import type { SplArguments } from "./row.ts";

/** What forms in SPL are made of: constants, regular expressions, and times in seconds. */

export const day = 86_400;

export function constantText(a: SplArguments, index: number): string {
  const value = a.constant(index);
  if (typeof value === "string") return value;
  return a.unsupported("not-constant", "the text on the right must be a constant");
}

/** The texts of a list; arrays among them count as their elements. */
export function constantTexts(a: SplArguments): readonly string[] {
  const items: Value[] = [];
  for (let i = 1; i < a.count; i++) {
    const value = a.constant(i);
    if (value === undefined) a.unsupported("not-constant", "the texts on the right must be constants");
    else if (Array.isArray(value)) items.push(...(value.flat(64) as readonly Value[]));
    else items.push(value);
  }
  return items.map((item) => (typeof item === "string" ? item : String(item)));
}

/** A regular expression that KQL and SPL read alike. */
export function pattern(a: SplArguments, index: number): string {
  const written = constantText(a, index);
  const ascii = asciiClasses(written);
  if (ascii.length > 0) {
    a.approximate(
      "ascii-classes",
      `${ascii.join(" and ")} ${ascii.length === 1 ? "knows" : "know"} the letters and digits of ASCII alone in Splunk`,
      "the text has letters or digits beyond ASCII there",
    );
  }
  try {
    return forPcre(written);
  } catch (error) {
    return a.unsupported("regex", `${error instanceof Error ? error.message : String(error)} has no form in Splunk`);
  }
}

export const grouped = (regex: string): string => (regex.includes("|") ? `(?:${regex})` : regex);
/** A replacement text in which backslashes are themselves. */
export const replacement = (value: string): string => value.replaceAll("\\", "\\\\");

export const seconds = (a: SplArguments, index: number): number | null => {
  const value = a.constant(index);
  return value instanceof Timespan ? Number(value.ticks) / 1e7 : null;
};
export const floorTo = (value: EvalExpr, size: number): EvalExpr =>
  size === 1 ? call("floor", value) : binary(call("floor", binary(value, "/", number(size))), "*", number(size));
export const truncated = (value: EvalExpr): EvalExpr =>
  call("if", binary(value, "<", number(0)), call("ceiling", value), call("floor", value));

/** A value as the text that strcat and tostring make of it. */
export function written(a: SplArguments, index: number): EvalExpr {
  switch (a.type(index)) {
    case "datetime":
      return zoned(a, a.value(index), "%Y-%m-%dT%H:%M:%S.%6N0Z");
    case "timespan":
      return a.unsupported("timespan-text", "a length of time is written differently in Splunk");
    default:
      return a.text(index);
  }
}

export function zoned(a: SplArguments, time: EvalExpr, format: string): EvalExpr {
  a.approximate(
    "time-zone",
    "times are written in the time zone of the user who searches, not in UTC",
    "that user's time zone is not UTC",
  );
  return call("strftime", time, text(format));
}

/** Parts of one time with text between them are one format. */
export function joined(parts: readonly EvalExpr[]): EvalExpr {
  const out: EvalExpr[] = [];
  for (const next of parts) {
    const last = out.at(-1);
    const merged = last && mergedFormats(last, next);
    if (merged) out[out.length - 1] = merged;
    else out.push(next);
  }
  return concat(...out);
}

function mergedFormats(left: EvalExpr, right: EvalExpr): EvalExpr | null {
  const [time, format] = left.kind === "call" && left.name === "strftime" ? left.args : [];
  if (time === undefined || format?.kind !== "string") return null;
  if (right.kind === "string") return call("strftime", time, text(format.value + right.value.replaceAll("%", "%%")));
  if (right.kind !== "call" || right.name !== "strftime" || JSON.stringify(right.args[0]) !== JSON.stringify(time))
    return null;
  const [, more] = right.args;
  return more?.kind === "string" ? call("strftime", time, text(format.value + more.value)) : null;
}

/** Tokens of format_datetime as strftime writes them. */
export const timeTokens: Readonly<Record<string, string>> = {
  yyyy: "%Y",
  yy: "%y",
  MM: "%m",
  dd: "%d",
  HH: "%H",
  hh: "%I",
  mm: "%M",
  ss: "%S",
  tt: "%p",
  fff: "%3N",
  ffffff: "%6N",
};

const unitSeconds: Readonly<Record<string, number>> = { second: 1, minute: 60, hour: 3600, day };
export function unit(a: SplArguments): number {
  const size = unitSeconds[constantText(a, 0).toLowerCase()];
  return size ?? a.unsupported("time-unit", "months, years and weeks follow the user's time zone in Splunk");
}
