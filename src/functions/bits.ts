import { scalar } from "./define.ts";
import type { ScalarFunction } from "./row.ts";

const ofTwo = (name: string, run: NonNullable<ScalarFunction["run"]>): ScalarFunction =>
  scalar(name, ["long", "long"], "long", { run, naming: "argument" });

/** The bits of whole numbers. */
export const bits: readonly ScalarFunction[] = [
  ofTwo("binary_and", "binaryAnd"),
  ofTwo("binary_or", "binaryOr"),
  ofTwo("binary_xor", "binaryXor"),
  ofTwo("binary_shift_left", "binaryShiftLeft"),
  ofTwo("binary_shift_right", "binaryShiftRight"),
  scalar("binary_not", ["long"], "long", { run: "binaryNot", naming: "argument" }),
  scalar("bitset_count_ones", ["long"], "long", { run: "bitsetCountOnes", naming: "argument" }),
];
