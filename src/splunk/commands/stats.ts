import { Options } from "../options.ts";
import { fieldNames, putAll, type Row } from "../row.ts";
import { finish, groupRows, keyValues } from "../stats/group.ts";
import { prepareAll } from "../stats/prepare.ts";
import type { Run } from "./run.ts";

/**
 * Aggregates rows by the values of fields; nothing else of the rows stays, rows with a null by-field do not count.
 * (Search Reference: stats)
 */
export const runStats: Run<"stats"> = (command, input, engine) => {
  const options = new Options("stats", command.options, ["allnum", "delim", "partitions", "dedup_splitvals"]);
  if (options.flag("allnum", false)) {
    engine.warn(
      "SPL212",
      options.node("allnum"),
      "allnum is passed over: values that are no numbers do not count here",
    );
  }
  const aggregates = prepareAll(engine, command.aggregations, fieldNames(input));
  const groups = groupRows(input.rows, command.by, aggregates, options.flag("dedup_splitvals", false));
  const names = aggregates.map((a) => a.name);
  const rows = groups.map((group) => {
    const row: Row = new Map();
    putAll(row, command.by, keyValues(command.by, group));
    putAll(row, names, finish(group, aggregates));
    return row;
  });
  return { rows, order: [...command.by, ...names] };
};
