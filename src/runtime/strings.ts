import { isArray, type Value } from "../types/value.ts";
import { toLongOr } from "./convert.ts";
import { regex } from "./regex.ts";
import { textOf, tostring } from "./text.ts";

// String functions. Positions and lengths count code points, not UTF-16 units.

/** Letters keep their number: a letter whose other case is several letters (`ß`) stays. (tolower-function) */
export function tolower(text: Value): string {
  return letterwise(textOf(text), (part) => part.toLowerCase());
}
export function toupper(text: Value): string {
  return letterwise(textOf(text), (part) => part.toUpperCase());
}

function letterwise(text: string, change: (part: string) => string): string {
  const changed = change(text);
  if (changed.length === text.length) return changed;
  return Array.from(text, (letter) => {
    const other = change(letter);
    return other.length === letter.length ? other : letter;
  }).join("");
}

/** The arguments' texts joined; null is "". (strcat-function) */
export function strcat(...parts: readonly Value[]): string {
  return parts.map(tostring).join("");
}
export function strcatDelim(delimiter: Value, ...parts: readonly Value[]): string {
  return parts.map(tostring).join(textOf(delimiter));
}
/** "" where the first argument is no array. (strcat-array-function) */
export function strcatArray(array: Value, delimiter: Value): string {
  return isArray(array) ? array.map(textOf).join(textOf(delimiter)) : "";
}

const surrogate = /[\ud800-\udfff]/;

/** The text's characters: its code points. */
function characters(text: string): readonly string[] | string {
  return surrogate.test(text) ? Array.from(text) : text;
}
const joined = (part: readonly string[] | string): string => (typeof part === "string" ? part : part.join(""));

/** From 0; a negative start counts from the end. (substring-function) */
export function substring(text: Value, start: Value, length?: Value): string {
  const letters = characters(textOf(text));
  const from = toLongOr(start, 0);
  const begin = from < 0 ? letters.length + from : from;
  const size = length === undefined ? letters.length : toLongOr(length, 0);
  const end = begin + size;
  return end <= 0 || size <= 0 ? "" : joined(letters.slice(begin < 0 ? 0 : begin, end));
}

/**
 * Where `part` first stands, from 0, or -1; `start` negative counts from the end; it must begin within `length` characters (-1: no
 * limit); `occurrence` from 1. Null where `occurrence` is negative or `length` below -1. (indexof-function)
 */
export function indexof(text: Value, part: Value, start?: Value, length?: Value, occurrence?: Value): number | null {
  const letters = Array.from(tostring(text));
  const wanted = tostring(part);
  const size = toLongOr(length ?? null, -1);
  const nth = toLongOr(occurrence ?? null, 1);
  if (size < -1 || nth < 0) return null;
  const from = toLongOr(start ?? null, 0);
  const begin = Math.max(0, from < 0 ? letters.length + from : from);
  if (begin > letters.length) return -1;
  const rest = letters.slice(begin).join("");
  let at = -1;
  for (let found = 0; found < Math.max(1, nth); found++) {
    at = rest.indexOf(wanted, at + 1);
    if (at < 0) return -1;
  }
  const place = Array.from(rest.slice(0, at)).length;
  return size >= 0 && place >= size ? -1 : begin + place;
}

/** Number of code points. (strlen-function) */
export function strlen(text: Value): number {
  return characters(textOf(text)).length;
}

/** Number of bytes in UTF-8. (string-size-function) */
export function stringSize(text: Value): number {
  let bytes = 0;
  for (const letter of textOf(text)) {
    const code = letter.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/** All occurrences, left to right; an empty `part` replaces nothing. (replace-string-function) */
export function replaceString(text: Value, part: Value, replacement: Value): string {
  const wanted = textOf(part);
  return wanted === "" ? textOf(text) : textOf(text).split(wanted).join(textOf(replacement));
}

/**
 * Part by part in the list's order; what one part has matched, later parts leave alone. A replacement that is no string keeps the match.
 * (replace-strings-function)
 */
export function replaceStrings(text: Value, parts: Value, replacements: Value): string {
  const source = textOf(text);
  if (!isArray(parts) || !isArray(replacements)) return source;
  // Pieces at even places are still open, those at odd ones are done.
  let pieces = [source];
  parts.forEach((part, i) => {
    if (typeof part !== "string" || part === "") return;
    const replacement = replacements[i];
    const done = typeof replacement === "string" ? replacement : part;
    pieces = pieces.flatMap((piece, place) =>
      place % 2 === 1 ? [piece] : piece.split(part).flatMap((open, n) => (n === 0 ? [open] : [done, open])),
    );
  });
  return pieces.join("");
}

/** The parts between delimiters; with an index, an array of that one part, null where there is none. (split-function) */
export function split(text: Value, delimiter: Value, index?: Value): readonly string[] | null {
  const by = textOf(delimiter);
  const source = textOf(text);
  const parts = by === "" ? [source] : source.split(by);
  if (index === undefined || index === null) return parts;
  const part = parts[toLongOr(index, -1)];
  return part === undefined ? null : [part];
}

export function reverse(text: Value): string {
  return Array.from(tostring(text)).reverse().join("");
}

/** How often `part` stands in the text; plain parts may overlap, matches of a `regex` do not. (countof-function) */
export function countof(text: Value, part: Value, kind?: Value): number {
  const source = textOf(text);
  const wanted = textOf(part);
  if (kind === "regex") return regex(wanted).matches(source).length;
  if (wanted === "") return 0;
  let count = 0;
  for (let at = source.indexOf(wanted); at >= 0; at = source.indexOf(wanted, at + 1)) count++;
  return count;
}

/** Every letter of `from` becomes the one at its place in `to`; `to` repeats its last letter as far as needed. (translate-function) */
export function translate(from: Value, to: Value, text: Value): string {
  const targets = Array.from(textOf(to));
  const table = new Map(Array.from(textOf(from), (letter, i) => [letter, targets[i] ?? targets.at(-1) ?? ""]));
  return Array.from(textOf(text), (letter) => table.get(letter) ?? letter).join("");
}

/** Below, at or above zero by code points: -1, 0 or 1. (strcmp-function) */
export function strcmp(left: Value, right: Value): number {
  const a = Array.from(textOf(left), (letter) => letter.codePointAt(0) ?? 0);
  const b = Array.from(textOf(right), (letter) => letter.codePointAt(0) ?? 0);
  const at = a.findIndex((code, i) => code !== b[i]);
  if (at < 0) return a.length === b.length ? 0 : -1;
  return (a[at] ?? 0) > (b[at] ?? -1) ? 1 : -1;
}

/** The text repeated, with a delimiter between. At most 1024 times. (strrep-function) */
export function strrep(value: Value, times: Value, delimiter?: Value): string {
  const count = Math.min(1024, Math.max(0, toLongOr(times, 0)));
  return new Array<string>(count).fill(tostring(value)).join(delimiter === undefined ? "" : textOf(delimiter));
}

/** Hexadecimal, negative numbers in 64 bits; at least `length` digits. (tohex-function) */
export function tohex(value: Value, length?: Value): string {
  if (typeof value !== "number" && typeof value !== "bigint") return "";
  const digits = BigInt.asUintN(64, BigInt(typeof value === "number" ? Math.trunc(value) : value)).toString(16);
  const width = Math.min(1024, Math.max(0, toLongOr(length ?? null, 0)));
  return digits.length > width && digits.startsWith("f".repeat(16 - width)) && width > 0
    ? digits.slice(16 - width)
    : digits.padStart(width, "0");
}

export function isascii(text: Value): boolean {
  return stringSize(text) === textOf(text).length;
}
