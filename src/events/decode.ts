import { isAscii, isUtf8 } from "node:buffer";
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
  let decoder: Decoder | undefined;
  let line = 1;
  for await (const chunk of gunzipped(bytes, file)) {
    decoder ??= decoderFor(chunk);
    const texts = decoder.decode(chunk);
    if (texts === undefined) {
      const good = new TextDecoder(decoder.name).decode(chunk).split("\ufffd", 1)[0] ?? "";
      throw new EventError("FILE001", file, line + countLines(good), `is not ${decoder.name.toUpperCase()} text`);
    }
    for (const text of texts) {
      if (text !== "") yield text;
      line += countLines(text);
    }
  }
  if (decoder !== undefined && !decoder.end()) {
    throw new EventError("FILE001", file, line, `is not ${decoder.name.toUpperCase()} text`);
  }
}

/** Bytes to text, chunk by chunk: undefined where they are not of the encoding, and false where they end inside of a character. */
interface Decoder {
  readonly name: "utf-8" | "utf-16le" | "utf-16be";
  decode(chunk: Uint8Array): readonly string[] | undefined;
  end(): boolean;
}

function decoderFor(first: Uint8Array): Decoder {
  if (first[0] === 0xff && first[1] === 0xfe) return utf16("utf-16le");
  return first[0] === 0xfe && first[1] === 0xff ? utf16("utf-16be") : utf8();
}

/** A TextDecoder that refuses bad bytes takes several times as long as this does. */
function utf8(): Decoder {
  let rest = Buffer.alloc(0);
  let begun = false;
  return {
    name: "utf-8",
    decode(chunk) {
      const bytes = rest.length === 0 ? bufferOf(chunk) : Buffer.concat([rest, chunk]);
      const end = endOfCharacters(bytes);
      const whole = bytes.subarray(0, end);
      rest = Buffer.from(bytes.subarray(end));
      if (!isUtf8(whole)) return undefined;
      const [first = "", ...texts] = pieces(whole);
      const marked = !begun && first.startsWith("\ufeff");
      begun ||= first !== "";
      return [marked ? first.slice(1) : first, ...texts];
    },
    end: () => rest.length === 0,
  };
}

const lineFeed = 0x0a;

/**
 * UTF-8 as text, cut where lines of plain ASCII and others meet: most lines are plain, and those are read, and parsed after it,
 * several times as fast as what one other character stands in.
 */
function pieces(bytes: Buffer): readonly string[] {
  if (isAscii(bytes)) return [bytes.toString("latin1")];
  const texts: string[] = [];
  let [begin, plain] = [0, true];
  const cut = (end: number): void => {
    if (end > begin) texts.push(bytes.toString(plain ? "latin1" : "utf8", begin, end));
    begin = end;
  };
  for (let at = 0; at < bytes.length; ) {
    const found = bytes.indexOf(lineFeed, at);
    const end = found < 0 ? bytes.length : found + 1;
    const ascii = isAscii(bytes.subarray(at, end));
    if (ascii !== plain) cut(at);
    plain = ascii;
    at = end;
  }
  cut(bytes.length);
  return texts;
}

/** Where the last character that is complete ends: a character of several bytes may begin in one chunk and end in the next. */
function endOfCharacters(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) break;
    if (byte < 0xc0) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return length > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

function utf16(name: "utf-16le" | "utf-16be"): Decoder {
  const decoder = new TextDecoder(name, { fatal: true });
  const decoded = (chunk?: Uint8Array): readonly string[] | undefined => {
    try {
      return [chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true })];
    } catch {
      return undefined;
    }
  };
  return { name, decode: decoded, end: () => decoded() !== undefined };
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
  if (chunk instanceof Uint8Array) return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
  return typeof chunk === "string" ? Buffer.from(chunk) : Buffer.alloc(0);
}

function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) count++;
  return count;
}
