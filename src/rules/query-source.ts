import { isScalar, type Scalar } from "yaml";
import type { Source } from "../diagnostics/source.ts";

/** The text of a YAML scalar as a source whose lines are found again in the YAML file. */
export function scalarSource(fileName: string, fileText: string, scalar: Scalar<string>): Source {
  const lines = scalar.value.split("\n");
  const body = bodyOf(scalar);
  const lineOffsets =
    scalar.type === "BLOCK_LITERAL" ? literalOffsets(fileText, body, lines) : searchedOffsets(fileText, body, lines);
  return { name: fileName, text: scalar.value, container: { text: fileText, lineOffsets } };
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** Where the scalar's content stands in the file: behind the header of a block, inside the quotes. */
function bodyOf(scalar: Scalar): Range {
  const [start, end] = scalar.range ?? [0, 0];
  const token = scalar.srcToken;
  if (token?.type === "block-scalar") {
    const header = token.props.reduce((length, prop) => length + ("source" in prop ? prop.source.length : 0), 0);
    return { start: token.offset + header, end: token.offset + header + token.source.length };
  }
  return scalar.type === "QUOTE_DOUBLE" || scalar.type === "QUOTE_SINGLE" ? { start: start + 1, end } : { start, end };
}

/** A literal block keeps its lines; only the indentation in front of them is gone. */
function literalOffsets(fileText: string, body: Range, lines: readonly string[]): number[] {
  const offsets: number[] = [];
  let at = body.start;
  for (const line of lines) {
    const newline = fileText.indexOf("\n", at);
    const end = newline < 0 || newline > body.end ? body.end : newline;
    const written = fileText.slice(at, end).replace(/\r$/, "");
    offsets.push(at + Math.max(0, written.length - line.length));
    at = Math.min(end + 1, body.end);
  }
  return offsets;
}

/**
 * Folded blocks, quoted and plain scalars: lines are joined and escapes are resolved, so a line is looked for by its
 * first words, behind the line before it. Columns behind a joined line or an escape are too small.
 */
function searchedOffsets(fileText: string, body: Range, lines: readonly string[]): number[] {
  const offsets: number[] = [];
  let from = body.start;
  for (const line of lines) {
    const words = /[^\s"'\\]+(?: [^\s"'\\]+)?/.exec(line);
    const found = words === null ? -1 : fileText.indexOf(words[0], from);
    if (words !== null && found >= 0 && found < body.end) {
      offsets.push(Math.max(body.start, found - words.index));
      from = found + words[0].length;
    } else {
      offsets.push(from);
    }
  }
  return offsets;
}

/** The same query with the comment lines that begin with `start` (behind the slashes) made part of it; null where there is none. */
export function uncommented(query: Source, start: string): Source | null {
  const removed = query.text.split("\n").map((line) => commentMark(line, start));
  if (removed.every((length) => length === 0)) return null;
  const text = query.text
    .split("\n")
    .map((line, index) => line.slice(removed[index]))
    .join("\n");
  if (query.container === undefined) return { ...query, text };
  const lineOffsets = query.container.lineOffsets.map((offset, index) => offset + (removed[index] ?? 0));
  return { ...query, text, container: { text: query.container.text, lineOffsets } };
}

/** How many characters make a line with such a comment a comment, blanks in front included; 0 for another line. */
function commentMark(line: string, start: string): number {
  const comment = /^\s*\/\//.exec(line);
  if (comment === null) return 0;
  return line.slice(comment[0].length).trimStart().startsWith(start) ? comment[0].length : 0;
}

export function isStringScalar(node: unknown): node is Scalar<string> {
  return isScalar(node) && typeof node.value === "string";
}
