import { addUnits, snapTo } from "./relative.ts";
import { fixedSeconds, type Unit, unitOf } from "./units.ts";
import { offsetAt, wallClock } from "./zone.ts";

/** The width of the bins of time: `5m`, `1d`, `1mon`, and where they begin: `1w@w1`. (bin command: span, snap-to-time) */
export interface TimeSpan {
  readonly count: number;
  readonly unit: Unit;
}

export function parseSpan(text: string): TimeSpan | null {
  const found = /^(\d*\.?\d*)([A-Za-z]*)(?:@.*)?$/.exec(text.trim());
  if (found === null || text.trim() === "") return null;
  const [, amount = "", name = ""] = found;
  const unit = name === "" ? "s" : unitOf(name);
  const count = amount === "" ? 1 : Number(amount);
  return unit === undefined || !(count > 0) ? null : { count, unit };
}

/** The begin of the bin that a time lies in: bins of one length count from the epoch, days and longer ones from the zone's midnight. */
export function binStart(time: number, span: TimeSpan, zone: string): number {
  const seconds = fixedSeconds(span.unit);
  if (seconds !== undefined) {
    const width = span.count * seconds;
    // Bins of an hour or more that divide the day stand on the zone's full hours.
    const shift = width >= 3600 ? offsetAt(time, zone) : 0;
    const steps = Math.floor((time + shift) / width + 1e-9);
    return Number((steps * width - shift).toFixed(6));
  }
  const start = snapTo(time, span.unit, zone);
  if (span.count === 1) return start;
  const clock = wallClock(start, zone);
  const index = span.unit === "y" ? clock.year : clock.year * 12 + clock.month - 1;
  const step = span.unit === "q" ? 3 * span.count : span.count;
  if (span.unit === "d" || span.unit === "w") {
    const days = Math.floor((start + offsetAt(start, zone)) / 86_400);
    const width = span.unit === "w" ? span.count * 7 : span.count;
    return addUnits(start, -(((days % width) + width) % width), "d", zone);
  }
  return addUnits(start, -(((index % step) + step) % step), span.unit === "y" ? "y" : "mon", zone);
}

/** The begin of the bin after the one that begins at `start`. */
export function nextBin(start: number, span: TimeSpan, zone: string): number {
  return Number(addUnits(start, span.count, span.unit, zone).toFixed(6));
}
