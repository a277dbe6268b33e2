/** A half-open range of a source text, in UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export const noSpan: Span = { start: 0, end: 0 };

/**
 * A text and where it stands: the file's name for messages. A query inside a rule file is cut out of it line by line
 * (YAML indentation goes), so `lineOffsets` gives, for every line of `text`, where it begins in `file`'s own text.
 */
export interface Source {
  readonly name: string;
  readonly text: string;
  /** The enclosing file's text and the place of each line of `text` in it; absent where `text` is the file. */
  readonly container?: { readonly text: string; readonly lineOffsets: readonly number[] };
}

/** Line and column, both from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export function placeOf(text: string, offset: number): Place {
  let line = 1;
  let begin = 0;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", begin)) {
    line++;
    begin = at + 1;
  }
  return { line, column: offset - begin + 1 };
}
