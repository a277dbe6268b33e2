import { collections } from "./aggregates/collections.ts";
import { counts } from "./aggregates/counts.ts";
import { extremes } from "./aggregates/extremes.ts";
import { percentiles } from "./aggregates/percentiles.ts";
import { sketches } from "./aggregates/sketches.ts";
import { spreads } from "./aggregates/spreads.ts";
import { sums } from "./aggregates/sums.ts";
import type { AggregateFunction } from "./row.ts";

export { aggregateSynonyms, type Synonym } from "./aggregates/synonyms.ts";

/** Aggregates of `summarize`, by family. Nulls do not count, but for `count()`. (aggregation-functions) */
export const aggregates: readonly AggregateFunction[] = [
  ...counts,
  ...sums,
  ...extremes,
  ...collections,
  ...spreads,
  ...percentiles,
  ...sketches,
];
