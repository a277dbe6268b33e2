import type { ScalarType } from "../../types/scalar-type.ts";
import type { AggregateFunction } from "../row.ts";
import { named, whole } from "./parameters.ts";

const result = ([type = "unknown"]: readonly ScalarType[]): ScalarType =>
  type === "int" ? "long" : type === "decimal" ? "real" : type;

/** The values, weights with a `w`, and ranks, which are constants from 0 to 100. */
const percentile = (
  row: Pick<AggregateFunction, "name" | "parameters" | "constants" | "run"> & Partial<AggregateFunction>,
): AggregateFunction =>
  named({ returns: result, prefix: "percentile", page: "percentiles-aggregate-function", ...row });
const ranks = ["int", "long", "real", "decimal", "dynamic"] as const;

export const percentiles: readonly AggregateFunction[] = [
  percentile({
    name: "percentile",
    parameters: ["any", "number"],
    constants: [1],
    results: "ranks",
    run: "percentile",
  }),
  percentile({
    name: "percentiles",
    parameters: ["any", "number"],
    rest: "number",
    constants: [1],
    results: "ranks",
    run: "percentile",
  }),
  percentile({
    name: "percentiles_array",
    parameters: ["any", ranks],
    rest: "number",
    constants: [1],
    returns: "dynamic",
    prefix: "percentiles",
    run: "percentilesArray",
  }),
  percentile({
    name: "percentilew",
    parameters: ["any", whole, "number"],
    constants: [2],
    results: "ranks",
    run: "percentilew",
  }),
  percentile({
    name: "percentilesw",
    parameters: ["any", whole, "number"],
    rest: "number",
    constants: [2],
    results: "ranks",
    run: "percentilew",
  }),
  percentile({
    name: "percentilesw_array",
    parameters: ["any", whole, ranks],
    rest: "number",
    constants: [2],
    returns: "dynamic",
    prefix: "percentiles",
    run: "percentileswArray",
  }),
];
