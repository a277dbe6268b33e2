import { conditionOf } from "../eval/compile.ts";
import { Options } from "../options.ts";
import type { Row } from "../row.ts";
import type { Run } from "./run.ts";

/** The first rows. (Search Reference: head) */
export const runHead: Run<"head"> = ({ limit }, { rows, order }) => ({ rows: rows.slice(0, limit), order });

/** The last rows, the last one first. (Search Reference: tail) */
export const runTail: Run<"tail"> = ({ limit }, { rows, order }) => ({
  rows: limit === 0 ? [] : rows.slice(-limit).reverse(),
  order,
});

/** Rows as long as a condition holds. (Search Reference: head) */
export const runHeadWhile: Run<"headwhile"> = (command, { rows, order }, engine) => {
  const options = new Options("head", command.options, ["limit", "null", "keeplast"]);
  const test = conditionOf(engine, command.condition);
  const kept: Row[] = [];
  for (const row of rows) {
    const result = test(row) ?? options.flag("null", false);
    if (result || options.flag("keeplast", false)) kept.push(row);
    if (!result) break;
  }
  return { rows: options.has("limit") ? kept.slice(0, options.whole("limit", 0)) : kept, order };
};
