import { Options } from "../options.ts";
import { fieldNames, putAll, type Row } from "../row.ts";
import { finish, groupRows, keysOf } from "../stats/group.ts";
import { prepareAll } from "../stats/prepare.ts";
import type { Value } from "../value.ts";
import type { Run } from "./run.ts";

/** Adds the aggregates of its group to each row; rows with a null by-field stay without. (Search Reference: eventstats) */
export const runEventstats: Run<"eventstats"> = (command, input, engine) => {
  const options = new Options("eventstats", command.options, ["allnum", "dedup_splitvals"]);
  const aggregates = prepareAll(engine, command.aggregations, fieldNames(input));
  const groups = groupRows(input.rows, command.by, aggregates, options.flag("dedup_splitvals", false));
  const results = new Map(groups.map((g) => [JSON.stringify(g.keys), finish(g, aggregates)] as const));
  const found = input.rows.map((row) => groupOf(row, command.by, results));
  const names = aggregates.map((a) => a.name);
  for (const [i, row] of input.rows.entries()) {
    const values = found[i];
    if (values !== undefined) putAll(row, names, values);
  }
  return input;
};

/** A row with several values in a by-field gets the aggregates of the first of its groups. */
function groupOf(
  row: Row,
  by: readonly string[],
  results: ReadonlyMap<string, readonly (Value | undefined)[]>,
): readonly (Value | undefined)[] | undefined {
  const [keys] = keysOf(
    by.map((name) => row.get(name)),
    true,
  );
  return keys === undefined ? undefined : results.get(JSON.stringify(keys));
}
