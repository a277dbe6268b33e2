/**
 * Evaluate: bag unpack with schema
 *
 * Ported from KQL by ruleport.
 */

import { access, type Dynamic, fromRows, type Long, toint, tostringDynamic } from "ruleport/runtime";

/** A row of the result. */
export interface Row {
  readonly id: Long | null;
  readonly age: number | null;
  readonly name: string;
}

export function evaluateBagUnpackWithSchema(): AsyncIterable<Row> {
  return fromRows<{ readonly id: Long | null; readonly d: Dynamic }>([
    { id: 1, d: { name: "ann", age: 20 } },
    { id: 2, d: { age: 31 } },
  ]).project((row) => ({
    id: row.id,
    age: toint(access(row.d, "age")),
    name: tostringDynamic(access(row.d, "name")),
  }));
}
