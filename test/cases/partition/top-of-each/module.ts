/**
 * Partition: top of each
 *
 * Ported from KQL by ruleport.
 */

import { descending, fromRows, type Long } from "ruleport/runtime";

/** A row of the result. */
export interface Row {
  readonly g: string;
  readonly v: Long | null;
  readonly best: boolean | null;
}

export function partitionTopOfEach(): AsyncIterable<Row> {
  return fromRows<{ readonly g: string; readonly v: Long | null }>([
    { g: "a", v: 1 },
    { g: "a", v: 4 },
    { g: "b", v: 2 },
    { g: "b", v: 7 },
    { g: "b", v: 9 },
  ]).partition(
    (row) => row.g,
    (items) => items
      .top(1, descending((row) => row.v))
      .extend(() => ({ best: true })),
  );
}
