import { limits } from "../limits.ts";
import { lookupTable } from "../lookups.ts";
import { Options } from "../options.ts";
import { SplProblem } from "../problem.ts";
import { copyRows, putMulti, type Row } from "../row.ts";
import { compileSearch } from "../search/compile.ts";
import { valuesOf } from "../value.ts";
import type { Run } from "./run.ts";

/**
 * Adds fields of the rows of a table whose match fields have the same values, compared with case; several rows give multivalue
 * fields. Without OUTPUT all other fields are taken. (Search Reference: lookup)
 */
export const runLookup: Run<"lookup"> = (command, input, engine) => {
  new Options("lookup", command.options, ["local", "update", "event_time_field"]);
  const table = lookupTable(engine, command, command.table);
  const match = command.match.map(({ field, as }) => ({ from: field, to: as ?? field }));
  if (match.length === 0) throw new SplProblem("SPL203", command, "lookup needs a field to match");
  const columns = new Set(table.flatMap((row) => [...row.keys()]));
  const output =
    command.output?.fields.map(({ field, as }) => ({ from: field, to: as ?? field })) ??
    [...columns].filter((c) => !match.some((m) => m.from === c)).map((c) => ({ from: c, to: c }));
  const onlyNew = command.output?.keyword === "OUTPUTNEW";
  const index = new Map<string, Row[]>();
  for (const row of table) {
    const key = JSON.stringify(match.map((m) => valuesOf(row.get(m.from))[0] ?? null));
    const list = index.get(key) ?? [];
    list.push(row);
    index.set(key, list);
  }
  for (const row of input.rows) {
    if (onlyNew && output.some((o) => row.has(o.to))) continue;
    const found = keysOf(match.map((m) => valuesOf(row.get(m.to)))).flatMap((key) => index.get(key) ?? []);
    if (found.length === 0) continue;
    if (found.length > limits.matches) engine.warn("SPL211", command, `lookup takes ${limits.matches} matches at most`);
    for (const { from, to } of output)
      putMulti(
        row,
        to,
        found.slice(0, limits.matches).flatMap((r) => valuesOf(r.get(from))),
      );
  }
  return input;
};

function keysOf(values: readonly (readonly string[])[]): readonly string[] {
  let keys: readonly (readonly string[])[] = [[]];
  for (const list of values) keys = keys.flatMap((key) => list.map((value) => [...key, value]));
  return keys.map((key) => JSON.stringify(key));
}

/** The rows of a table. (Search Reference: inputlookup) */
export const runInputlookup: Run<"inputlookup"> = (command, input, engine) => {
  const options = new Options("inputlookup", command.options, ["append", "start", "max", "strict"]);
  const start = options.whole("start", 0);
  const test = command.where === null ? () => true : compileSearch(engine, command.where);
  const rows = copyRows(lookupTable(engine, command, command.table).slice(start)).filter(test);
  const kept = options.has("max") ? rows.slice(0, options.whole("max", 0)) : rows;
  return {
    rows: options.flag("append", false) ? [...input.rows, ...kept] : kept,
    order: options.flag("append", false) ? input.order : [],
  };
};

/** Would write a table; here the rows only pass. (Search Reference: outputlookup) */
export const runOutputlookup: Run<"outputlookup"> = (command, input, engine) => {
  engine.warn("SPL212", command, `the lookup \`${command.table}\` is not written: a run has no effect outside`);
  return input;
};
