import { pipeline, Readable } from "node:stream";
import { TextDecoder } from "node:util";
import { createGunzip } from "node:zlib";
import { EventError } from "./problem.ts";

/**
 * A stream of bytes as text: gunzipped where it begins like gzip; UTF-8, or UTF-16 where a byte order mark says so (as
 * PowerShell writes it), decoded strictly and without the mark.
 * @throws EventError FILE001 where the bytes are not that.
 */
export async function* decode(bytes: AsyncIterable<unknown>, file: string): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  let line = 1;
  const next = (chunk?: Uint8Array): string => {
    decoder ??= new TextDecoder(encodingOf(chunk), { fatal: true });
    try {
      return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
    } catch {
      const good = new TextDecoder(decoder.encoding).decode(chunk).split("\ufffd", 1)[0] ?? "";
      throw new EventError("FILE001", file, line + countLines(good), `is not ${decoder.encoding.toUpperCase()} text`);
    }
  };
  for await (const chunk of gunzipped(bytes, file)) {
    const text = next(chunk);
    if (text !== "") yield text;
    line += countLines(text);
  }
  const rest = next();
  if (rest !== "") yield rest;
}

async function* gunzipped(bytes: AsyncIterable<unknown>, file: string): AsyncGenerator<Uint8Array> {
  const chunks = bytes[Symbol.asyncIterator]();
  let head: Buffer = Buffer.alloc(0);
  let ended = false;
  while (head.length < 3 && !ended) {
    const next = await chunks.next();
    if (next.done === true) ended = true;
    else head = Buffer.concat([head, bufferOf(next.value)]);
  }
  const all = async function* (): AsyncGenerator<Buffer> {
    yield head;
    for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) yield bufferOf(next.value);
  };
  if (!(head[0] === 0x1f && head[1] === 0x8b)) {
    yield* all();
    return;
  }
  // The callback only keeps pipeline from throwing: a failure comes out of the loop below.
  const unzipped: AsyncIterable<unknown> = pipeline(Readable.from(all()), createGunzip(), () => {});
  try {
    for await (const chunk of unzipped) yield bufferOf(chunk);
  } catch (error) {
    const zlib = error instanceof Error && "code" in error && String(error.code).startsWith("Z_");
    throw zlib ? new EventError("FILE001", file, null, `is not valid gzip: ${error.message}`) : error;
  }
}

function bufferOf(chunk: unknown): Buffer {
  if (Buffer.isBuffer(chunk)) return chunk;
  return typeof chunk === "string" ? Buffer.from(chunk) : Buffer.alloc(0);
}

function encodingOf(chunk: Uint8Array | undefined): "utf-8" | "utf-16le" | "utf-16be" {
  if (chunk?.[0] === 0xff && chunk[1] === 0xfe) return "utf-16le";
  return chunk?.[0] === 0xfe && chunk[1] === 0xff ? "utf-16be" : "utf-8";
}

function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) count++;
  return count;
}
