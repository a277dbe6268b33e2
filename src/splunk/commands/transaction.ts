import type { TransactionEdge } from "../../spl/tree.ts";
import type { Engine } from "../engine.ts";
import { conditionOf } from "../eval/compile.ts";
import { Options } from "../options.ts";
import { SplProblem } from "../problem.ts";
import { putMulti, type Row } from "../row.ts";
import { compileSearch } from "../search/compile.ts";
import { timeOf } from "../stats/group.ts";
import { addUnits } from "../time/relative.ts";
import { parseSpan } from "../time/span.ts";
import { compareText, valuesOf } from "../value.ts";
import type { Run } from "./run.ts";

interface Open {
  readonly rows: Row[];
  newest: number;
  oldest: number;
  closed: boolean;
  /** Has met its end, and waits for its start. */
  ended: boolean;
}

/**
 * Joins events with the same values into transactions, bounded by spans, pauses and edges. Events come newest first, so a
 * transaction is built from its end. Events without one of the fields stand in no transaction. (Search Reference: transaction)
 */
export const runTransaction: Run<"transaction"> = (command, input, engine) => {
  const options = new Options("transaction", command.options, [
    "maxspan",
    "maxpause",
    "maxevents",
    "keepevicted",
    "mvlist",
    "keeporphans",
    "connected",
    "delim",
    "nullstr",
  ]);
  const maxSpan = seconds(options, "maxspan");
  const maxPause = seconds(options, "maxpause");
  const maxEvents = options.whole("maxevents", 1000);
  const keepEvicted = options.flag("keepevicted", false);
  const starts = edgeTest(engine, command.startswith);
  const ends = edgeTest(engine, command.endswith);
  const open = new Map<string, Open>();
  const done: Open[] = [];
  let isIncomplete = false;
  const finishAll = (key: string, closed: boolean): void => {
    const found = open.get(key);
    if (found === undefined) return;
    found.closed ||= closed;
    done.push(found);
    open.delete(key);
  };
  for (const row of input.rows) {
    const time = timeOf(row);
    const values = command.fields.map((name) => valuesOf(row.get(name)));
    if (time === null || values.some((v) => v.length === 0)) {
      isIncomplete = true;
      continue;
    }
    const key = JSON.stringify(values);
    const current = open.get(key);
    if (current !== undefined) {
      const tooLong = maxSpan !== null && current.newest - time > maxSpan;
      const tooFar = maxPause !== null && current.oldest - time > maxPause;
      if (tooLong || tooFar || current.rows.length >= maxEvents) finishAll(key, starts === null && ends === null);
      else if (ends?.(row) === true) finishAll(key, starts === null);
    }
    const isEnd = ends?.(row) === true;
    const target = open.get(key) ?? {
      rows: [],
      newest: time,
      oldest: time,
      closed: false,
      ended: ends === null || isEnd,
    };
    if (!open.has(key)) open.set(key, target);
    target.rows.push(row);
    target.oldest = time;
    if (starts?.(row) === true) finishAll(key, target.ended);
  }
  for (const key of [...open.keys()]) {
    const found = open.get(key);
    finishAll(key, starts === null && (ends === null || found?.ended === true));
  }
  if (isIncomplete) engine.warn("SPL212", command, "events without one of the fields stand in no transaction here");
  const kept = done.filter((t) => t.closed || keepEvicted).sort((a, b) => b.oldest - a.oldest);
  return { rows: kept.map((t) => merged(t, options.text("mvlist"))), order: [] };
};

function seconds(options: Options, name: string): number | null {
  const text = options.text(name);
  if (text === null || text === "-1") return null;
  const span = parseSpan(text);
  if (span === null) throw new SplProblem("SPL203", options.node(name), `\`${text}\` is no span of time`);
  return addUnits(0, span.count, span.unit, "UTC");
}

function edgeTest(engine: Engine, edge: TransactionEdge | null): ((row: Row) => boolean) | null {
  if (edge === null) return null;
  if (edge.kind === "search") return compileSearch(engine, edge.expr);
  const test = conditionOf(engine, edge.expr);
  return (row) => test(row) === true;
}

/** One row of several events: the distinct values of each field, `duration`, `eventcount`, and the time of the earliest. */
function merged(transaction: Open, mvlist: string | null): Row {
  const row: Row = new Map();
  const asList = (name: string): boolean =>
    mvlist !== null && (/^(?:t|true)$/i.test(mvlist) || mvlist.split(/[ ,]+/).includes(name));
  const inOrder = [...transaction.rows].reverse();
  for (const name of new Set(inOrder.flatMap((r) => [...r.keys()]))) {
    if (name === "_time") continue;
    const values = inOrder.flatMap((r) => valuesOf(r.get(name)));
    if (name === "_raw") row.set(name, values.join("\n"));
    else putMulti(row, name, asList(name) ? values : [...new Set(values)].sort(compareText));
  }
  row.set("_time", transaction.oldest);
  row.set("duration", Number((transaction.newest - transaction.oldest).toFixed(6)));
  row.set("eventcount", transaction.rows.length);
  row.set("closed_txn", transaction.closed ? 1 : 0);
  return row;
}
