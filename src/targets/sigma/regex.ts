import { RE2JS } from "re2js";
import type { Modifier } from "../../sigma/rule.ts";
import { type Logic, or, testing } from "./logic.ts";
import { emptyTest, regexTest } from "./text-tests.ts";

/** What the regular expressions of Sigma's backends (Python, PCRE, Java, .NET) read otherwise than KQL's, or not at all. */
const foreign = /\\[pPxuUzZAQEC]|\\b\{|\[\[:|\[[^\]]*(?:&&|--|~~)|\(\?[a-zA-Z]*[UxRu-]/;

/**
 * KQL's `matches regex` on a field: unanchored, with case. Flags at its beginning become modifiers.
 * null where a backend could read it otherwise.
 */
export function regexLogic(field: string, pattern: string, ignoreCase: boolean): Logic | null {
  const leading = /^\(\?([ims]+)\)/.exec(pattern);
  const body = (leading === null ? pattern : pattern.slice(leading[0].length)).replaceAll("(?<", "(?P<");
  const letters = [...new Set(leading?.[1] ?? "")];
  if (body === "" || /\(\?[ims]+\)/.test(body) || foreign.test(body)) return null;
  const flags = letters.flatMap((letter): Modifier[] => (letter === "m" || letter === "s" ? [letter] : []));
  try {
    const empty = RE2JS.compile(pattern).matcher("").find();
    const test = testing(regexTest(field, [body], !(ignoreCase || letters.includes("i")), flags));
    // An absent field is "" in KQL, and passes no test in Sigma.
    return empty ? or([test, testing(emptyTest(field))]) : test;
  } catch {
    return null;
  }
}

/** Whether a pattern can be matched without case against a field instead of with case against its lower-case text. */
export function isLowerPattern(pattern: string): boolean {
  return !/\p{Lu}/u.test(pattern.replace(/\\[a-zA-Z]/g, ""));
}
