import type * as runtime from "../runtime/index.ts";
import type { ScalarType } from "../types/scalar-type.ts";
import type { AggregateFunction, H3Function, ScalarFunction } from "./row.ts";

type Export = keyof typeof runtime | H3Function;
type Variants = Readonly<Partial<Record<Export, Readonly<Partial<Record<ScalarType, Export>>>>>>;

type FirstVariants = Readonly<Partial<Record<Export, Readonly<Partial<Record<ScalarType, Export | null>>>>>>;

// Values do not carry their type: 7 is a long and a real. Where a type changes the answer, the function has a variant for it.

/** By the type of any argument. */
const byAnyArgument: Variants = {
  add: { real: "addReal" },
  subtract: { real: "subtractReal" },
  multiply: { real: "multiplyReal" },
  divide: { real: "divideReal" },
  modulo: { real: "moduloReal" },
};

/** The bits of what is no whole number: the reference takes it and does not say what comes of it. */
const notWhole = { real: null, decimal: null, timespan: null, datetime: null } as const;

/** By the type of the first argument; null where it is not evaluated for that type yet. */
const byFirstArgument: FirstVariants = {
  geoFromWkt: { dynamic: null },
  binaryAllAnd: notWhole,
  binaryAllOr: notWhole,
  binaryAllXor: notWhole,
  hashXxhash64: { bool: null, int: null, real: null, decimal: null, guid: null },
  tostring: { real: "tostringReal", dynamic: "tostringDynamic" },
  sum: { real: "sumReal", decimal: "sumDecimal", timespan: "sumTimespan", datetime: "sumDatetime" },
  sumif: { real: "sumifReal", decimal: "sumifDecimal", timespan: "sumifTimespan", datetime: "sumifDatetime" },
  avg: { decimal: "avgDecimal", timespan: "avgTimespan", datetime: "avgDatetime" },
  avgif: { decimal: "avgifDecimal", timespan: "avgifTimespan", datetime: "avgifDatetime" },
  makeList: { dynamic: "makeListWithNulls" },
  makeListIf: { dynamic: "makeListWithNullsIf" },
};

/** The export of `runtime/` that evaluates a function for arguments of these types; undefined where none does yet. */
export function runtimeFor(
  row: Pick<ScalarFunction | AggregateFunction, "run"> & Pick<ScalarFunction, "runsFrom" | "runsUpTo">,
  types: readonly ScalarType[],
): Export | undefined {
  if (row.run === undefined || types.length < (row.runsFrom ?? 0)) return undefined;
  if (types.length > (row.runsUpTo ?? types.length)) return undefined;
  const any = byAnyArgument[row.run];
  if (any !== undefined && !types.some((t) => t === "timespan" || t === "datetime" || t === "decimal")) {
    const type = types.find((t) => any[t] !== undefined);
    return (type && any[type]) ?? row.run;
  }
  const variant = byFirstArgument[row.run]?.[types[0] ?? "unknown"];
  return variant === null ? undefined : (variant ?? row.run);
}

/** Whether an argument becomes part of a dynamic value, where a real must stay apart from a long. */
export function isStored(
  row: Pick<ScalarFunction | AggregateFunction, "parameters" | "rest">,
  index: number,
  type: ScalarType,
  result: ScalarType,
): boolean {
  return type === "real" && result === "dynamic" && (row.parameters[index] ?? row.rest) === "any";
}

/** Functions that join texts: what is no string becomes one by the rules of its own type. */
export const joining: ReadonlySet<string> = new Set(["strcat", "strcat_delim", "reverse", "strrep"]);
