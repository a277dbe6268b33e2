import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { Readable } from "node:stream";
import { readCsv } from "./csv.ts";
import { decode } from "./decode.ts";
import type { EventFormat } from "./format.ts";
import { formatOfName, sniffFormat } from "./format.ts";
import { readJsonDocuments } from "./json-documents.ts";
import { readJsonLines } from "./json-lines.ts";
import type { EventRecord, ReadContext } from "./problem.ts";
import { EventError } from "./problem.ts";
import { unreadable } from "./unreadable.ts";

export interface ReadEventsOptions {
  /** Told by the file's name where absent, and by its beginning where the name does not tell. */
  readonly format?: EventFormat;
  /** Called for each record that cannot be read, which is then left out; where absent, the first one is thrown. */
  readonly onBadLine?: (error: EventError) => void;
  /** Bytes read so far, of the file as it is on disk. */
  readonly onProgress?: (bytes: number) => void;
}

/**
 * The events of a file, one at a time: JSON lines, JSON, or CSV, each also gzipped; `-` is standard input.
 * Memory does not grow with the file. Integers that a double cannot hold come as bigint.
 * @throws EventError FILE001 for a file that cannot be read, FILE003 for a record that cannot.
 */
export async function* readEvents(path: string, options: ReadEventsOptions = {}): AsyncGenerator<EventRecord> {
  for await (const events of readEventBatches(path, options)) yield* events;
}

/** The same, in batches of the reader's choosing. */
export async function* readEventBatches(
  path: string,
  options: ReadEventsOptions = {},
): AsyncGenerator<readonly EventRecord[]> {
  const file = path === "-" ? "<stdin>" : path;
  const bytes = path === "-" ? process.stdin : await open(path);
  const onBadLine = options.onBadLine ?? fail;
  try {
    const { format, chunks } = await settle(
      decode(counted(bytes, options.onProgress), file),
      options.format ?? formatOfName(path),
    );
    yield* readers[format](chunks, { file, onBadLine });
  } catch (error) {
    throw error instanceof Error && "syscall" in error ? unreadable(file, error) : error;
  } finally {
    bytes.destroy();
  }
}

type Reader = (chunks: AsyncIterable<string>, context: ReadContext) => AsyncGenerator<readonly EventRecord[]>;

const readers: Readonly<Record<EventFormat, Reader>> = {
  jsonl: readJsonLines,
  json: (chunks, context) => inBatches(readJsonDocuments(chunks, context)),
  csv: (chunks, context) => inBatches(readCsv(chunks, context)),
};

async function* inBatches(events: AsyncIterable<EventRecord>): AsyncGenerator<readonly EventRecord[]> {
  let batch: EventRecord[] = [];
  for await (const event of events) {
    batch.push(event);
    if (batch.length < 512) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}

function fail(error: EventError): never {
  throw error;
}

async function* counted(bytes: Readable, onProgress?: (bytes: number) => void): AsyncGenerator<unknown> {
  let count = 0;
  for await (const chunk of bytes) {
    count += chunk.length;
    onProgress?.(count);
    yield chunk;
  }
}

async function open(path: string): Promise<Readable> {
  try {
    if ((await stat(path)).isDirectory()) throw new EventError("FILE001", path, null, "is a directory");
  } catch (error) {
    throw error instanceof Error && "syscall" in error ? unreadable(path, error) : error;
  }
  return createReadStream(path, { highWaterMark: 256 * 1024 });
}

async function settle(
  chunks: AsyncGenerator<string>,
  known: EventFormat | undefined,
): Promise<{ format: EventFormat; chunks: AsyncIterable<string> }> {
  if (known !== undefined) return { format: known, chunks };
  let head = "";
  while (head.trim() === "") {
    const next = await chunks.next();
    if (next.done === true) break;
    head += next.value;
  }
  const all = async function* () {
    if (head !== "") yield head;
    yield* chunks;
  };
  return { format: sniffFormat(head), chunks: all() };
}
