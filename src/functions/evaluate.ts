import * as runtime from "../runtime/index.ts";
import type { ScalarType } from "../types/scalar-type.ts";
import type { Value } from "../types/value.ts";
import type { ScalarFunction } from "./row.ts";
import { runtimeFor } from "./variants.ts";

/** Applies a function's runtime to constants of these types; undefined where it has none or depends on the clock. */
export function evaluate(
  row: ScalarFunction,
  args: readonly Value[],
  types: readonly ScalarType[] = [],
): Value | undefined {
  const name = row.clock ? undefined : runtimeFor(row, types);
  if (name === undefined) return undefined;
  // biome-ignore lint/performance/noDynamicNamespaceImportAccess: rows name their runtime function
  const run: unknown = runtime[name];
  if (typeof run !== "function") return undefined;
  const result: Value = run(...args);
  return result;
}
