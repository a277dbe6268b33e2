import { eventOf, longestRecord } from "./json-lines.ts";
import type { EventRecord, ReadContext } from "./problem.ts";
import { EventError } from "./problem.ts";

/**
 * JSON documents one after another: an array of objects, an object, or an object that wraps an array as its `value`,
 * as Microsoft's APIs answer. Only one record at a time is held.
 */
export async function* readJsonDocuments(
  chunks: AsyncIterable<string>,
  context: ReadContext,
): AsyncGenerator<EventRecord> {
  const splitter = new RecordSplitter(context);
  for await (const chunk of chunks) {
    for (const { text, line } of splitter.push(chunk)) {
      const event = eventOf(text, line, context);
      if (event !== undefined) yield event;
    }
  }
  const rest = splitter.end();
  if (rest !== undefined) {
    const event = eventOf(rest.text, rest.line, context);
    if (event !== undefined) yield event;
  }
}

interface RecordText {
  readonly text: string;
  readonly line: number;
}

const newline = 0x0a;
const quote = 0x22;
const comma = 0x2c;
const openBracket = 0x5b;
const backslash = 0x5c;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

// What may stand before the array of a wrapper: members such as "@odata.context" alone.
const wrapperHead = /^\s*\{\s*(?:"@[^"]*"\s*:\s*(?:"[^"]*"|\d+|null)\s*,\s*)*"value"\s*:\s*$/;

/** Cuts a text into its records by counting brackets; each record's own syntax is JSON.parse's to check. */
class RecordSplitter {
  private readonly context: ReadContext;
  /** Open brackets, those in strings aside. */
  private depth = 0;
  /** The depth at which records stand: 0 for a document, 1 in an array, 2 in a wrapper's array. */
  private base = 0;
  /** Behind a wrapper's array: nothing more of the wrapper is wanted. */
  private skipping = false;
  private inString = false;
  private escaped = false;
  private line = 1;
  private record = "";
  private recordLine = 1;
  private ready: RecordText[] = [];

  constructor(context: ReadContext) {
    this.context = context;
  }

  push(chunk: string): readonly RecordText[] {
    this.ready = [];
    let begin = 0;
    const cut = (end: number, next: number) => {
      this.cut(this.record + chunk.slice(begin, end));
      begin = next;
    };
    for (let at = 0; at < chunk.length; at++) {
      const char = chunk.charCodeAt(at);
      if (char === newline) this.line++;
      if (this.inString) {
        if (this.escaped) this.escaped = false;
        else if (char === backslash) this.escaped = true;
        else if (char === quote) this.inString = false;
      } else if (char === quote) {
        this.inString = true;
      } else if (char === openBracket || char === openBrace) {
        if (char === openBracket && this.base === 0 && !this.skipping) {
          if (this.depth === 0) {
            cut(at, at + 1);
            this.base = 1;
          } else if (this.depth === 1 && wrapperHead.test(this.record + chunk.slice(begin, at))) {
            this.record = "";
            begin = at + 1;
            this.recordLine = this.line;
            this.base = 2;
          }
        }
        this.depth++;
      } else if (char === closeBracket || char === closeBrace) {
        if (this.base > 0 && this.depth === this.base) {
          cut(at, at + 1);
          if (char === closeBrace) this.report("} where the array's ] is expected");
          this.depth--;
          this.skipping = this.depth > 0;
          this.base = 0;
        } else {
          this.depth = Math.max(0, this.depth - 1);
          if (this.depth > 0) continue;
          if (this.skipping) {
            this.skipping = false;
            this.record = "";
            begin = at + 1;
          } else {
            cut(at + 1, at + 1);
          }
        }
      } else if (char === comma && this.base > 0 && this.depth === this.base) {
        cut(at, at + 1);
      }
    }
    this.record = this.skipping ? "" : this.record + chunk.slice(begin);
    if (this.record.length > longestRecord) {
      throw new EventError("FILE003", this.context.file, this.recordLine, "is longer than 64 million characters");
    }
    return this.ready;
  }

  /** What stands behind the last record: nothing but blanks in a whole file. */
  end(): RecordText | undefined {
    if (this.depth > 0 || this.inString) {
      this.report("the file ends inside of a value");
      return undefined;
    }
    return { text: this.record, line: this.recordLine };
  }

  private cut(text: string): void {
    const blank = /^\s*/.exec(text)?.[0] ?? "";
    if (blank.length < text.length) {
      this.ready.push({ text, line: this.recordLine + blank.split("\n").length - 1 });
    }
    this.record = "";
    this.recordLine = this.line;
  }

  private report(message: string): void {
    this.context.onBadLine(new EventError("FILE003", this.context.file, this.line, `is not JSON: ${message}`));
  }
}
