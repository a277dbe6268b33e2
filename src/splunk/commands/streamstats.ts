import type { Engine } from "../engine.ts";
import { conditionOf } from "../eval/compile.ts";
import { limits } from "../limits.ts";
import { Options } from "../options.ts";
import { SplProblem } from "../problem.ts";
import { fieldNames, putAll, type Row } from "../row.ts";
import { add, finish, type Group, keysOf, timeOf } from "../stats/group.ts";
import { type Prepared, prepareAll } from "../stats/prepare.ts";
import { type Running, runningOf } from "../stats/running.ts";
import { addUnits } from "../time/relative.ts";
import { parseSpan } from "../time/span.ts";
import type { Value } from "../value.ts";
import type { Run } from "./run.ts";

const known = [
  "current",
  "window",
  "global",
  "allnum",
  "reset_on_change",
  "reset_before",
  "reset_after",
  "time_window",
] as const;

/**
 * Adds running aggregates, in the order of the rows: of all rows so far, or of a window of rows or time. (Search Reference: streamstats)
 */
export const runStreamstats: Run<"streamstats"> = (command, input, engine) => {
  const options = new Options("streamstats", command.options, known);
  const aggregates = prepareAll(engine, command.aggregations, fieldNames(input));
  const names = aggregates.map((a) => a.name);
  const before = resetTest(engine, options, "reset_before");
  const after = resetTest(engine, options, "reset_after");
  const onChange = options.flag("reset_on_change", false);
  const current = options.flag("current", true);
  const start = (): Stream => (isWindowed(options) ? windowed(engine, options, aggregates) : total(aggregates));
  let stream = start();
  let last: string | undefined;
  // Aggregates see the rows as they came in, so results are set when all are known.
  const results: (readonly (Value | undefined)[])[] = [];
  for (const row of input.rows) {
    const [keys] = keysOf(
      command.by.map((name) => row.get(name)),
      true,
    );
    const key = keys === undefined ? null : JSON.stringify(keys);
    if (before?.(row) === true || (onChange && last !== undefined && key !== null && key !== last)) stream = start();
    if (key === null) results.push([]);
    else {
      last = key;
      if (current) stream.add(row, key);
      results.push(stream.values(row, key));
      if (!current) stream.add(row, key);
    }
    if (after?.(row) === true) stream = start();
  }
  for (const [i, row] of input.rows.entries())
    if (results[i]?.length === names.length) putAll(row, names, results[i] ?? []);
  return input;
};

/** Rows as they go by, and the aggregates of those that count for one. */
interface Stream {
  add(row: Row, key: string): void;
  values(row: Row, key: string): readonly (Value | undefined)[];
}

/** All rows of a group so far. */
function total(aggregates: readonly Prepared[]): Stream {
  const groups = new Map<string, readonly Running[]>();
  const of = (key: string): readonly Running[] => {
    const found = groups.get(key) ?? aggregates.map(runningOf);
    groups.set(key, found);
    return found;
  };
  return {
    add: (row, key) => {
      const time = timeOf(row);
      for (const [i, running] of of(key).entries()) {
        const value = aggregates[i]?.valueOf(row);
        running.add(value === undefined ? undefined : { value, time });
      }
    },
    values: (_, key) => of(key).map((running) => running.value()),
  };
}

function isWindowed(options: Options): boolean {
  return options.whole("window", 0) > 0 || options.has("time_window");
}

/** The last rows, of all groups together (`global`) or of the row's own; or those within a span of time. */
function windowed(engine: Engine, options: Options, aggregates: readonly Prepared[]): Stream {
  const window = options.whole("window", 0);
  if (window > limits.window) {
    throw new SplProblem("SPL203", options.node("window"), `a window has ${limits.window} rows at most`);
  }
  const span = timeWindow(options);
  const isGlobal = options.flag("global", true) && window > 0;
  const kept = new Map<string, { readonly row: Row; readonly key: string }[]>();
  const of = (key: string): { readonly row: Row; readonly key: string }[] => {
    const id = isGlobal ? "" : key;
    const found = kept.get(id) ?? [];
    kept.set(id, found);
    return found;
  };
  return {
    add: (row, key) => {
      const rows = of(key);
      rows.push({ row, key });
      if (window > 0 && rows.length > window) rows.shift();
    },
    values: (row, key) => {
      const group: Group = { keys: [], rows: 0, items: aggregates.map(() => []) };
      for (const seen of of(key)) {
        if (seen.key === key && (span === null || within(engine, row, seen.row, span)))
          add(group, seen.row, aggregates);
      }
      return finish(group, aggregates);
    },
  };
}

function resetTest(engine: Engine, options: Options, name: string): ((row: Row) => boolean | null) | null {
  const text = options.text(name);
  if (text === null) return null;
  const [command] = engine.parse(`| where ${text.replace(/^\(([\s\S]*)\)$/, "$1")}`).commands;
  if (command?.kind !== "where") throw new SplProblem("SPL203", options.node(name), `\`${name}\` needs a condition`);
  return conditionOf(engine, command.expr);
}

function timeWindow(options: Options): ReturnType<typeof parseSpan> {
  const text = options.text("time_window");
  if (text === null) return null;
  const span = parseSpan(text);
  if (span === null) throw new SplProblem("SPL203", options.node("time_window"), `\`${text}\` is no span of time`);
  return span;
}

/** Whether a row is no further from the current one than the window is wide; events may run either way. */
function within(engine: Engine, current: Row, row: Row, span: NonNullable<ReturnType<typeof parseSpan>>): boolean {
  const a = timeOf(current);
  const b = timeOf(row);
  if (a === null || b === null) return false;
  const width = addUnits(a, span.count, span.unit, engine.timeZone) - a;
  return Math.abs(a - b) < width;
}
