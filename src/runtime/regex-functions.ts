import type { Dynamic, Value } from "../types/value.ts";
import { isArray } from "../types/value.ts";
import { toLongOr } from "./convert.ts";
import { type Match, quotePattern, type Regex, regex } from "./regex.ts";
import { textOf } from "./text.ts";

// Functions with regular expressions. Patterns are searched for anywhere in the text and mind case unless they say `(?i)`.

export function matchesRegex(text: Value, pattern: Value): boolean {
  return regex(textOf(pattern)).test(textOf(text));
}

/** The text of a group (0: the whole match) of the first match; "" without one. (extract-function) */
export function extract(pattern: Value, group: Value, text: Value): string {
  const match = regex(textOf(pattern)).exec(textOf(text));
  return match?.groups[toLongOr(group, -1)] ?? "";
}

/**
 * The groups of all matches: an array of texts for one group, of arrays for several; null without a match.
 * `groups` picks groups by number or name. (extract-all-function)
 */
export function extractAll(pattern: Value, ...rest: readonly Value[]): Dynamic {
  const [groups, text] = rest.length > 1 ? rest : [null, rest[0] ?? null];
  const compiled = regex(textOf(pattern));
  const picked = isArray(groups ?? null) ? pickedGroups(compiled, groups ?? null) : everyGroup(compiled);
  const rows = compiled
    .matches(textOf(text ?? null))
    .map((match: Match) => picked.map((index) => match.groups[index] ?? ""));
  if (rows.length === 0) return null;
  return picked.length === 1 ? rows.map(([only]) => only ?? "") : rows;
}

function everyGroup(compiled: Regex): readonly number[] {
  return compiled.groups === 0 ? [0] : Array.from({ length: compiled.groups }, (_, i) => i + 1);
}

function pickedGroups(compiled: Regex, groups: Value): readonly number[] {
  if (!isArray(groups)) return [];
  return groups.map((group) => (typeof group === "string" ? (compiled.names.get(group) ?? -1) : toLongOr(group, -1)));
}

/** All matches replaced; `\0` is the match, `\1` … its groups. (replace-regex-function) */
export function replaceRegex(text: Value, pattern: Value, rewrite: Value): string {
  const source = textOf(text);
  const replacement = textOf(rewrite);
  let result = "";
  let at = 0;
  for (const match of regex(textOf(pattern)).matches(source)) {
    result += source.slice(at, match.start);
    result += replacement.replace(/\\(\d|\\)/g, (_, what: string) =>
      what === "\\" ? "\\" : (match.groups[Number(what)] ?? ""),
    );
    at = match.end;
  }
  return result + source.slice(at);
}

/** The older form of `replace_regex`, with its arguments in another order. */
export function replace(pattern: Value, rewrite: Value, text: Value): string {
  return replaceRegex(text, pattern, rewrite);
}

/** One match at the start and one at the end removed. (trim-function) */
export function trim(pattern: Value, text: Value): string {
  return trimEnd(pattern, trimStart(pattern, text));
}
export function trimStart(pattern: Value, text: Value): string {
  const source = textOf(text);
  const match = regex(`^(?:${textOf(pattern)})`).exec(source);
  return match === null ? source : source.slice(match.end);
}
export function trimEnd(pattern: Value, text: Value): string {
  const source = textOf(text);
  const match = regex(`(?:${textOf(pattern)})$`).exec(source);
  return match === null ? source : source.slice(0, match.start);
}

/** Place of the n-th match from `start` on, in code points, or -1; null for a negative start. (indexof-regex-function) */
export function indexofRegex(
  text: Value,
  pattern: Value,
  start?: Value,
  length?: Value,
  occurrence?: Value,
): number | null {
  const letters = Array.from(textOf(text));
  const from = toLongOr(start ?? null, 0);
  const size = toLongOr(length ?? null, -1);
  const nth = toLongOr(occurrence ?? null, 1);
  if (from < 0 || size < -1 || nth < 0) return null;
  if (from > letters.length) return -1;
  const range = letters.slice(from, size < 0 ? letters.length : from + size).join("");
  const match = regex(textOf(pattern)).matches(range)[Math.max(1, nth) - 1];
  return match === undefined ? -1 : from + Array.from(range.slice(0, match.start)).length;
}

export function regexQuote(text: Value): string {
  return quotePattern(textOf(text));
}
