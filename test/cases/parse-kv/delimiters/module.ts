/**
 * Parse kv: delimiters
 *
 * Ported from KQL by ruleport.
 */

import { fromRows, type Long } from "ruleport/runtime";

/** A row of the result. */
export interface Row {
  readonly s: string;
  readonly a: Long | null;
  readonly b: string;
}

export function parseKvDelimiters(): AsyncIterable<Row> {
  return fromRows<{ readonly s: string }>([{ s: "a=1, b=two words" }, { s: "b=x, a=y, a=3" }, { s: "" }]).parseKv(
    (row) => row.s,
    { a: "long", b: "string" },
    { pairs: ",", keys: "=" },
  );
}
