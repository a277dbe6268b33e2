import type { Engine } from "../engine.ts";
import { SplProblem } from "../problem.ts";
import { expandNames, fieldNames, put } from "../row.ts";
import { strftime } from "../time/strftime.ts";
import { strptime } from "../time/strptime.ts";
import { isTime } from "../time/zone.ts";
import { looksNumeric, multi, numberText, valuesOf } from "../value.ts";
import type { NodeOf, Run } from "./run.ts";

const usualFormat = "%m/%d/%Y %H:%M:%S";

/** The text of a value converted; null removes the value, undefined leaves it. */
type Conversion = (text: string, engine: Engine, format: string) => string | null | undefined;

function number(text: string): string | null {
  return looksNumeric(text) ? text : null;
}

function unitless(text: string): string | undefined {
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/.exec(text)?.[0];
}

function seconds(text: string): string | undefined {
  const found = /^(?:(\d+)\+)?(\d+):(\d{1,2})(?::(\d{1,2}(?:\.\d+)?))?$/.exec(text);
  if (found === null) return undefined;
  const [, days = "0", first = "0", second = "0", third] = found;
  const clock =
    third === undefined
      ? Number(first) * 60 + Number(second)
      : Number(first) * 3600 + Number(second) * 60 + Number(third);
  return numberText(Number(days) * 86_400 + clock);
}

const conversions: Readonly<Record<string, Conversion>> = {
  none: () => undefined,
  num: (text) => number(text) ?? seconds(text) ?? null,
  auto: (text) => number(text) ?? seconds(text) ?? undefined,
  ctime: (text, { timeZone }, format) =>
    looksNumeric(text) && isTime(Number(text)) ? strftime(Number(text), format, timeZone) : undefined,
  mktime: (text, { timeZone, now }, format) => {
    const time = strptime(text, format, timeZone, now);
    return time === null ? null : numberText(time);
  },
  mstime: (text) => {
    const found = /^(?:(\d+):)?(\d+)(?:\.(\d{1,3}))?$/.exec(text);
    return found === null ? undefined : numberText(Number(found[1] ?? 0) * 60 + Number(`${found[2]}.${found[3] ?? 0}`));
  },
  dur2sec: (text) => (looksNumeric(text) ? undefined : seconds(text)),
  memk: (text) => {
    const found = /^([+-]?\d*\.?\d+)\s*([kKmMgG])?$/.exec(text);
    if (found === null) return undefined;
    const factor = { k: 1, m: 1024, g: 1024 * 1024 }[(found[2] ?? "k").toLowerCase()] ?? 1;
    return numberText(Number(found[1]) * factor);
  },
  rmcomma: (text) => text.replaceAll(",", ""),
  rmunit: (text) => unitless(text),
};

/** Converts values in place: times, durations, numbers with units. (Search Reference: convert) */
export const runConvert: Run<"convert"> = (command, input, engine) => {
  const format = command.timeformat ?? usualFormat;
  const names = fieldNames(input);
  const untouched = new Set(
    command.conversions.filter((c) => c.function === "none").flatMap((c) => expandNames([c.field], names)),
  );
  for (const conversion of command.conversions) {
    const apply = conversionOf(command, conversion.function);
    for (const name of expandNames([conversion.field], names)) {
      if (untouched.has(name)) continue;
      for (const row of input.rows) {
        const value = row.get(name);
        if (value === undefined) continue;
        const converted = valuesOf(value).flatMap((text) => {
          const result = apply(text, engine, format);
          return result === undefined ? [text] : result === null ? [] : [result];
        });
        put(row, conversion.as ?? name, multi(converted));
      }
    }
  }
  return input;
};

function conversionOf(command: NodeOf<"convert">, name: string): Conversion {
  const found = Object.hasOwn(conversions, name.toLowerCase()) ? conversions[name.toLowerCase()] : undefined;
  if (found === undefined) throw new SplProblem("SPL202", command, `convert has no function \`${name}\``);
  return found;
}
