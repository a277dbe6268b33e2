import * as runtime from "../runtime/index.ts";
import type { ScalarType } from "../types/scalar-type.ts";
import type { Value } from "../types/value.ts";
import type { ScalarFunction } from "./row.ts";
import { runtimeFor } from "./variants.ts";

/** Functions that ask for the type of an argument, which a value alone does not show. */
const typed = new Set(["gettype", "strcat", "strcat_delim", "reverse", "bag_pack", "pack_array", "parse_json"]);

/** Applies a function to constants of these types; undefined where it cannot be evaluated without the query around it. */
export function evaluate(row: ScalarFunction, args: readonly Value[], types: readonly ScalarType[]): Value | undefined {
  if (row.clock || (typed.has(row.name) && types.some((t) => t !== "string"))) return undefined;
  const name = runtimeFor(row, types);
  const run: unknown = name && runtime[name];
  if (typeof run !== "function") return undefined;
  const result: Value = run(...args);
  return result;
}
