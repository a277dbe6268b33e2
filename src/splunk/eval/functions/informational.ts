import { SplProblem } from "../../problem.ts";
import { type EvalValue, isMulti, isNumeral, looksNumeric } from "../../value.ts";
import { condition, type EvalFunction, many, ofValues } from "../function.ts";

/** Informational functions. (Search Reference) */
export const informationalFunctions: Readonly<Record<string, EvalFunction>> = {
  isnull: condition(ofValues(1, 1, ([v = null]) => v === null)),
  isnotnull: condition(ofValues(1, 1, ([v = null]) => v !== null)),
  isnum: condition(ofValues(1, 1, ([v = null]) => isNumber(v))),
  isint: condition(ofValues(1, 1, ([v = null]) => isNumber(v) && Number.isInteger(isNumeral(v) ? v.value : v))),
  isstr: condition(ofValues(1, 1, ([v = null]) => typeof v === "string" || isMulti(v))),
  isbool: condition(ofValues(1, 1, ([v = null]) => typeof v === "boolean")),
  ismv: condition(ofValues(1, 1, ([v = null]) => isMulti(v))),
  typeof: ofValues(1, 1, ([v = null]) => typeName(v)),
  getfields: unsupported("the fields of a row as JSON"),
  cluster: unsupported("likeness of texts"),
};

function isNumber(value: EvalValue): boolean {
  return typeof value === "number" || isNumeral(value);
}

function typeName(value: EvalValue): string {
  if (value === null) return "Invalid";
  if (typeof value === "boolean") return "Boolean";
  if (isMulti(value)) return value.every(looksNumeric) ? "Number" : "String";
  return isNumber(value) ? "Number" : "String";
}

/** A function that is known, but not here. */
export function unsupported(what: string): EvalFunction {
  return {
    min: 0,
    max: many,
    make: ({ call }) => {
      throw new SplProblem("SPL202", call, `the eval function \`${call.name}\` (${what}) is not run here`);
    },
  };
}
