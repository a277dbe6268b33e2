import { existsSync } from "node:fs";
import { Failure } from "./failure.ts";

/** One `--events` value: a file, and the table that it names, if any. */
export interface EventFile {
  readonly table: string | null;
  readonly path: string;
}

/** `TABLE=FILE` or `FILE`; a file whose own name looks like the former is a file. The table of an externaldata is its address. */
export function eventFileOf(value: string): EventFile {
  const named = /^(https?:\/\/.+|[A-Za-z_]\w*)=(.+)$/s.exec(value);
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
    const name =
      table ?? tables.find((t) => t === baseName(path) || (t.includes("/") && baseName(t) === baseName(path))) ?? only;
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

/** A file's name up to the first dot. */
export function baseName(path: string): string {
  return (path.split(/[\\/]/).at(-1) ?? "").split(".")[0] ?? "";
}
