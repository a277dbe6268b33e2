import { Options } from "../options.ts";
import { valuesOf } from "../value.ts";
import { rowOrder } from "./compare-values.ts";
import type { Run } from "./run.ts";

/**
 * Keeps the first rows of each combination of values; rows without one of the fields go unless `keepempty`. Several values
 * of a field count as one combination. (Search Reference: dedup)
 */
export const runDedup: Run<"dedup"> = (command, { rows, order }) => {
  const options = new Options("dedup", command.options, ["keepevents", "keepempty", "consecutive"]);
  const keepEvents = options.flag("keepevents", false);
  const keepEmpty = options.flag("keepempty", false);
  const consecutive = options.flag("consecutive", false);
  const count = command.count ?? 1;
  const sorted = command.sortby === undefined ? rows : rows.sort(rowOrder(command.sortby));
  const seen = new Map<string, number>();
  let last: string | null = null;
  const kept = sorted.filter((row) => {
    const values = command.fields.map((name) => row.get(name));
    if (values.includes(undefined)) {
      last = null;
      return keepEmpty;
    }
    const key = JSON.stringify(values.map(valuesOf));
    if (consecutive && key !== last) seen.clear();
    last = key;
    const times = (seen.get(key) ?? 0) + 1;
    seen.set(key, times);
    if (times <= count) return true;
    if (keepEvents) for (const name of command.fields) row.delete(name);
    return keepEvents;
  });
  return { rows: kept, order };
};
