import type { Engine } from "../engine.ts";
import { limits } from "../limits.ts";
import { Options } from "../options.ts";
import { isInternal, type Row } from "../row.ts";
import { valuesOf } from "../value.ts";
import { joinedOrder } from "./append.ts";
import type { NodeOf, Run } from "./run.ts";

/**
 * Adds the fields of rows of a subsearch that have the same values, compared with case; without `max=0` only of the first such row. Null
 * never matches. Same-named fields are overwritten, unless `overwrite=false`. (Search Reference: join)
 */
export const runJoin: Run<"join"> = (command, input, engine) => {
  const options = new Options("join", command.options, ["type", "max", "overwrite", "usetime", "earlier"]);
  const type = options.oneOf("type", ["inner", "left", "outer"], "inner");
  const max = options.whole("max", 1);
  const overwrite = options.flag("overwrite", true);
  if (options.flag("usetime", false)) engine.warn("SPL212", options.node("usetime"), "usetime is passed over");
  const right = rightRows(command, engine);
  const keys = command.fields.length > 0 ? command.fields : commonFields(input.rows, right.rows);
  const index = new Map<string, Row[]>();
  for (const row of right.rows) {
    for (const key of keysOf(row, keys)) {
      const list = index.get(key) ?? [];
      list.push(row);
      index.set(key, list);
    }
  }
  let dropped = false;
  const rows = input.rows.flatMap((row) => {
    const found = [...new Set(keysOf(row, keys).flatMap((key) => index.get(key) ?? []))];
    if (found.length === 0) return type === "inner" ? [] : [row];
    if (max > 0 && found.length > max) dropped = true;
    return (max === 0 ? found : found.slice(0, max)).map((other) => {
      const joined: Row = new Map(row);
      for (const [name, value] of other)
        if ((overwrite && !isInternal(name)) || !joined.has(name)) joined.set(name, value);
      // A key is equal on both sides, but the left one may have more values.
      for (const name of keys) joined.set(name, row.get(name) ?? "");
      return joined;
    });
  });
  if (dropped && !options.has("max"))
    engine.warn("SPL211", command, "join takes one row of several that match; `max=0` takes all");
  return { rows, order: joinedOrder(input, right) };
};

function rightRows(command: NodeOf<"join">, engine: Engine): ReturnType<Engine["run"]> {
  const table = engine.run(command.search);
  if (table.rows.length <= limits.join) return table;
  engine.warn("SPL211", command, `join takes the first ${limits.join} of ${table.rows.length} rows of its subsearch`);
  return { rows: table.rows.slice(0, limits.join), order: table.order };
}

function keysOf(row: Row, fields: readonly string[]): readonly string[] {
  let keys: readonly (readonly string[])[] = [[]];
  for (const field of fields) {
    const values = valuesOf(row.get(field));
    keys = keys.flatMap((key) => values.map((value) => [...key, value]));
  }
  return keys.map((key) => JSON.stringify(key));
}

/** Without a list the fields that both sides have. */
function commonFields(left: readonly Row[], right: readonly Row[]): readonly string[] {
  const names = (rows: readonly Row[]): Set<string> => new Set(rows.flatMap((row) => [...row.keys()]));
  const rights = names(right);
  return [...names(left)].filter((name) => rights.has(name) && !isInternal(name));
}
