import type { ScalarType } from "../types/scalar-type.ts";
import type { AggregateFunction, ParameterType } from "./row.ts";

const summable: ParameterType = ["int", "long", "real", "decimal", "timespan", "dynamic"];
const total = (t: readonly ScalarType[]): ScalarType =>
  t[0] === "int" || t[0] === "dynamic" ? "long" : (t[0] ?? "unknown");
const mean = (t: readonly ScalarType[]): ScalarType =>
  t[0] === "timespan" || t[0] === "datetime" || t[0] === "decimal" ? t[0] : "real";
const spread = (name: string, run: NonNullable<AggregateFunction["run"]>): AggregateFunction => ({
  name,
  parameters: ["number"],
  returns: "real",
  prefix: name,
  run,
  page: `${name}-aggregate-function`,
});

/** Aggregates of `summarize`. Nulls do not count, but for `count()`. */
export const aggregates: readonly AggregateFunction[] = [
  { name: "count", parameters: ["any"], optional: 1, returns: "long", prefix: "count", run: "count", page: "count-aggregate-function" },
  { name: "countif", parameters: ["bool"], returns: "long", prefix: "countif", run: "countif", page: "countif-aggregate-function" },
  { name: "dcount", parameters: ["any", "long"], optional: 1, constants: [1], returns: "long", prefix: "dcount", run: "dcount", page: "dcount-aggregate-function" },
  { name: "dcountif", parameters: ["any", "bool", "long"], optional: 1, constants: [2], returns: "long", prefix: "dcountif", run: "dcountif", page: "dcountif-aggregate-function" },
  { name: "count_distinct", parameters: ["any"], returns: "long", prefix: "count_distinct", run: "countDistinct", page: "count-distinct-aggregate-function" },
  { name: "count_distinctif", parameters: ["any", "bool"], returns: "long", prefix: "count_distinctif", run: "dcountif", page: "count-distinctif-aggregate-function" },
  { name: "sum", parameters: [summable], returns: total, prefix: "sum", run: "sum", page: "sum-aggregate-function" },
  { name: "sumif", parameters: [summable, "bool"], returns: total, prefix: "sumif", run: "sumif", page: "sumif-aggregate-function" },
  { name: "avg", parameters: [[...summable, "datetime"]], returns: mean, prefix: "avg", run: "avg", page: "avg-aggregate-function" },
  { name: "avgif", parameters: [[...summable, "datetime"], "bool"], returns: mean, prefix: "avgif", run: "avgif", page: "avgif-aggregate-function" },
  { name: "min", parameters: ["any"], returns: { sameAs: 0 }, prefix: "min", run: "min", page: "min-aggregate-function" },
  { name: "minif", parameters: ["any", "bool"], returns: { sameAs: 0 }, prefix: "minif", run: "minif", page: "minif-aggregate-function" },
  { name: "max", parameters: ["any"], returns: { sameAs: 0 }, prefix: "max", run: "max", page: "max-aggregate-function" },
  { name: "maxif", parameters: ["any", "bool"], returns: { sameAs: 0 }, prefix: "maxif", run: "maxif", page: "maxif-aggregate-function" },
  { name: "make_set", parameters: ["any", "long"], optional: 1, constants: [1], returns: "dynamic", prefix: "set", run: "makeSet", page: "make-set-aggregate-function" },
  { name: "make_set_if", parameters: ["any", "bool", "long"], optional: 1, constants: [2], returns: "dynamic", prefix: "set", run: "makeSetIf", page: "make-set-if-aggregate-function" },
  { name: "make_list", parameters: ["any", "long"], optional: 1, constants: [1], returns: "dynamic", prefix: "list", run: "makeList", page: "make-list-aggregate-function" },
  { name: "make_list_if", parameters: ["any", "bool", "long"], optional: 1, constants: [2], returns: "dynamic", prefix: "list", run: "makeListIf", page: "make-list-if-aggregate-function" },
  { name: "make_bag", parameters: ["dynamic", "long"], optional: 1, constants: [1], returns: "dynamic", prefix: "bag", run: "makeBag", page: "make-bag-aggregate-function" },
  { name: "take_any", parameters: ["any"], returns: { sameAs: 0 }, prefix: "", run: "takeAny", page: "take-any-aggregate-function" },
  { name: "arg_max", parameters: ["any"], rest: "any", returns: { sameAs: 0 }, prefix: "max", run: "argMax", page: "arg-max-aggregate-function" },
  { name: "arg_min", parameters: ["any"], rest: "any", returns: { sameAs: 0 }, prefix: "min", run: "argMin", page: "arg-min-aggregate-function" },
  spread("stdev", "stdev"),
  spread("stdevp", "stdevp"),
  spread("variance", "variance"),
  spread("variancep", "variancep"),
  { name: "percentile", parameters: ["any", "number"], constants: [1], returns: { sameAs: 0 }, prefix: "percentile", run: "percentile", page: "percentiles-aggregate-function" },
  { name: "percentiles", parameters: ["any", "number"], rest: "number", constants: [1], returns: { sameAs: 0 }, prefix: "percentile", run: "percentile", page: "percentiles-aggregate-function" },
  { name: "binary_all_and", parameters: ["long"], returns: "long", prefix: "binary_all_and", run: "binaryAllAnd", page: "binary-all-and-aggregate-function" },
  { name: "binary_all_or", parameters: ["long"], returns: "long", prefix: "binary_all_or", run: "binaryAllOr", page: "binary-all-or-aggregate-function" },
  { name: "binary_all_xor", parameters: ["long"], returns: "long", prefix: "binary_all_xor", run: "binaryAllXor", page: "binary-all-xor-aggregate-function" },
];
