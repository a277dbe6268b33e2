import type { AggregateFunction } from "../row.ts";
import { hashable, named, summable, whole } from "./parameters.ts";

/** States from which `dcount_hll`, `percentile_tdigest` and their like read an estimate later. */
export const sketches: readonly AggregateFunction[] = [
  named({ name: "hll", parameters: [hashable, whole], optional: 1, constants: [1], returns: "dynamic", run: "hll" }),
  named({
    name: "hll_if",
    parameters: [hashable, "bool", whole],
    optional: 1,
    constants: [2],
    returns: "dynamic",
    run: "hllIf",
  }),
  named({ name: "hll_merge", parameters: ["dynamic"], returns: "dynamic", run: "hllMerge" }),
  named({ name: "tdigest", parameters: [summable, whole], optional: 1, returns: "dynamic", run: "tdigest" }),
  named({
    name: "tdigest_merge",
    parameters: ["dynamic"],
    returns: "dynamic",
    prefix: "merge_tdigests",
    run: "tdigestMerge",
  }),
];
