import { limits } from "../limits.ts";
import { rowOrder } from "./compare-values.ts";
import type { Run } from "./run.ts";

/** Sorts; without a number only the first ten thousand rows come out. (Search Reference: sort) */
export const runSort: Run<"sort"> = (command, { rows, order }, engine) => {
  const sorted = rows.sort(rowOrder(command.keys));
  const limit = command.limit ?? limits.sort;
  if (command.limit === null && sorted.length > limit) {
    engine.warn("SPL211", command, `sort keeps the first ${limit} of ${sorted.length} rows; \`sort 0\` keeps all`);
  }
  return { rows: limit === 0 ? sorted : sorted.slice(0, limit), order };
};
