import { isArray, type Value } from "../types/value.ts";
import { textOf } from "./text.ts";

// The string operators of KQL, in their positive forms. Operands of type dynamic are compared as their JSON text.
// (datatypes-string-operators)

/** Case is folded letter by letter and beyond ASCII too (`É` equals `é`), without changing a text's length. */
export function fold(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : Array.from(text, foldLetter).join("");
}

function foldLetter(letter: string): string {
  const lower = letter.toLowerCase();
  return lower.length === letter.length ? lower : letter;
}

export function equalIgnoreCase(left: Value, right: Value): boolean {
  return fold(textOf(left)) === fold(textOf(right));
}

export function contains(text: Value, part: Value): boolean {
  return fold(textOf(text)).includes(fold(textOf(part)));
}
export function containsCs(text: Value, part: Value): boolean {
  return textOf(text).includes(textOf(part));
}

export function startswith(text: Value, start: Value): boolean {
  return fold(textOf(text)).startsWith(fold(textOf(start)));
}
export function startswithCs(text: Value, start: Value): boolean {
  return textOf(text).startsWith(textOf(start));
}

export function endswith(text: Value, end: Value): boolean {
  return fold(textOf(text)).endsWith(fold(textOf(end)));
}
export function endswithCs(text: Value, end: Value): boolean {
  return textOf(text).endsWith(textOf(end));
}

/**
 * `text has term`: the term stands in the text, and where it begins or ends with a letter or digit, no letter or digit
 * stands next to it there. All other characters, `_` too, separate terms.
 */
export function has(text: Value, term: Value): boolean {
  return hasTerm(fold(textOf(text)), fold(textOf(term)), true, true);
}
export function hasCs(text: Value, term: Value): boolean {
  return hasTerm(textOf(text), textOf(term), true, true);
}

/** Some term of the text starts with `start`. */
export function hasprefix(text: Value, start: Value): boolean {
  return hasTerm(fold(textOf(text)), fold(textOf(start)), true, false);
}
export function hasprefixCs(text: Value, start: Value): boolean {
  return hasTerm(textOf(text), textOf(start), true, false);
}

/** Some term of the text ends with `end`. */
export function hassuffix(text: Value, end: Value): boolean {
  return hasTerm(fold(textOf(text)), fold(textOf(end)), false, true);
}
export function hassuffixCs(text: Value, end: Value): boolean {
  return hasTerm(textOf(text), textOf(end), false, true);
}

/** The text has one of the terms; a term may be a dynamic array of terms. */
export function hasAny(text: Value, ...terms: readonly Value[]): boolean {
  const folded = fold(textOf(text));
  return listed(terms).some((term) => hasTerm(folded, fold(textOf(term)), true, true));
}

/** The text has all of the terms; a term may be a dynamic array of terms. */
export function hasAll(text: Value, ...terms: readonly Value[]): boolean {
  const folded = fold(textOf(text));
  return listed(terms).every((term) => hasTerm(folded, fold(textOf(term)), true, true));
}

/** The place of the first of the terms that the text has, or -1. (has-any-index-function) */
export function hasAnyIndex(text: Value, terms: Value): number | null {
  if (!isArray(terms)) return null;
  const folded = fold(textOf(text));
  return terms.findIndex((term) => hasTerm(folded, fold(textOf(term)), true, true));
}

/** The items of a list as operators with lists take it: arrays among them count as their elements. */
export function listed(items: readonly Value[]): readonly Value[] {
  return items.some(isArray) ? items.flatMap((item) => (isArray(item) ? listed(item) : [item])) : items;
}

function hasTerm(text: string, term: string, left: boolean, right: boolean): boolean {
  if (term === "") return true;
  const edgeLeft = left && isLetterOrDigit(term, 0);
  const edgeRight = right && isLetterOrDigit(term, lastLetter(term));
  for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + 1)) {
    const end = at + term.length;
    const freeLeft = !edgeLeft || at === 0 || !isLetterOrDigit(text, beforeLetter(text, at));
    const freeRight = !edgeRight || end === text.length || !isLetterOrDigit(text, end);
    if (freeLeft && freeRight) return true;
  }
  return false;
}

const letterOrDigit = /[\p{L}\p{N}]/u;

/** Whether the character that begins at this place is a letter or digit, of any script. */
function isLetterOrDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code < 128) return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
  return letterOrDigit.test(String.fromCodePoint(text.codePointAt(at) ?? 32));
}

const lastLetter = (text: string): number => beforeLetter(text, text.length);

/** Where the character before this place begins: a pair of surrogates is one character. */
function beforeLetter(text: string, at: number): number {
  const code = text.charCodeAt(at - 1);
  return code >= 0xdc00 && code <= 0xdfff && at >= 2 ? at - 2 : at - 1;
}
