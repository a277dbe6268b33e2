import { aggregates } from "./aggregates.ts";
import { conversions } from "./conversions.ts";
import { dates } from "./dates.ts";
import { dynamics } from "./dynamics.ts";
import { fieldTransforms } from "./fields.ts";
import { numbers } from "./numbers.ts";
import { operators } from "./operators.ts";
import type { AggregateFunction, ScalarFunction } from "./row.ts";
import { strings } from "./strings.ts";

export type { AggregateFunction, ParameterType, ResultType, ScalarFunction, SplArguments, SplForm } from "./row.ts";

/** Other names of a function; the plan holds the first name alone. */
const synonyms: Readonly<Record<string, string>> = {
  todouble: "toreal",
  toboolean: "tobool",
  todynamic: "parse_json",
  parsejson: "parse_json",
  toobject: "parse_json",
  iif: "iff",
  floor: "bin",
  notempty: "isnotempty",
  notnull: "isnotnull",
  pack: "bag_pack",
  pack_dictionary: "bag_pack",
  extractall: "extract_all",
  weekofyear: "week_of_year",
  makeset: "make_set",
  makelist: "make_list",
  any: "take_any",
  argmax: "arg_max",
  argmin: "arg_min",
};

const scalars: ReadonlyMap<string, ScalarFunction> = new Map(
  [...operators, ...strings, ...conversions, ...dynamics, ...dates, ...numbers, ...fieldTransforms].map((f) => [
    f.name,
    f,
  ]),
);
const aggregateRows: ReadonlyMap<string, AggregateFunction> = new Map(aggregates.map((f) => [f.name, f]));

/** The row of a scalar function or operator by any of its names. */
export function scalarFunction(name: string): ScalarFunction | undefined {
  return scalars.get(name) ?? scalars.get(synonyms[name] ?? "");
}

export function aggregateFunction(name: string): AggregateFunction | undefined {
  return aggregateRows.get(name) ?? aggregateRows.get(synonyms[name] ?? "");
}

/** All names that a query may use, for suggestions. */
export function functionNames(): readonly string[] {
  return [...scalars.keys(), ...aggregateRows.keys(), ...Object.keys(synonyms)].filter((n) => /^[a-z]/.test(n));
}
