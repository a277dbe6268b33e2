/**
 * Top nested: two levels
 *
 * Ported from KQL by ruleport.
 */

import { fromRows, type Long, max, sum } from "ruleport/runtime";

/** A row of the result. */
export interface Row {
  readonly k: string;
  readonly total: Long | null;
  readonly s: string;
  readonly aggregated_s: Long | null;
}

export function topNestedTwoLevels(): AsyncIterable<Row> {
  return fromRows<{ readonly k: string; readonly s: string; readonly v: Long | null }>([
    { k: "a", s: "x", v: 10 },
    { k: "a", s: "y", v: 20 },
    { k: "b", s: "x", v: 30 },
    { k: "b", s: "z", v: 5 },
    { k: "c", s: "w", v: 1 },
  ]).topNested<{ readonly k: string; readonly total: Long | null; readonly s: string; readonly aggregated_s: Long | null }>(
    { name: "k", of: (row) => row.k, as: "total", by: sum((row) => row.v), most: 2 },
    { name: "s", of: (row) => row.s, as: "aggregated_s", by: max((row) => row.v), most: 1 },
  );
}
