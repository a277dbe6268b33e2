import { spokenDuration } from "../../rules/duration.ts";
import { type ContentNote, info } from "../content.ts";

const minute = 60;
const hour = 3_600;
const day = 86_400;

/** Lengths of time that a cron expression repeats without a gap, from the longest. */
const even: readonly (readonly [seconds: number, cron: string])[] = [
  [7 * day, "0 0 * * 0"],
  [day, "0 0 * * *"],
  ...[12, 8, 6, 4, 3, 2].map((n): [number, string] => [n * hour, `0 */${n} * * *`]),
  [hour, "0 * * * *"],
  ...[30, 20, 15, 12, 10, 6, 5, 4, 3, 2].map((n): [number, string] => [n * minute, `*/${n} * * * *`]),
  [minute, "* * * * *"],
];

/** The cron expression for a frequency in seconds. One that cron cannot repeat evenly is shortened, which a note says. */
export function cronOf(frequency: number, notes: ContentNote[]): string {
  const found = even.find(([seconds]) => seconds <= frequency) ?? even.at(-1);
  const [seconds, cron] = found ?? [minute, "* * * * *"];
  if (seconds !== frequency)
    notes.push(
      info("schedule", `cron runs it every ${spokenDuration(seconds)}, not every ${spokenDuration(frequency)}`),
    );
  return cron;
}

/** A time before now, on the minute: `-1h@m`. */
export function relativeTime(seconds: number): string {
  if (seconds % day === 0) return `-${seconds / day}d@m`;
  if (seconds % hour === 0) return `-${seconds / hour}h@m`;
  return `-${Math.max(1, Math.ceil(seconds / minute))}m@m`;
}
