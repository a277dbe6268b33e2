import { pipeline, Readable } from "node:stream";
import { type CsvError, parse } from "csv-parse";
import { longestRecord } from "./json-lines.ts";
import type { EventRecord, ReadContext } from "./problem.ts";
import { EventError } from "./problem.ts";

/**
 * CSV with a header line (RFC 4180): quoted cells, also with line breaks in them. Every cell is text; the separator is a
 * comma, or a semicolon or tab where the header line has no comma.
 */
export async function* readCsv(chunks: AsyncIterable<string>, context: ReadContext): AsyncGenerator<EventRecord> {
  const { head, all } = await peekLine(chunks);
  const bad: EventError[] = [];
  const parser = parse({
    delimiter: [",", ";", "\t"].find((d) => head.includes(d)) ?? ",",
    columns: (names: string[]) => checkedHeader(names, context.file),
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: longestRecord,
    on_skip: (error) => {
      if (error !== undefined) bad.push(problemOf(error, context.file));
    },
  });
  // The callback only keeps pipeline from throwing: a failure comes out of the loop below.
  const records: AsyncIterable<EventRecord> = pipeline(Readable.from(all), parser, () => {});
  for await (const record of records) {
    for (const error of bad.splice(0)) context.onBadLine(error);
    yield record;
  }
  for (const error of bad) context.onBadLine(error);
}

/** The first line of a text, and the text with that line still in it. */
async function peekLine(chunks: AsyncIterable<string>): Promise<{ head: string; all: AsyncIterable<string> }> {
  const iterator = chunks[Symbol.asyncIterator]();
  let begin = "";
  while (!begin.includes("\n") && begin.length < longestRecord) {
    const next = await iterator.next();
    if (next.done === true) break;
    begin += next.value;
  }
  const all = async function* () {
    if (begin !== "") yield begin;
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
  };
  return { head: begin.split("\n", 1)[0] ?? "", all: all() };
}

function checkedHeader(names: readonly string[], file: string): string[] {
  const trimmed = names.map((name) => name.trim());
  const twice = trimmed.find((name, i) => trimmed.indexOf(name) !== i);
  if (twice !== undefined) throw new EventError("FILE003", file, 1, `has the column "${twice}" twice`);
  return trimmed;
}

function problemOf(error: CsvError, file: string): EventError {
  const line: unknown = error.lines;
  return new EventError("FILE003", file, typeof line === "number" ? line : null, meaningOf(error));
}

function meaningOf(error: CsvError): string {
  switch (error.code) {
    case "CSV_RECORD_INCONSISTENT_COLUMNS": {
      const record: unknown = error.record;
      return `has ${Array.isArray(record) ? record.length : "another number of"} cells, unlike the header line`;
    }
    case "CSV_QUOTE_NOT_CLOSED":
      return "opens a quote that is never closed";
    case "INVALID_OPENING_QUOTE":
      return "has a quote inside of an unquoted cell";
    case "CSV_INVALID_CLOSING_QUOTE":
      return "has text behind a closing quote";
    default:
      return error.message;
  }
}
