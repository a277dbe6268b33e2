import { compileKql } from "../../compile.ts";
import { EventError } from "../../events/problem.ts";
import { QueryError, streamKql, tablesOf } from "../../run.ts";
import { badLineLog, eventFailure } from "../event-errors.ts";
import { eventFileOf, filesByTable } from "../event-files.ts";
import { eventTable, totalSize } from "../event-table.ts";
import { type ExitCode, exitCodes, Failure } from "../failure.ts";
import { findingsIn, hasErrors, loadQuery, writeFindings } from "../load-rule.ts";
import { startProgress } from "../progress.ts";
import { rowWriter } from "../rows.ts";
import type { RunCommandOptions } from "../run-options.ts";
import { loadSchemas } from "../schema-files.ts";
import type { Terminal } from "../terminal.ts";

/** Runs one rule on events and writes its rows. */
export async function run(path: string, options: RunCommandOptions, terminal: Terminal): Promise<ExitCode> {
  const schemas = await loadSchemas(options.schema);
  const { query, rule } = await loadQuery(path, options.variant, terminal);
  if (rule.language === "spl") return (await import("./run-spl.ts")).runSpl(query, options, terminal);
  const { plan, diagnostics } = compileKql(query.text, { schemas });
  // Tables that nothing declares take their columns from the events, so they are no news here.
  const findings = findingsIn(
    query,
    diagnostics.filter((d) => d.code !== "KQL110"),
  );
  writeFindings(findings, terminal);
  if (plan === null || hasErrors(findings)) return exitCodes.findings;

  const files = filesByTable((options.events ?? []).map(eventFileOf), tablesOf(plan));
  const paths = [...files.values()].flat();
  if (path === "-" && paths.includes("-")) throw new Failure("standard input cannot be both the query and its events");
  const bad = badLineLog(terminal);
  const progress = startProgress(terminal, await totalSize(paths), () => performance.now());
  let bytes = 0;
  const reading = {
    onProgress: (more: number) => {
      bytes += more;
      progress.update(bytes);
    },
    ...(options.inputFormat === undefined ? {} : { format: options.inputFormat }),
    ...(options.skipBadLines ? { onBadLine: bad.note } : {}),
  };
  const tables = Object.fromEntries([...files].map(([table, list]) => [table, eventTable(list, reading)]));
  try {
    const clock = options.now === undefined ? {} : { now: options.now };
    const result = await streamKql(query.text, { tables, schemas, ...clock });
    const writer = rowWriter(options.format, result.columns, terminal);
    const { count, cut } = await writeRows(result.rows, options.limit, (row) => {
      progress.clear();
      return writer.row(row);
    });
    progress.clear();
    await writer.end();
    if (options.format === "table")
      terminal.err(`${count} ${count === 1 ? "row" : "rows"}${cut ? ", and more" : ""}\n`);
    bad.finish();
    return exitCodes.fine;
  } catch (error) {
    progress.clear();
    if (error instanceof EventError) throw eventFailure(error);
    if (!(error instanceof QueryError)) throw error;
    writeFindings(findingsIn(query, error.diagnostics), terminal);
    return exitCodes.findings;
  }
}

/** Hands on the rows up to the limit; `cut` where there are more. */
async function writeRows<R>(
  rows: AsyncIterable<R>,
  limit: number | undefined,
  write: (row: R) => Promise<void>,
): Promise<{ readonly count: number; readonly cut: boolean }> {
  let count = 0;
  for await (const row of rows) {
    if (count === limit) return { count, cut: true };
    count++;
    await write(row);
  }
  return { count, cut: false };
}
