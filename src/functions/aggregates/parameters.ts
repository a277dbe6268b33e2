import type { ScalarType } from "../../types/scalar-type.ts";
import type { AggregateFunction, ParameterType } from "../row.ts";

// Unlike those of scalar functions, the parameters of aggregates take no dynamic value unless they say so.

export const whole: ParameterType = ["int", "long"];
export const summable: ParameterType = ["int", "long", "real", "decimal", "timespan", "datetime"];
export const averageable = summable;
/** What has a least and a greatest value. */
export const orderable: ParameterType = ["bool", "int", "long", "real", "decimal", "string", "timespan", "datetime"];
export const notDynamic: ParameterType = [
  "bool",
  "int",
  "long",
  "real",
  "decimal",
  "string",
  "timespan",
  "datetime",
  "guid",
];
/** What sketches of distinct values take. */
export const hashable: ParameterType = ["int", "long", "decimal", "string", "timespan", "datetime", "guid", "dynamic"];

/** Whole numbers add up to a long, all else keeps its type. */
export const total = (types: readonly ScalarType[]): ScalarType =>
  types[0] === "int" ? "long" : (types[0] ?? "unknown");
export const mean = (types: readonly ScalarType[]): ScalarType => {
  const [type] = types;
  return type === "timespan" || type === "datetime" || type === "decimal" ? type : "real";
};

/** An aggregate whose name is the start of its results' names too, as most are. */
export function named(
  row: Omit<AggregateFunction, "prefix" | "page"> & Partial<Pick<AggregateFunction, "prefix" | "page">>,
): AggregateFunction {
  return { prefix: row.name, page: `${row.name.replaceAll("_", "-")}-aggregate-function`, ...row };
}
