import { scalar } from "./define.ts";
import type { ParameterType, ScalarFunction } from "./row.ts";

const ranks: ParameterType = ["int", "long", "real", "decimal", "dynamic"];

/** What reads the states that the aggregates `hll` and `tdigest` give. */
export const sketches: readonly ScalarFunction[] = [
  scalar("dcount_hll", ["dynamic"], "long", { naming: "function", run: "dcountHll" }),
  scalar("hll_merge", ["dynamic", "dynamic"], "dynamic", {
    rest: "dynamic",
    nulls: "handles",
    naming: { name: "hll_merged_result" },
    run: "mergeHll",
  }),
  scalar("tdigest_merge", ["dynamic", "dynamic"], "dynamic", {
    rest: "dynamic",
    nulls: "handles",
    naming: { name: "tdigests_merge_result" },
    run: "mergeTdigest",
  }),
  scalar("percentile_tdigest", ["dynamic", "number"], "dynamic", { naming: "function", run: "percentileTdigest" }),
  scalar("percentiles_array_tdigest", ["dynamic", ranks], "dynamic", {
    rest: "number",
    naming: { prefix: "percentile_tdigest" },
    run: "percentilesArrayTdigest",
  }),
  scalar("percentrank_tdigest", ["dynamic", "any"], "real", { run: "percentrankTdigest" }),
  scalar("rank_tdigest", ["dynamic", "any"], "real", { run: "rankTdigest" }),
];
