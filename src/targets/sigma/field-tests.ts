import type { TextComparison } from "./comparison.ts";
import { and, type Logic, never, not, or, testing } from "./logic.ts";
import { isLowerPattern, regexLogic } from "./regex.ts";
import type { LetterCase, Part } from "./subject.ts";
import { emptyTest, escapeRegex, regexTest, termEnds, termTest, textTest } from "./text-tests.ts";

/**
 * A comparison of a field's text as tests of the field; null where Sigma has none. "" is what KQL has for an absent
 * field, so a comparison that "" passes is true for an absent one too.
 */
export function fieldTests(field: string, comparison: TextComparison): Logic | null {
  const { relation, cased, texts } = comparison;
  const filled = texts.filter((text) => text !== "");
  if (filled.length < texts.length) return withEmpty(field, comparison, filled);
  if (comparison.all && texts.length > 1)
    return allOf(texts, (text) => fieldTests(field, { ...comparison, texts: [text] }));
  switch (relation) {
    case "equals":
    case "contains":
    case "startswith":
    case "endswith":
      return texts.length === 0 ? never : testing(textTest(field, relation, texts, cased));
    case "term":
      return termTest(field, texts, comparison.ends, cased);
    case "regex":
      return anyOf(texts, (text) => regexLogic(field, text, !cased));
  }
}

/** "" equals an empty field, and stands in every text at every place. */
function withEmpty(field: string, comparison: TextComparison, filled: readonly string[]): Logic | null {
  if (comparison.relation === "regex") return null;
  const empty: Logic = comparison.relation === "equals" ? testing(emptyTest(field)) : { kind: "constant", value: true };
  const others = filled.length === 0 ? [] : [fieldTests(field, { ...comparison, texts: filled })];
  return combined(comparison.all ? and : or, [empty, ...others]);
}

/**
 * The comparison of a text in lower or upper case: without case, if the constants are in that case; a constant that is not
 * never fits. null for a regular expression that looks at case.
 */
export function inCase(comparison: TextComparison, lettercase: LetterCase): TextComparison | null {
  if (lettercase === "as is" || !comparison.cased) return comparison;
  if (comparison.relation === "regex") {
    return lettercase === "lower" && comparison.texts.every(isLowerPattern) ? { ...comparison, cased: false } : null;
  }
  const fits = (text: string) => text === (lettercase === "lower" ? text.toLowerCase() : text.toUpperCase());
  if (comparison.all && !comparison.texts.every(fits)) return null;
  return { ...comparison, cased: false, texts: comparison.texts.filter(fits) };
}

/** The same for a part of a field. */
export function partTests(part: Part, field: string, argument: string, comparison: TextComparison): Logic | null {
  const { texts } = comparison;
  if (comparison.all && texts.length > 1) {
    return allOf(texts, (text) => partTests(part, field, argument, { ...comparison, texts: [text] }));
  }
  if (comparison.relation === "equals" && texts.includes("")) {
    const filled = texts.filter((text) => text !== "");
    const others = filled.length === 0 ? [] : [partTests(part, field, argument, { ...comparison, texts: filled })];
    return combined(or, [emptyPart(part, field, argument), ...others]);
  }
  if (texts.includes("")) return fieldTests(field, comparison);
  if (texts.length === 0) return never;
  if (part === "hash") return hashTests(field, argument, comparison);
  return argument.length === 1 ? segmentTests(part, field, argument, comparison) : null;
}

/** A hash in a list such as `MD5=…,SHA256=…`. */
function hashTests(field: string, algorithm: string, { relation, cased, texts }: TextComparison): Logic | null {
  if (relation !== "equals" && relation !== "startswith") return null;
  const whole = { MD5: 32, SHA1: 40, SHA256: 64 }[algorithm];
  // A shorter text would match the beginning of a longer hash.
  if (relation === "equals" && texts.some((text) => text.length !== whole)) return null;
  return testing(
    textTest(
      field,
      "contains",
      texts.map((text) => `${algorithm}=${text}`),
      cased,
    ),
  );
}

/** The last segment of a path, or the text in front of or behind the one separator of `DOMAIN\user`. */
function segmentTests(
  part: "basename" | "before" | "after",
  field: string,
  separator: string,
  comparison: TextComparison,
): Logic | null {
  const { relation, cased } = comparison;
  // A segment has no separator in it, so a text that has one is in no segment.
  const texts = comparison.texts.filter((text) => !text.includes(separator));
  if (relation === "regex") return null;
  if (texts.length === 0) return never;
  const test = (side: "startswith" | "endswith", written: readonly string[]) =>
    testing(textTest(field, side, written, cased));
  if (relation === "equals") {
    return part === "before"
      ? test(
          "startswith",
          texts.map((text) => text + separator),
        )
      : test(
          "endswith",
          texts.map((text) => separator + text),
        );
  }
  if (relation === "startswith" && part === "before") return test("startswith", texts);
  if (part === "before") return null;
  if (relation === "endswith") return test("endswith", texts);
  const patterns = texts.map((text) => lastSegmentPattern(text, separator, comparison));
  return testing(regexTest(field, patterns, cased));
}

/** A text somewhere in the last segment, at its start with `startswith`, as a term with `term`. */
function lastSegmentPattern(text: string, separator: string, { relation, ends }: TextComparison): string {
  const mark = escapeRegex(separator);
  const bounds = termEnds(text, relation === "term" ? ends : { left: false, right: false });
  const start = relation === "startswith" ? mark : bounds.left ? "(?:^|[^a-zA-Z0-9])" : "";
  const rest = `[^${mark}]*$`;
  const end = bounds.right ? `(?:[^a-zA-Z0-9${mark}]${rest}|$)` : rest;
  return start + escapeRegex(text) + end;
}

/** A part that is "": no such hash, or nothing to have a part of. */
export function emptyPart(part: Part, field: string, argument: string): Logic {
  const missing = testing(emptyTest(field));
  return part === "hash" ? not(testing(textTest(field, "contains", [`${argument}=`], false))) : missing;
}

function allOf(texts: readonly string[], each: (text: string) => Logic | null): Logic | null {
  return combined(and, texts.map(each));
}
function anyOf(texts: readonly string[], each: (text: string) => Logic | null): Logic | null {
  return combined(or, texts.map(each));
}
function combined(join: (operands: readonly Logic[]) => Logic, parts: readonly (Logic | null)[]): Logic | null {
  const said = parts.filter((part) => part !== null);
  return said.length < parts.length ? null : join(said);
}
