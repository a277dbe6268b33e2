/**
 * Scan: running sum
 *
 * Ported from KQL by ruleport.
 */

import { add, ascending, fromRows, type Long } from "ruleport/runtime";

/** A row of the result. */
export interface Row {
  readonly g: string;
  readonly v: Long | null;
  readonly total: Long | null;
}

export function scanRunningSum(): AsyncIterable<Row> {
  return fromRows<{ readonly g: string; readonly v: Long | null }>([
    { g: "a", v: 1 },
    { g: "a", v: 4 },
    { g: "b", v: 2 },
    { g: "b", v: 7 },
    { g: "b", v: 9 },
  ])
    .sort(ascending((row) => row.g), ascending((row) => row.v))
    .scan<{ readonly total: Long | null }, "all">(
      { total: 0 },
      [
        {
          step: "all",
          when: () => true,
          set: (row, last) => ({ total: add(row.g === last.all.g ? last.all.total : 0, row.v) }),
        },
      ],
      { empty: { g: "" } },
    );
}
