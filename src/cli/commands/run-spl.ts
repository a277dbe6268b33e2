import type { Source } from "../../diagnostics/source.ts";
import { EventError } from "../../events/problem.ts";
import { QueryError } from "../../run.ts";
import { runSpl as runSearch } from "../../run-spl.ts";
import { badLineLog, eventFailure } from "../event-errors.ts";
import { eventTable } from "../event-table.ts";
import { type ExitCode, exitCodes } from "../failure.ts";
import { findingsIn, writeFindings } from "../load-rule.ts";
import { rowWriter } from "../rows.ts";
import type { RunCommandOptions } from "../run-options.ts";
import { loadMacros } from "../spl-file.ts";
import type { Terminal } from "../terminal.ts";

/** The data models that events can stand for on the command line: every field of theirs is a field of the dataset. */
const dataModels = { "Endpoint.Processes": {} };

/** Runs an SPL search on events, read newest first as Splunk does, and writes its rows. */
export async function runSpl(query: Source, options: RunCommandOptions, terminal: Terminal): Promise<ExitCode> {
  const macros = await loadMacros(options.macroFile);
  const bad = badLineLog(terminal);
  const events = eventTable(options.events ?? [], {
    ...(options.inputFormat === undefined ? {} : { format: options.inputFormat }),
    ...(options.skipBadLines ? { onBadLine: bad.note } : {}),
  });
  try {
    const result = await runSearch(query.text, {
      events: singly(events),
      dataModels,
      ...(macros === undefined ? {} : { macros }),
      ...(options.now === undefined ? {} : { now: options.now }),
      ...(options.timeZone === undefined ? {} : { timeZone: options.timeZone }),
    });
    writeFindings(findingsIn(query, result.warnings), terminal);
    const rows = options.limit === undefined ? result.rows : result.rows.slice(0, options.limit);
    const columns = result.columns.map(({ name }, i) => {
      const numeric = rows.every((row) => row[i] === null || typeof row[i] === "number");
      return { name, type: numeric ? ("real" as const) : ("dynamic" as const) };
    });
    const writer = rowWriter(options.format, columns, terminal);
    for (const row of rows) await writer.row(row);
    await writer.end();
    if (options.format === "table") terminal.err(`${rows.length} ${rows.length === 1 ? "row" : "rows"}\n`);
    bad.finish();
    return exitCodes.fine;
  } catch (error) {
    if (error instanceof EventError) throw eventFailure(error);
    if (!(error instanceof QueryError)) throw error;
    writeFindings(findingsIn(query, error.diagnostics), terminal);
    return exitCodes.findings;
  }
}

async function* singly<T>(batches: AsyncIterable<readonly T[]>): AsyncGenerator<T> {
  for await (const batch of batches) yield* batch;
}
