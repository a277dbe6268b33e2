import { styleText } from "node:util";
import type { Diagnostic, Severity } from "./diagnostic.ts";
import type { Location } from "./locate.ts";
import { locate } from "./locate.ts";
import type { Source } from "./source.ts";
import { glyphsOf, visible } from "./width.ts";

export interface RenderOptions {
  /** Colour for a terminal. */
  readonly color?: boolean;
  /** Cells that a line may take; longer source lines are cut around the caret. 100 where absent. */
  readonly width?: number;
}

type Format = Parameters<typeof styleText>[0];
const severityFormat: Readonly<Record<Severity, Format>> = {
  error: ["bold", "red"],
  warning: ["bold", "yellow"],
  info: ["bold", "blue"],
};
const tabStop = 4;
const mostLines = 4;

/**
 * A finding for people: `file:line:column severity CODE: message`, the source lines with a run of carets below the
 * place, and the hint. A query inside a rule file is shown at its place in that file.
 */
export function renderDiagnostic(source: Source, diagnostic: Diagnostic, options: RenderOptions = {}): string {
  const { severity, code, message, hint } = diagnostic;
  const paint = painter(options.color === true);
  const format = severityFormat[severity];
  const at = locate(source, diagnostic);
  const head = `${visible(at.file)}:${at.start.line}:${at.start.column}`;
  const lines = [
    `${paint("bold", head)} ${paint(format, `${severity} ${code}:`)} ${visible(message)}`,
    ...renderExcerpt(at, (carets) => paint(format, carets), options),
  ];
  if (hint !== undefined) lines.push(`  ${paint("cyan", "hint:")} ${visible(hint)}`);
  return lines.join("\n");
}

/** The source lines of a place with carets below it; none where the file is empty. */
export function renderExcerpt(
  at: Location,
  mark: (carets: string) => string,
  options: RenderOptions = {},
): readonly string[] {
  if (at.text.length === 0) return [];
  // A span that ends with a line break does not touch the next line.
  const lastLine = Math.max(at.start.line, at.end.column === 1 ? at.end.line - 1 : at.end.line);
  const gutter = String(lastLine).length;
  const paint = painter(options.color === true);
  const room = Math.max(20, (options.width ?? 100) - gutter - 6);
  const result: string[] = [];
  const count = lastLine - at.start.line + 1;
  for (const [index, line] of linesFrom(at.text, at.span.start, count).entries()) {
    if (count > mostLines && index >= mostLines - 2 && index < count - 1) {
      if (index === mostLines - 2) result.push(paint("dim", `  ${"".padStart(gutter)} ⋮`));
      continue;
    }
    const first = index === 0 ? at.start.column - 1 : line.search(/\S|$/);
    const last = index === count - 1 && at.end.line === lastLine ? at.end.column - 1 : line.length;
    const [shown, carets] = layOut(line, first, Math.max(first, last), room);
    const number = String(at.start.line + index).padStart(gutter);
    result.push(
      `  ${paint("dim", `${number} |`)} ${shown}`.trimEnd(),
      `  ${paint("dim", `${"".padStart(gutter)} |`)} ${carets.replace(/\^+/, mark)}`,
    );
  }
  return result;
}

/** The line that holds an offset, and those after it. */
function linesFrom(text: string, offset: number, count: number): string[] {
  const lines: string[] = [];
  let begin = text.lastIndexOf("\n", offset - 1) + 1;
  for (let i = 0; i < count && begin <= text.length; i++) {
    const end = text.indexOf("\n", begin);
    const line = end < 0 ? text.slice(begin) : text.slice(begin, end);
    lines.push(line.endsWith("\r") ? line.slice(0, -1) : line);
    if (end < 0) break;
    begin = end + 1;
  }
  return lines;
}

interface Cell {
  readonly text: string;
  readonly cells: number;
  /** Range in the line, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
}

/** A source line made visible and cut to `room` cells around the marked part, and the carets below that part. */
function layOut(line: string, first: number, last: number, room: number): readonly [string, string] {
  // Text far beyond what fits is not even measured.
  const windowStart = Math.max(0, first - 4 * room);
  const windowEnd = Math.min(line.length, first + 4 * room);
  const cells = cellsOf(line, windowStart, windowEnd);
  // The end of a line has no character to stand below; its caret stands behind the last one.
  if (first >= line.length) cells.push({ text: " ", cells: 1, start: line.length, end: line.length + 1 });
  const markEnd = Math.max(last, first + 1);
  const marked = (cell: Cell) => cell.start < markEnd && cell.end > first;

  let from = 0;
  if (windowStart > 0 || windowEnd < line.length || widthOf(cells) > room) {
    const target = Math.max(0, cells.findIndex(marked));
    for (let before = widthOf(cells.slice(0, target)); before > room / 2; from++) before -= cells[from]?.cells ?? 0;
  }
  const cutLeft = windowStart > 0 || from > 0;
  let shown = cutLeft ? "…" : "";
  let carets = cutLeft ? " " : "";
  let used = shown.length;
  let to = from;
  for (const cell of cells.slice(from)) {
    if (used + cell.cells > room) break;
    shown += cell.text;
    carets += (marked(cell) ? "^" : " ").repeat(cell.cells);
    used += cell.cells;
    to++;
  }
  const cutRight = to < cells.length || windowEnd < line.length;
  return [(cutRight ? `${shown}…` : shown).trimEnd(), carets.trimEnd()];
}

function cellsOf(line: string, start: number, end: number): Cell[] {
  const cells: Cell[] = [];
  let at = start;
  let column = 0;
  for (const glyph of glyphsOf(line.slice(start, end))) {
    const width = glyph.text === "\t" ? tabStop - (column % tabStop) : glyph.cells;
    const text = glyph.text === "\t" ? " ".repeat(width) : visible(glyph.text);
    cells.push({ text, cells: width, start: at, end: at + glyph.text.length });
    column += width;
    at += glyph.text.length;
  }
  return cells;
}

function widthOf(cells: readonly Cell[]): number {
  return cells.reduce((sum, cell) => sum + cell.cells, 0);
}

function painter(color: boolean): (format: Format, text: string) => string {
  // Whether the stream takes colour is the caller's decision.
  return color ? (format, text) => styleText(format, text, { validateStream: false }) : (_, text) => text;
}
