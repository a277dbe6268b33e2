import { conditionOf } from "../eval/compile.ts";
import type { Run } from "./run.ts";

/** Keeps the rows for which a condition is true; null is not. (Search Reference: where) */
export const runWhere: Run<"where"> = ({ expr }, { rows, order }, engine) => {
  const test = conditionOf(engine, expr);
  return { rows: rows.filter((row) => test(row) === true), order };
};
