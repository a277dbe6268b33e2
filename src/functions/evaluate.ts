import * as runtime from "../runtime/index.ts";
import type { Value } from "../types/value.ts";
import type { ScalarFunction } from "./row.ts";

/** Applies a function's runtime to constants; undefined where it has none or depends on the clock. */
export function evaluate(row: ScalarFunction, args: readonly Value[]): Value | undefined {
  if (row.run === undefined || row.clock) return undefined;
  const run: unknown = runtime[row.run];
  if (typeof run !== "function") return undefined;
  const result: Value = run(...args);
  return result;
}
