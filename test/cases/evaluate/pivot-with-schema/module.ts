/**
 * Evaluate: pivot with schema
 *
 * Ported from KQL by ruleport.
 */

import { fromRows, type Long, sumif } from "ruleport/runtime";

/** A row of the result. */
export interface Row {
  readonly day: Long | null;
  readonly in: Long | null;
  readonly out: Long | null;
}

export function evaluatePivotWithSchema(): AsyncIterable<Row> {
  return fromRows<{ readonly day: Long | null; readonly kind: string; readonly n: Long | null }>([
    { day: 1, kind: "in", n: 5 },
    { day: 1, kind: "out", n: 2 },
    { day: 1, kind: "in", n: 1 },
    { day: 2, kind: "out", n: 4 },
  ]).summarizeBy(
    (row) => ({ day: row.day }),
    {
      in: sumif((row) => row.n, (row) => row.kind === "in"),
      out: sumif((row) => row.n, (row) => row.kind === "out"),
    },
  );
}
