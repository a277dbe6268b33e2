import { existsSync } from "node:fs";
import { stat } from "node:fs/promises";
import type { EventFormat } from "../events/format.ts";
import type { EventError, EventRecord } from "../events/problem.ts";
import { readEvents } from "../events/read-events.ts";
import { unreadable } from "../events/unreadable.ts";
import { exitCodes, Failure } from "./failure.ts";
import { paint, type Terminal } from "./terminal.ts";

/** One `--events` value: a file, and the table that it names, if any. */
export interface EventFile {
  readonly table: string | null;
  readonly path: string;
}

/** `TABLE=FILE` or `FILE`; a file whose own name looks like the former is a file. */
export function eventFileOf(value: string): EventFile {
  const named = /^([A-Za-z_]\w*)=(.+)$/s.exec(value);
  return named === null || existsSync(value)
    ? { table: null, path: value }
    : { table: named[1] ?? null, path: named[2] ?? "" };
}

/**
 * The files of each table that a query reads. A file without a table's name belongs to the only table, or to the one that
 * the file is called after (`DeviceProcessEvents.jsonl.gz`).
 * @throws Failure where a file or a table is left over.
 */
export function filesByTable(files: readonly EventFile[], tables: readonly string[]): Map<string, string[]> {
  const assigned = new Map<string, string[]>();
  for (const { table, path } of files) {
    const only = tables.length === 1 ? tables[0] : undefined;
    const name = table ?? tables.find((t) => t === baseName(path)) ?? only;
    if (name === undefined || (table !== null && !tables.includes(table))) {
      const reads = tables.length === 0 ? "the query reads no table" : `the query reads ${tables.join(", ")}`;
      throw new Failure(
        table === null
          ? `which table does ${path} hold? ${reads}`
          : `no table of the query is called ${table}: ${reads}`,
        tables.length > 1 ? { hint: `write --events ${tables[0]}=${path}` } : {},
      );
    }
    assigned.set(name, [...(assigned.get(name) ?? []), path]);
  }
  const missing = tables.filter((table) => !assigned.has(table));
  if (missing.length > 0) {
    throw new Failure(`no events for ${missing.join(", ")}`, { hint: `give them with --events ${missing[0]}=FILE` });
  }
  return assigned;
}

function baseName(path: string): string {
  return (path.split(/[\\/]/).at(-1) ?? "").split(".")[0] ?? "";
}

export interface EventTableOptions {
  readonly format?: EventFormat;
  readonly onBadLine?: (error: EventError) => void;
  /** Called with the bytes read of all files together. */
  readonly onProgress?: (bytes: number) => void;
}

/** Files as one table of events, read anew every time it is iterated; standard input can be read once. */
export function eventTable(paths: readonly string[], options: EventTableOptions): AsyncIterable<EventRecord> {
  let started = false;
  return {
    async *[Symbol.asyncIterator]() {
      if (started && paths.includes("-")) {
        throw new Failure("this query reads its table more than once, which standard input cannot", {
          hint: "put the events into a file",
        });
      }
      started = true;
      for (const path of paths) yield* readEvents(path, readOptions(options));
    },
  };
}

function readOptions({ format, onBadLine, onProgress }: EventTableOptions): Parameters<typeof readEvents>[1] {
  let seen = 0;
  return {
    ...(format === undefined ? {} : { format }),
    ...(onBadLine === undefined ? {} : { onBadLine }),
    ...(onProgress === undefined
      ? {}
      : {
          onProgress: (bytes: number) => {
            onProgress(bytes - seen);
            seen = bytes;
          },
        }),
  };
}

/** Bytes of all files together; null where one is standard input. @throws Failure for a file that is not there. */
export async function totalSize(paths: readonly string[]): Promise<number | null> {
  let total: number | null = 0;
  for (const path of paths) {
    if (path === "-") total = null;
    else {
      try {
        const { size } = await stat(path);
        if (total !== null) total += size;
      } catch (error) {
        throw new Failure(`${path}: ${unreadable(path, error).message}`);
      }
    }
  }
  return total;
}

/** An error of reading events as one for the command's user. */
export function eventFailure(error: EventError): Failure {
  const message = `${placeOfEvent(error)}: ${error.message}`;
  return error.code === "FILE001"
    ? new Failure(message)
    : new Failure(message, { exitCode: exitCodes.findings, hint: "--skip-bad-lines leaves such lines out" });
}

function placeOfEvent(error: EventError): string {
  return error.line === null ? error.file : `${error.file}:${error.line}`;
}

/** Collects lines that were left out: the first few are told at once, the rest counted. */
export function badLineLog(terminal: Terminal): { note(error: EventError): void; finish(): void } {
  const told = 5;
  let count = 0;
  return {
    note(error) {
      count++;
      const label = paint(terminal.errColor, "yellow", `warning ${error.code}:`);
      if (count <= told) terminal.err(`${placeOfEvent(error)} ${label} left out: ${error.message}\n`);
    },
    finish() {
      if (count > told) terminal.err(`${count} lines left out in all\n`);
    },
  };
}
