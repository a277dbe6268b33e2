import { compileKql } from "../compile.ts";
import type { Source } from "../diagnostics/source.ts";
import { EventError } from "../events/problem.ts";
import { streamKql, tablesOf } from "../run.ts";
import type { TableDeclarations } from "../schemas/declared.ts";
import { eventFailure } from "./event-errors.ts";
import { baseName } from "./event-files.ts";
import { eventTable, totalSize } from "./event-table.ts";
import { startProgress } from "./progress.ts";
import type { EventSet } from "./sample-events.ts";
import type { Terminal } from "./terminal.ts";

/** Rows that each query finds; null for one that reads a table without events. */
export type RowCounts = ReadonlyMap<Source, number | null>;

/** Runs queries on the same events, one after another. @throws Failure where the events cannot be read. */
export async function countRows(
  queries: readonly Source[],
  events: EventSet,
  schemas: TableDeclarations,
  terminal: Terminal,
): Promise<RowCounts> {
  const size = (await totalSize(events.files.map((file) => file.path))) ?? 0;
  const progress = startProgress(terminal, size * queries.length, () => performance.now());
  let bytes = 0;
  const onProgress = (more: number) => {
    bytes += more;
    progress.update(bytes);
  };
  const counts = new Map<Source, number | null>();
  try {
    for (const query of queries) counts.set(query, await countOf(query, events, schemas, onProgress));
  } catch (error) {
    throw error instanceof EventError ? eventFailure(error) : error;
  } finally {
    progress.clear();
  }
  return counts;
}

async function countOf(
  query: Source,
  events: EventSet,
  schemas: TableDeclarations,
  onProgress: (bytes: number) => void,
): Promise<number | null> {
  const { plan } = compileKql(query.text, { schemas });
  const names = plan === null ? [] : tablesOf(plan);
  const files = new Map(names.map((name) => [name, pathsFor(name, names, events)]));
  if (plan === null || [...files.values()].some((paths) => paths.length === 0)) return null;
  const tables = Object.fromEntries([...files].map(([name, paths]) => [name, eventTable(paths, { onProgress })]));
  const { rows } = await streamKql(query.text, {
    tables,
    schemas,
    ...(events.now === null ? {} : { now: events.now }),
  });
  let count = 0;
  for await (const _ of rows) count++;
  return count;
}

/** The files that are named as a table, or called after it; others are the table of a query that reads only one. */
function pathsFor(table: string, tables: readonly string[], events: EventSet): readonly string[] {
  const named = events.files.filter((file) => (file.table ?? baseName(file.path)) === table);
  const files = named.length > 0 || tables.length > 1 ? named : events.files.filter((file) => file.table === null);
  return files.map((file) => file.path);
}
