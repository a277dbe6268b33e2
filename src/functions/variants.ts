import type * as runtime from "../runtime/index.ts";
import type { ScalarType } from "../types/scalar-type.ts";
import type { AggregateFunction, ScalarFunction } from "./row.ts";

type Export = keyof typeof runtime;
type Variants = Readonly<Partial<Record<Export, Readonly<Partial<Record<ScalarType, Export>>>>>>;

// Values do not carry their type: 7 is a long and a real. Where a type changes the answer, the function has a variant for it.

/** By the type of any argument. */
const byAnyArgument: Variants = {
  add: { real: "addReal", decimal: "addReal" },
  subtract: { real: "subtractReal", decimal: "subtractReal" },
  multiply: { real: "multiplyReal", decimal: "multiplyReal" },
  divide: { real: "divideReal", decimal: "divideReal" },
  modulo: { real: "moduloReal", decimal: "moduloReal" },
};

/** By the type of the first argument. */
const byFirstArgument: Variants = {
  tostring: { real: "tostringReal", dynamic: "tostringDynamic" },
  sum: { real: "sumReal", decimal: "sumReal", timespan: "sumTimespan" },
  sumif: { real: "sumifReal", decimal: "sumifReal", timespan: "sumifTimespan" },
  avg: { timespan: "avgTimespan", datetime: "avgDatetime" },
  avgif: { timespan: "avgifTimespan", datetime: "avgifDatetime" },
  makeList: { dynamic: "makeListWithNulls" },
  makeListIf: { dynamic: "makeListWithNullsIf" },
};

/** The export of `runtime/` that evaluates a function for arguments of these types; undefined where none does yet. */
export function runtimeFor(
  row: Pick<ScalarFunction | AggregateFunction, "run">,
  types: readonly ScalarType[],
): Export | undefined {
  if (row.run === undefined) return undefined;
  const any = byAnyArgument[row.run];
  if (any !== undefined && !types.includes("timespan") && !types.includes("datetime")) {
    const type = types.find((t) => any[t] !== undefined);
    return (type && any[type]) ?? row.run;
  }
  return byFirstArgument[row.run]?.[types[0] ?? "unknown"] ?? row.run;
}
