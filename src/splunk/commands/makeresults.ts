import { parse } from "csv-parse/sync";
import { isArray, isObject, jsonText, parseJson } from "../json/json.ts";
import { limits } from "../limits.ts";
import { Options } from "../options.ts";
import { SplProblem } from "../problem.ts";
import { put, putMulti, type Row } from "../row.ts";
import type { NodeOf, Run } from "./run.ts";

/** Makes rows: with the time alone, or from CSV or JSON text. (Search Reference: makeresults) */
export const runMakeresults: Run<"makeresults"> = (command, _, engine) => {
  const options = new Options("makeresults", command.options, [
    "count",
    "annotate",
    "splunk_server",
    "splunk_server_group",
    "format",
    "data",
  ]);
  const data = options.text("data");
  if (data !== null) {
    const rows =
      options.oneOf("format", ["csv", "json"], "csv") === "csv" ? csvRows(command, data) : jsonRows(command, data);
    return { rows, order: [...new Set(rows.flatMap((row) => [...row.keys()]))] };
  }
  const count = options.whole("count", 1);
  if (count > 20 * limits.rows)
    throw new SplProblem("SPL203", options.node("count"), "makeresults of more than a million rows");
  const time = Math.floor(engine.now);
  const isAnnotated = options.flag("annotate", false);
  const rows = Array.from({ length: count }, () => {
    const row: Row = new Map([["_time", time]]);
    if (isAnnotated) row.set("splunk_server", "localhost");
    return row;
  });
  return { rows, order: [] };
};

function csvRows(command: NodeOf<"makeresults">, data: string): Row[] {
  let lines: unknown;
  try {
    lines = parse(data, { relax_column_count: true, skip_empty_lines: true, trim: true });
  } catch (error) {
    throw new SplProblem(
      "SPL203",
      command,
      `the data is no CSV: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  const table = Array.isArray(lines) ? lines.map((line: unknown) => (Array.isArray(line) ? line.map(String) : [])) : [];
  const [header = [], ...rest] = table;
  return rest.map((line) => {
    const row: Row = new Map();
    header.forEach((name, i) => {
      const value = line[i];
      if (value !== undefined && value !== "") row.set(name, value);
    });
    return row;
  });
}

function jsonRows(command: NodeOf<"makeresults">, data: string): Row[] {
  const json = parseJson(data);
  if (json === undefined || !isArray(json)) throw new SplProblem("SPL203", command, "the data is no JSON array");
  return json.map((item) => {
    const row: Row = new Map();
    if (isObject(item)) {
      for (const [name, value] of item) {
        if (isArray(value))
          putMulti(
            row,
            name,
            value.flatMap((v) => jsonText(v) ?? []),
          );
        else put(row, name, jsonText(value) ?? undefined);
      }
    }
    return row;
  });
}
