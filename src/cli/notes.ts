import type { Fidelity, Note } from "../diagnostics/fidelity.ts";
import { locate } from "../diagnostics/locate.ts";
import { renderExcerpt } from "../diagnostics/render.ts";
import type { Source } from "../diagnostics/source.ts";
import { visible } from "../diagnostics/width.ts";
import { paint, type Style, type Terminal } from "./terminal.ts";

export const fidelityStyles: Readonly<Record<Fidelity | "info", Style>> = {
  exact: "green",
  approximate: "yellow",
  unsupported: "red",
  info: "blue",
};

/** A note for people, in the form of a diagnostic: place, level, cause, message, the source with carets, and when it shows. */
export function renderNote(source: Source, note: Note, terminal: Terminal): string {
  const color = terminal.errColor;
  const at = locate(source, note.span);
  const style = fidelityStyles[note.level];
  const place = paint(color, "bold", `${visible(at.file)}:${at.start.line}:${at.start.column}`);
  const lines = [`${place} ${paint(color, style, `${note.level} ${note.cause}:`)} ${visible(note.message)}`];
  if (note.span.end > note.span.start) {
    lines.push(...renderExcerpt(at, (carets) => paint(color, style, carets), { color, width: terminal.errWidth }));
  }
  if (note.when !== undefined) lines.push(`  ${paint(color, "cyan", "when:")} ${visible(note.when)}`);
  return lines.join("\n");
}

/** A note for programs, at its place in the file that the query was read from. */
export function noteToJson(source: Source, note: Note): object {
  const at = locate(source, note.span);
  return {
    level: note.level,
    cause: note.cause,
    construct: note.construct,
    message: note.message,
    ...(note.when === undefined ? {} : { when: note.when }),
    line: at.start.line,
    column: at.start.column,
    endLine: at.end.line,
    endColumn: at.end.column,
    start: at.span.start,
    end: at.span.end,
  };
}
