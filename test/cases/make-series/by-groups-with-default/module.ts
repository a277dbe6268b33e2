/**
 * Make series: by groups with default
 *
 * Ported from KQL by ruleport.
 */

import { type Dynamic, fromRows, type Long, max, series } from "ruleport/runtime";

/** A row of the result. */
export interface Row {
  readonly g: string;
  readonly v: Dynamic;
  readonly x: Dynamic;
}

export function makeSeriesByGroupsWithDefault(): AsyncIterable<Row> {
  return fromRows<{ readonly g: string; readonly x: Long | null; readonly v: Long | null }>([
    { g: "a", x: 0, v: 1 },
    { g: "a", x: 4, v: 2 },
    { g: "b", x: 2, v: 7 },
  ]).makeSeries<{ readonly g: string; readonly v: Dynamic; readonly x: Dynamic }>(
    "x",
    { on: (row) => row.x, from: 0, to: 6, step: 2, by: (row) => ({ g: row.g }) },
    { v: series(max((row) => row.v), -1) },
  );
}
