/**
 * Why events cannot be read: FILE001 the file itself, FILE003 one of its lines.
 * `line` counts from 1 in the decoded text; for CSV and JSON it is the line on which the record begins or breaks.
 */
export class EventError extends Error {
  readonly code: "FILE001" | "FILE003";
  readonly file: string;
  readonly line: number | null;
  constructor(code: "FILE001" | "FILE003", file: string, line: number | null, message: string) {
    super(message);
    this.name = "EventError";
    this.code = code;
    this.file = file;
    this.line = line;
  }
}

/** An event as it was read; cells are JSON values, integers beyond 2^53 as bigint, from CSV texts alone. */
export type EventRecord = { readonly [column: string]: unknown };

/** What the readers need to know about the file that they read. */
export interface ReadContext {
  /** The name for messages. */
  readonly file: string;
  /** Told of every record that cannot be read; it throws to stop, and returns to leave the record out. */
  readonly onBadLine: (error: EventError) => void;
}
