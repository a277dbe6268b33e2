import type { Note } from "../../diagnostics/fidelity.ts";
import type { Span } from "../../diagnostics/source.ts";

/** Ends the translation of a part that SPL cannot say; becomes an `unsupported` note. */
export class Unsupported extends Error {
  readonly note: Note;
  constructor(cause: string, construct: string, message: string, span: Span) {
    super(message);
    this.note = { level: "unsupported", cause, construct: shortened(construct), message, span };
  }
}

/** What one emission collects. */
export interface Context {
  readonly notes: Note[];
  /** Use the macros of Splunk's security content. */
  readonly macros: boolean;
  /** The names of the query's columns, and those of fields that hold something for a while. */
  readonly temporary: Set<string>;
}

export function approximate(
  context: Context,
  cause: string,
  construct: string,
  message: string,
  when: string,
  span: Span,
): void {
  add(context, { level: "approximate", cause, construct: shortened(construct), message, when, span });
}

export function info(context: Context, cause: string, construct: string, message: string, span: Span): void {
  add(context, { level: "info", cause, construct: shortened(construct), message, span });
}

/** Once for every cause and place. */
function add(context: Context, note: Note): void {
  const known = context.notes.some(
    (n) =>
      n.cause === note.cause &&
      n.span.start === note.span.start &&
      n.span.end === note.span.end &&
      n.message === note.message,
  );
  if (!known) context.notes.push(note);
}

function shortened(construct: string): string {
  return construct.length <= 60 ? construct : `${construct.slice(0, 57)}...`;
}

/** A field name that the search does not use otherwise. */
export function temporaryField(context: Context, wanted: string, taken: Iterable<string>): string {
  const used = new Set([...taken, ...context.temporary]);
  let name = wanted;
  for (let i = 2; used.has(name); i++) name = `${wanted}_${i}`;
  context.temporary.add(name);
  return name;
}
