import { parseJson } from "./parse-json.ts";
import type { EventRecord, ReadContext } from "./problem.ts";
import { EventError } from "./problem.ts";

/** A longer line is not an event; it would only fill the memory. UTF-16 units. */
export const longestRecord = 64 * 1024 * 1024;

/**
 * One JSON object a line; blank lines are skipped, a carriage return before the line's end goes. The events of one chunk come
 * together: handing them on singly takes longer than reading them.
 */
export async function* readJsonLines(
  chunks: AsyncIterable<string>,
  context: ReadContext,
): AsyncGenerator<readonly EventRecord[]> {
  let number = 0;
  for await (const lines of linesOf(chunks, context.file)) {
    const events: EventRecord[] = [];
    for (const line of lines) {
      number++;
      const event = eventOf(line, number, context);
      if (event !== undefined) events.push(event);
    }
    yield events;
  }
}

const openBrace = 0x7b;

/** The object that a JSON text holds; undefined for a blank text and for one that was reported. */
export function eventOf(text: string, line: number, context: ReadContext): EventRecord | undefined {
  if (text.charCodeAt(0) !== openBrace && text.trim() === "") return undefined;
  let value: unknown;
  try {
    value = parseJson(text);
  } catch (error) {
    context.onBadLine(new EventError("FILE003", context.file, line, `is not JSON: ${reason(error)}`));
    return undefined;
  }
  if (isRecord(value)) return value;
  const what = Array.isArray(value) ? "an array" : value === null ? "null" : `a ${typeof value}`;
  context.onBadLine(new EventError("FILE003", context.file, line, `is ${what}, not an object with columns`));
  return undefined;
}

function isRecord(value: unknown): value is EventRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** JSON.parse's message without its quotation of the text, which may be long or hold anything. */
function reason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message
    .replace(/, (?:\.{3})?".*" is not valid JSON$/s, "")
    .replace(/(?: in JSON)? at position (\d+)(?: \(line .*)?$/, (_, at: string) => ` at character ${Number(at) + 1}`);
}

/** The lines that end in each chunk, and at last the one that no line break ends. */
async function* linesOf(chunks: AsyncIterable<string>, file: string): AsyncGenerator<readonly string[]> {
  let pending: string[] = [];
  let length = 0;
  let number = 1;
  for await (const chunk of chunks) {
    const lines: string[] = [];
    let begin = 0;
    for (let end = chunk.indexOf("\n"); end >= 0; end = chunk.indexOf("\n", begin)) {
      const last = chunk.slice(begin, end);
      lines.push(length === 0 ? last : pending.join("") + last);
      pending = [];
      length = 0;
      begin = end + 1;
    }
    number += lines.length;
    if (lines.length > 0) yield lines;
    if (begin < chunk.length) {
      pending.push(chunk.slice(begin));
      length += chunk.length - begin;
      if (length > longestRecord) throw new EventError("FILE003", file, number, "is longer than 64 million characters");
    }
  }
  if (length > 0) yield [pending.join("")];
}
