import type { Note } from "../diagnostics/fidelity.ts";
import { noSpan, type Span } from "../diagnostics/source.ts";
import type { Located } from "../spl/tree.ts";

/** The notes of one reading of a search. */
export class Notes {
  readonly list: Note[] = [];
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }

  info(cause: string, span: Span, message: string): void {
    this.#add({ level: "info", cause, construct: this.excerpt(span), message, span });
  }

  /** The result differs from Splunk's, `when` says in which case. */
  approximate(cause: string, span: Span, message: string, when: string): void {
    this.#add({ level: "approximate", cause, construct: this.excerpt(span), message, when, span });
  }

  unsupported(cause: string, span: Span, message: string): void {
    this.#add({ level: "unsupported", cause, construct: this.excerpt(span), message, span });
  }

  #add(note: Note): void {
    const same = (n: Note): boolean => n.cause === note.cause && n.message === note.message && n.level === note.level;
    if (!this.list.some(same)) this.list.push(note);
  }

  /** The text of a span on one line, shortened. */
  excerpt(span: Span): string {
    const text = this.text.slice(span.start, span.end).replaceAll(/\s+/g, " ");
    return text.length > 60 ? `${text.slice(0, 57)}…` : text;
  }
}

/** Where a node stands, or the nearest thing around it. */
export function spanOf(node: Located, around: Span = noSpan): Span {
  return node.span ?? around;
}
