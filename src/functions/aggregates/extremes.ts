import type { AggregateFunction } from "../row.ts";
import { named, orderable } from "./parameters.ts";

/** The least and the greatest, rows that have it, and any row. */
export const extremes: readonly AggregateFunction[] = [
  named({ name: "min", parameters: [orderable], returns: { sameAs: 0 }, run: "min" }),
  named({ name: "minif", parameters: [orderable, "bool"], returns: { sameAs: 0 }, run: "minif" }),
  named({ name: "max", parameters: [orderable], returns: { sameAs: 0 }, run: "max" }),
  named({ name: "maxif", parameters: [orderable, "bool"], returns: { sameAs: 0 }, run: "maxif" }),
  named({
    name: "arg_max",
    parameters: [orderable],
    rest: "any",
    returns: { sameAs: 0 },
    prefix: "max",
    results: "arguments",
    run: "argMax",
  }),
  named({
    name: "arg_min",
    parameters: [orderable],
    rest: "any",
    returns: { sameAs: 0 },
    prefix: "min",
    results: "arguments",
    run: "argMin",
  }),
  named({
    name: "take_any",
    parameters: ["any"],
    rest: "any",
    returns: { sameAs: 0 },
    prefix: "any",
    naming: "argument",
    results: "arguments",
    run: "takeAny",
  }),
  named({
    name: "take_anyif",
    parameters: ["any", "bool"],
    returns: { sameAs: 0 },
    prefix: "anyif",
    naming: "argument",
    run: "takeAnyif",
  }),
];
