import type { Engine } from "../engine.ts";
import { limits } from "../limits.ts";
import { Options } from "../options.ts";
import { copyRows, fieldNames, put, type Row, type Table } from "../row.ts";
import type { NodeOf, Run } from "./run.ts";

/** Adds the rows of another search below. (Search Reference: append) */
export const runAppend: Run<"append"> = (command, input, engine) => {
  const added = subsearchRows(command, engine);
  return { rows: [...input.rows, ...added.rows], order: joinedOrder(input, added) };
};

/** Adds what the search makes of the rows that are there. (Search Reference: appendpipe) */
export const runAppendpipe: Run<"appendpipe"> = (command, input, engine) => {
  new Options("appendpipe", command.options, ["run_in_preview"]);
  const added = engine.continueWith(command.search, { rows: copyRows(input.rows), order: input.order });
  return { rows: [...input.rows, ...added.rows], order: joinedOrder(input, added) };
};

/** Adds the fields of another search, row by row. (Search Reference: appendcols) */
export const runAppendcols: Run<"appendcols"> = (command, input, engine) => {
  const options = new Options("appendcols", command.options, ["override", "maxtime", "maxout", "timeout"]);
  const added = subsearchRows({ ...command, options: [] }, engine);
  const override = options.flag("override", false);
  const rows: Row[] = [...input.rows];
  added.rows.forEach((from, i) => {
    const row = rows[i] ?? new Map();
    rows[i] = row;
    for (const [name, value] of from) if (override || !row.has(name)) put(row, name, value);
  });
  return { rows, order: joinedOrder(input, added) };
};

function subsearchRows(command: NodeOf<"append">, engine: Engine): Table {
  const options = new Options(command.kind, command.options, ["extendtimerange", "maxtime", "maxout", "timeout"]);
  const table = engine.run(command.search);
  const limit = options.whole("maxout", limits.append);
  if (table.rows.length <= limit) return table;
  engine.warn("SPL211", command, `${command.kind} takes the first ${limit} of ${table.rows.length} rows`);
  return { rows: table.rows.slice(0, limit), order: table.order };
}

/** Columns of both, those of the first one first. Without an own order of the first one there is none. */
export function joinedOrder(first: Table, second: Table): readonly string[] {
  if (first.order.length === 0) return [];
  return [...new Set([...fieldNames(first), ...fieldNames(second)])];
}
