/**
 * Scan: sequence
 *
 * Ported from KQL by ruleport.
 */

import { ascending, fromRows, lessOrEqual, type Long, subtract } from "ruleport/runtime";

/** A row of the result. */
export interface Row {
  readonly t: Long | null;
  readonly e: string;
  readonly id: Long | null;
}

export function scanSequence(): AsyncIterable<Row> {
  return fromRows<{ readonly t: Long | null; readonly e: string }>([
    { t: 0, e: "a" },
    { t: 1, e: "start" },
    { t: 2, e: "b" },
    { t: 3, e: "d" },
    { t: 4, e: "stop" },
    { t: 6, e: "c" },
    { t: 8, e: "start" },
    { t: 11, e: "e" },
    { t: 12, e: "stop" },
  ])
    .sort(ascending((row) => row.t))
    .scan<object, "s1" | "s2" | "s3", { readonly id: Long | null }>(
      {},
      [
        { step: "s1", when: (row) => row.e === "start" },
        {
          step: "s2",
          when: (row, last) => row.e !== "start"
            && row.e !== "stop"
            && lessOrEqual(subtract(row.t, last.s1.t), 5),
        },
        { step: "s3", when: (row, last) => row.e === "stop" && lessOrEqual(subtract(row.t, last.s1.t), 5) },
      ],
      { empty: { t: null }, matchId: "id" },
    );
}
