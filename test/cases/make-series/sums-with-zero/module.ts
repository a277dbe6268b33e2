/**
 * Make series: sums with zero
 *
 * Ported from KQL by ruleport.
 */

import {
  count,
  type Datetime,
  datetime,
  type Dynamic,
  fromRows,
  type Long,
  series,
  sum,
  timespan,
} from "ruleport/runtime";

/** A row of the result. */
export interface Row {
  readonly total: Dynamic;
  readonly n: Dynamic;
  readonly t: Dynamic;
}

export function makeSeriesSumsWithZero(): AsyncIterable<Row> {
  return fromRows<{ readonly t: Datetime | null; readonly v: Long | null }>([
    { t: datetime("2026-01-01T06:00:00Z"), v: 2 },
    { t: datetime("2026-01-01T20:00:00Z"), v: 3 },
    { t: datetime("2026-01-03"), v: 5 },
    { t: datetime("2026-01-04"), v: 9 },
  ]).makeSeries<{ readonly total: Dynamic; readonly n: Dynamic; readonly t: Dynamic }>(
    "t",
    { on: (row) => row.t, from: datetime("2026-01-01"), to: datetime("2026-01-04"), step: timespan("1d") },
    { total: series(sum((row) => row.v), 0), n: series(count(), 0) },
  );
}
