import type { AggregateFunction } from "../row.ts";
import { named, whole } from "./parameters.ts";

const collection = (
  row: Pick<AggregateFunction, "name" | "prefix"> & Partial<AggregateFunction>,
): AggregateFunction => ({
  parameters: ["any", whole],
  optional: 1,
  constants: [1],
  returns: "dynamic",
  page: `${row.name.replaceAll("_", "-")}-aggregate-function`,
  ...row,
});
const conditional = { parameters: ["any", "bool", whole], constants: [2] } as const;

/** Values of a group in an array, or bags in one bag. */
export const collections: readonly AggregateFunction[] = [
  collection({ name: "make_list", prefix: "list", run: "makeList" }),
  collection({ name: "make_list_if", prefix: "list", ...conditional, run: "makeListIf" }),
  named({
    name: "make_list_with_nulls",
    parameters: ["any"],
    returns: "dynamic",
    prefix: "list",
    run: "makeListWithNulls",
  }),
  collection({ name: "make_set", prefix: "set", run: "makeSet" }),
  collection({ name: "make_set_if", prefix: "set", ...conditional, run: "makeSetIf" }),
  collection({ name: "make_bag", prefix: "bag", parameters: ["dynamic", whole], run: "makeBag" }),
  collection({
    name: "make_bag_if",
    prefix: "bag",
    parameters: ["dynamic", "bool", whole],
    constants: [2],
    run: "makeBagIf",
  }),
  named({
    name: "buildschema",
    parameters: ["dynamic"],
    returns: "dynamic",
    prefix: "schema",
    run: "buildschema",
  }),
];
