import * as runtime from "../runtime/index.ts";
import type { ScalarType } from "../types/scalar-type.ts";
import { dynamicReal, type Value } from "../types/value.ts";
import { isH3 } from "./geo.ts";
import type { ScalarFunction } from "./row.ts";
import { isStored, joining, runtimeFor } from "./variants.ts";

/** Applies a function's runtime to constants of these types; undefined where it has none or depends on the clock. */
export function evaluate(
  row: ScalarFunction,
  args: readonly Value[],
  types: readonly ScalarType[] = [],
): Value | undefined {
  // A false assertion is left for the analysis of what cannot be run.
  if (row.name === "assert") return args[0] === true ? true : undefined;
  const [type = "unknown"] = types;
  if (row.name === "gettype" && type !== "dynamic" && type !== "unknown") return type;
  const name = row.clock ? undefined : runtimeFor(row, types);
  if (name === undefined || isH3(name)) return undefined;
  // biome-ignore lint/performance/noDynamicNamespaceImportAccess: rows name their runtime function
  const run: unknown = runtime[name];
  if (typeof run !== "function") return undefined;
  if (name === "tolong" && types[0] === "real" && Number(args[0]) >= 2 ** 63) return leastLong;
  const given = args.map((value, i) => {
    if (types[i] !== "real" || typeof value !== "number") return value;
    if (joining.has(row.name)) return runtime.tostringReal(value);
    return row.returns === "dynamic" && isStored(row, i, "real", "dynamic") ? dynamicReal(value) : value;
  });
  const result: Value = run(...given);
  return result;
}

/** What the engine makes of a constant real beyond 64 bits; in a row such a real becomes the greatest long instead. */
const leastLong = -(2n ** 63n);
