import { Timespan } from "../../types/time.ts";

const perDay = 864_000_000_000n;
const perHour = 36_000_000_000n;
const perMinute = 600_000_000n;
const perSecond = 10_000_000n;

/** Nanoseconds of a unit by its first letters; a tick is 100 ns. */
function unitNanoseconds(unit: string): bigint {
  if (unit.startsWith("micro")) return 1_000n;
  if (unit === "ms" || unit.startsWith("milli")) return 1_000_000n;
  if (unit.startsWith("nano")) return 1n;
  switch (unit[0]) {
    case "t":
      return 100n;
    case "s":
      return 1_000_000_000n;
    case "m":
      return perMinute * 100n;
    case "h":
      return perHour * 100n;
    default:
      return perDay * 100n;
  }
}

const withUnit = /^([+-]?)(\d+)(?:\.(\d+))?\s*([a-z]+)$/;
const clock = /^([+-]?)(?:(\d+)\.)?(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,7}))?)?$/;
const units =
  /^(?:micro(?:seconds?|s)?|milli(?:seconds?|s)?|nano(?:seconds?|s)?|ticks?|sec(?:onds?)?|min(?:utes?)?|ms|hours?|hrs?|days?|[dhms])$/;

/** `1d`, `2.5h`, `1.02:03:04.5`, `5` (days); null where the text is none of these. (scalar-data-types/timespan) */
export function readTimespan(text: string): Timespan | null {
  const unit = withUnit.exec(text);
  if (unit) {
    if (!units.test(unit[4] ?? "")) return null;
    const fraction = (unit[3] ?? "").slice(0, 18);
    const digits = BigInt((unit[2] ?? "").slice(0, 40) + fraction);
    const ticks = (digits * unitNanoseconds(unit[4] ?? "")) / 10n ** BigInt(fraction.length) / 100n;
    return signed(unit[1], ticks);
  }
  const days = /^([+-]?)(\d{1,8})$/.exec(text);
  if (days) return signed(days[1], BigInt(days[2] ?? "0") * perDay);
  const parts = clock.exec(text);
  if (!parts) return null;
  const [, sign, day = "0", hour = "0", minute = "0", second = "0", fraction = ""] = parts;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  const ticks =
    BigInt(day) * perDay +
    BigInt(hour) * perHour +
    BigInt(minute) * perMinute +
    BigInt(second) * perSecond +
    BigInt(fraction.padEnd(7, "0"));
  return signed(sign, ticks);
}

function signed(sign: string | undefined, ticks: bigint): Timespan {
  return new Timespan(sign === "-" ? -ticks : ticks);
}

const wholeUnits: readonly (readonly [string, bigint])[] = [
  ["d", perDay],
  ["h", perHour],
  ["m", perMinute],
  ["s", perSecond],
  ["ms", perSecond / 1000n],
  ["microsecond", 10n],
];

/** The shortest literal: `30d`, `90m`, `time(1.02:03:04.5000000)`. A negative one stands in `time(…)`. */
export function writeTimespan(value: Timespan): string {
  const negative = value.ticks < 0n;
  const ticks = negative ? -value.ticks : value.ticks;
  if (ticks === 0n) return "0s";
  if (!negative) {
    for (const [unit, size] of wholeUnits) {
      if (ticks % size === 0n && ticks / size < 1000n) return `${ticks / size}${unit}`;
    }
  }
  const two = (n: bigint): string => String(n).padStart(2, "0");
  const fraction = ticks % perSecond;
  const parts = [
    `${ticks / perDay}.${two((ticks / perHour) % 24n)}`,
    two((ticks / perMinute) % 60n),
    two((ticks / perSecond) % 60n) + (fraction === 0n ? "" : `.${String(fraction).padStart(7, "0")}`),
  ];
  return `time(${negative ? "-" : ""}${parts.join(":")})`;
}
