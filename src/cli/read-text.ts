import { createReadStream } from "node:fs";
import type { Readable } from "node:stream";
import { TextDecoder } from "node:util";
import { unreadable } from "../events/unreadable.ts";
import { Failure } from "./failure.ts";

/** A file as text, with the name that messages give it. */
export interface TextFile {
  readonly name: string;
  readonly text: string;
}

const largest = 16 * 1024 * 1024;
// No KQL text begins with `key:`; a rule file that comes by standard input has no name to tell it by.
const yamlBeginning = /^(?:\s*#.*\n|---[ \t]*\n|\s*\n)*[A-Za-z]\w*:(?:[ \t]|\r?\n)/;

/**
 * Reads a small text file, `-` for standard input: UTF-8, or UTF-16 with a byte order mark.
 * @throws Failure where it cannot be read, is larger than 16 MB, or is not text.
 */
export async function readText(path: string): Promise<TextFile> {
  if (path !== "-") return { name: path, text: decodeText(path, await readAll(path, createReadStream(path))) };
  const text = decodeText("<stdin>", await readAll("<stdin>", process.stdin));
  return { name: yamlBeginning.test(text) ? "<stdin>.yml" : "<stdin>", text };
}

async function readAll(name: string, stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of stream) {
      chunks.push(Buffer.from(chunk));
      length += chunk.length;
      if (length > largest) break;
    }
  } catch (error) {
    throw new Failure(`${name}: ${unreadable(name, error).message}`);
  }
  if (length > largest) throw new Failure(`${name}: is larger than ${largest / 2 ** 20} MB, too large for a rule`);
  return Buffer.concat(chunks);
}

function decodeText(name: string, bytes: Buffer): string {
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  try {
    const text = new TextDecoder(utf16 ? "utf-16le" : "utf-8", { fatal: true }).decode(bytes);
    // Decoders take any UTF-8, also that of a program or an image.
    if (!text.includes("\0")) return text;
  } catch {
    // Said below.
  }
  throw new Failure(`${name}: is not UTF-8 text`);
}
