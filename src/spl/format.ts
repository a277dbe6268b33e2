import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { parseSplText } from "./parse.ts";
import { printPipeline } from "./print.ts";

/**
 * An SPL text in the one layout of this project: a command a line, long conditions one a line, comments and macros kept; null
 * where it cannot be read. No newline at the end.
 */
export function formatSpl(text: string): { readonly text: string | null; readonly diagnostics: readonly Diagnostic[] } {
  const { pipeline, diagnostics } = parseSplText(text);
  return { text: pipeline === null ? null : printPipeline(pipeline), diagnostics };
}
