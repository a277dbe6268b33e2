/**
 * Window functions: row number restarts
 *
 * Ported from KQL by ruleport.
 */

import { ascending, descending, fromRows, type Long, prev, rowNumber } from "ruleport/runtime";

/** A row of the result. */
export interface Row {
  readonly g: string;
  readonly v: Long | null;
  readonly n: Long | null;
  readonly all: Long | null;
}

export function windowFunctionsRowNumberRestarts(): AsyncIterable<Row> {
  return fromRows<{ readonly g: string; readonly v: Long | null }>([
    { g: "a", v: 1 },
    { g: "a", v: 4 },
    { g: "b", v: 2 },
    { g: "b", v: 7 },
    { g: "b", v: 9 },
  ])
    .sort(ascending((row) => row.g), descending((row) => row.v))
    .window({ prev_g: prev((row) => row.g, 1, ""), all: rowNumber(10) })
    .window({ n: rowNumber(1, (row) => row.g !== row.prev_g) });
}
