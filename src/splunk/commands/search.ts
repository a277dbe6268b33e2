import type { SearchExpr } from "../../spl/tree.ts";
import type { Engine } from "../engine.ts";
import { copyRows, type Table } from "../row.ts";
import { compileSearch, type Fields } from "../search/compile.ts";
import { inRange, timeRangeOf, withoutTimeModifiers } from "../search/time-range.ts";
import type { Run } from "./run.ts";

/** Keeps the rows that meet an expression. (Search Reference: search) */
export const runSearch: Run<"search"> = ({ expr }, { rows, order }, engine) => {
  const test = compileSearch(engine, expr);
  return { rows: rows.filter(test), order };
};

/** An event without an index lies in Splunk's default one. */
const eventFields: Fields = (name) => (name === "index" ? (row) => row.get("index") ?? "main" : (row) => row.get(name));

/** Fields that every event of Splunk has, or that its configuration gives; events from elsewhere may lack them. */
const selecting = new Set(["source", "sourcetype", "host", "eventtype", "tag"]);

function warnOfMissing(expr: SearchExpr, engine: Engine): void {
  if (expr.kind === "and" || expr.kind === "or") for (const o of expr.operands) warnOfMissing(o, engine);
  if ((expr.kind !== "compare" && expr.kind !== "in") || !selecting.has(expr.field) || engine.events.length === 0)
    return;
  if (!engine.events.some((row) => row.has(expr.field))) {
    engine.warn("SPL213", expr, `no event has the field \`${expr.field}\`, so this selects none`);
  }
}

/** The first command of a search: events in a time range, newest first. (Search Manual: "Search with Splunk") */
export function runBaseSearch(expr: SearchExpr, engine: Engine): Table {
  const range = timeRangeOf(engine, expr);
  warnOfMissing(expr, engine);
  const test = compileSearch(engine, withoutTimeModifiers(engine, expr), eventFields);
  return { rows: copyRows(engine.events.filter((row) => inRange(range, row) && test(row))), order: [] };
}
