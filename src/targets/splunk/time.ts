import type { Datetime, Timespan } from "../../types/time.ts";

/** Ticks of 100 ns between 0001-01-01 and 1970-01-01. */
const epochTicks = 621_355_968_000_000_000n;

/** Seconds since 1970, with the fraction. */
export function epochSeconds(time: Datetime): number {
  return Number(time.ticks - epochTicks) / 1e7;
}

export function seconds(span: Timespan): number {
  return Number(span.ticks) / 1e7;
}
