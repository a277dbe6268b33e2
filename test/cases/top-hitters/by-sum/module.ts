/**
 * Top hitters: by sum
 *
 * Ported from KQL by ruleport.
 */

import { fromRows, type Long, sum } from "ruleport/runtime";

/** A row of the result. */
export interface Row {
  readonly g: string;
  readonly approximate_sum_v: Long | null;
}

export function topHittersBySum(): AsyncIterable<Row> {
  return fromRows<{ readonly g: string; readonly v: Long | null }>([
    { g: "a", v: 1 },
    { g: "a", v: 4 },
    { g: "b", v: 2 },
    { g: "b", v: 7 },
    { g: "b", v: 9 },
  ]).topHitters<{ readonly g: string; readonly approximate_sum_v: Long | null }>(
    1,
    "g",
    (row) => row.g,
    "approximate_sum_v",
    sum((row) => row.v),
  );
}
