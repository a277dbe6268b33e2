/**
 * Window functions: prev and next
 *
 * Ported from KQL by ruleport.
 */

import { ascending, fromRows, type Long, next, prev, subtract } from "ruleport/runtime";

/** A row of the result. */
export interface Row {
  readonly g: string;
  readonly v: Long | null;
  readonly before: Long | null;
  readonly after: Long | null;
  readonly gap: Long | null;
}

export function windowFunctionsPrevAndNext(): AsyncIterable<Row> {
  return fromRows<{ readonly g: string; readonly v: Long | null }>([
    { g: "a", v: 1 },
    { g: "a", v: 4 },
    { g: "b", v: 2 },
    { g: "b", v: 7 },
    { g: "b", v: 9 },
  ])
    .sort(ascending((row) => row.g), ascending((row) => row.v))
    .window({ before: prev((row) => row.v), after: next((row) => row.v, 1, -1) })
    .extend((row) => ({ gap: subtract(row.v, row.before) }));
}
