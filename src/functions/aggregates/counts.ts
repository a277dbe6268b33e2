import type { AggregateFunction } from "../row.ts";
import { named, notDynamic, whole } from "./parameters.ts";

/** How many rows, and how many different values. */
export const counts: readonly AggregateFunction[] = [
  named({ name: "count", parameters: ["any"], optional: 1, returns: "long", run: "count" }),
  named({ name: "countif", parameters: ["bool"], returns: "long", run: "countif" }),
  named({
    name: "dcount",
    parameters: ["any", whole],
    optional: 1,
    constants: [1],
    returns: "long",
    run: "dcount",
  }),
  named({
    name: "dcountif",
    parameters: ["any", "bool", whole],
    optional: 1,
    constants: [2],
    returns: "long",
    run: "dcountif",
  }),
  named({ name: "count_distinct", parameters: [notDynamic], returns: "long", run: "countDistinct" }),
  named({ name: "count_distinctif", parameters: [notDynamic, "bool"], returns: "long", run: "countDistinctif" }),
];
