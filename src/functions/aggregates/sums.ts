import type { AggregateFunction } from "../row.ts";
import { averageable, mean, named, summable, total } from "./parameters.ts";

/** Sums, means and the bits of whole numbers. */
export const sums: readonly AggregateFunction[] = [
  named({ name: "sum", parameters: [summable], returns: total, run: "sum" }),
  named({ name: "sumif", parameters: [summable, "bool"], returns: total, run: "sumif" }),
  named({ name: "avg", parameters: [averageable], returns: mean, run: "avg" }),
  named({ name: "avgif", parameters: [averageable, "bool"], returns: mean, run: "avgif" }),
  named({
    name: "binary_all_and",
    parameters: [summable],
    returns: { sameAs: 0 },
    naming: "argument",
    run: "binaryAllAnd",
  }),
  named({
    name: "binary_all_or",
    parameters: [summable],
    returns: { sameAs: 0 },
    naming: "argument",
    run: "binaryAllOr",
  }),
  named({
    name: "binary_all_xor",
    parameters: [summable],
    returns: { sameAs: 0 },
    naming: "argument",
    run: "binaryAllXor",
  }),
];
