import type { Place, Source, Span } from "./source.ts";
import { placeOf } from "./source.ts";

/** A span of a source as it stands in its file: for a query in a rule file, in the rule file. */
export interface Location {
  readonly file: string;
  /** The whole file's text. */
  readonly text: string;
  /** Offsets in the file's text. */
  readonly span: Span;
  readonly start: Place;
  /** Just behind the last character. */
  readonly end: Place;
}

/** Where a span of a source's text stands in the file that the source was read from. */
export function locate(source: Source, span: Span): Location {
  const text = source.container?.text ?? source.text;
  const start = fileOffset(source, span.start);
  // Translated from its last character: the position behind it may belong to the next line, elsewhere in the file.
  const end = span.end > span.start ? fileOffset(source, span.end - 1) + 1 : start;
  return {
    file: source.name,
    text,
    span: { start, end: Math.max(start, end) },
    start: placeOf(text, start),
    end: placeOf(text, Math.max(start, end)),
  };
}

function fileOffset(source: Source, offset: number): number {
  const clamped = Math.max(0, Math.min(offset, source.text.length));
  if (source.container === undefined) return clamped;
  const place = placeOf(source.text, clamped);
  const offsets = source.container.lineOffsets;
  const lineBegin = offsets[place.line - 1] ?? offsets.at(-1) ?? 0;
  return Math.min(lineBegin + place.column - 1, source.container.text.length);
}
