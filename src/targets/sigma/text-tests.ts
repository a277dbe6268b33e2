import { type FieldTest, literalText, type Modifier } from "../../sigma/rule.ts";
import { type Logic, or, testing } from "./logic.ts";

/** How a text is compared with what stands in a field. */
export type TextRelation = "equals" | "contains" | "startswith" | "endswith";

export function textTest(field: string, relation: TextRelation, texts: readonly string[], cased: boolean): FieldTest {
  const modifiers: readonly Modifier[] = relation === "equals" ? [] : [relation];
  return { field, modifiers: cased ? [...modifiers, "cased"] : modifiers, values: unique(texts).map(literalText) };
}

export function regexTest(
  field: string,
  patterns: readonly string[],
  cased: boolean,
  flags: readonly Modifier[] = [],
): FieldTest {
  const modifiers: readonly Modifier[] = cased ? ["re", ...flags] : ["re", "i", ...flags];
  return { field, modifiers, values: unique(patterns).map((text) => ({ kind: "verbatim", text })) };
}

/** The field is absent or "": for KQL the same. */
export function emptyTest(field: string): FieldTest {
  return { field, modifiers: [], values: [{ kind: "text", parts: [] }, { kind: "null" }] };
}

/** Which ends of a text have to be ends of a term. */
export interface TermEnds {
  readonly left: boolean;
  readonly right: boolean;
}

/** Whether a text begins, or ends, with a letter or digit of any script: then that end has to be the end of a term. */
export function termEnds(text: string, ends: TermEnds): TermEnds {
  return { left: ends.left && /^[\p{L}\p{N}]/u.test(text), right: ends.right && /[\p{L}\p{N}]$/u.test(text) };
}

export function hasTermEnd(text: string, ends: TermEnds): boolean {
  const { left, right } = termEnds(text, ends);
  return left || right;
}

/**
 * KQL's `has`: the text occurs, and where it begins or ends with a letter or digit, no letter or digit stands next to it.
 * Without such an end that is `contains`; else a regular expression says it, without look-around, which many backends lack.
 */
export function termTest(field: string, texts: readonly string[], ends: TermEnds, cased: boolean): Logic {
  const bounded = texts.map((text) => ({ text, ...termEnds(text, ends) }));
  const plain = bounded.filter((b) => !b.left && !b.right).map((b) => b.text);
  const terms = bounded.filter((b) => b.left || b.right).map((b) => termPattern(b.text, b));
  return or([
    ...(plain.length === 0 ? [] : [testing(textTest(field, "contains", plain, cased))]),
    ...(terms.length === 0 ? [] : [testing(regexTest(field, terms, cased))]),
  ]);
}

function termPattern(text: string, ends: TermEnds): string {
  const before = ends.left ? "(?:^|[^a-zA-Z0-9])" : "";
  const after = ends.right ? "(?:[^a-zA-Z0-9]|$)" : "";
  return before + escapeRegex(text) + after;
}

export function escapeRegex(text: string): string {
  return text
    .replace(/[\\.+*?()[\]{}^$|]/g, "\\$&")
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "\\r")
    .replaceAll("\t", "\\t");
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
