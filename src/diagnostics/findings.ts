import type { Diagnostic } from "./diagnostic.ts";
import { locate } from "./locate.ts";
import type { Source } from "./source.ts";

/** A finding and the text that it is about. */
export interface Finding {
  readonly source: Source;
  readonly diagnostic: Diagnostic;
}

/** A finding as the JSON output has it: line, column and offsets are those of the file. */
export interface JsonFinding {
  readonly file: string;
  readonly code: string;
  readonly severity: string;
  readonly message: string;
  readonly hint?: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly start: number;
  readonly end: number;
}

/** A finding for programs, at its place in the file that it was read from. */
export function toJson({ source, diagnostic }: Finding): JsonFinding {
  const at = locate(source, diagnostic);
  return {
    file: at.file,
    code: diagnostic.code,
    severity: diagnostic.severity,
    message: diagnostic.message,
    ...(diagnostic.hint === undefined ? {} : { hint: diagnostic.hint }),
    line: at.start.line,
    column: at.start.column,
    endLine: at.end.line,
    endColumn: at.end.column,
    start: at.span.start,
    end: at.span.end,
  };
}
