import type { Span } from "../diagnostics/source.ts";

/** A place of the source for a message: in backticks, on one line. */
export function quoted(text: string, span: Span): string {
  return `\`${text.slice(span.start, span.end).replace(/\s+/g, " ").replaceAll("`", "'")}\``;
}

/** A word for a message, in backticks. */
export function wordText(word: string): string {
  return `\`${word.replaceAll("`", "'")}\``;
}

/** Several words for a message; the rest is counted. */
export function wordList(words: readonly string[]): string {
  const shown = words.slice(0, 3).map(wordText).join(", ");
  return words.length > 3 ? `${shown} and ${words.length - 3} more` : shown;
}
