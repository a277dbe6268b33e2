import type { Span } from "../diagnostics/source.ts";
import type { Expr } from "../plan/nodes.ts";
import { anyOf, test, text } from "./build.ts";

/** A border of a term of KQL: no letter or digit beside it. */
const before = "(?<![\\p{L}\\p{N}])";
const behind = "(?![\\p{L}\\p{N}])";

/** One way through an expression that only looks for texts: its borders and the text between them. */
interface Way {
  readonly left: "" | "start" | "border";
  readonly text: string;
  readonly right: "" | "end" | "border";
}

/**
 * A regular expression that only looks for texts, as the operators that say so: `(?i)net` is `contains`, `(?i)\\net\.exe$` is
 * `endswith`, and a text with no letter or digit beside it is `has`. null for any other expression.
 */
export function textTest(value: Expr, pattern: string, span: Span): Expr | null {
  const ignoreCase = pattern.startsWith("(?i)");
  const suffix = ignoreCase ? "" : "_cs";
  const ways = waysOf(ignoreCase ? pattern.slice(4) : pattern);
  if (ways === null) return null;
  const constant = (way: Way): Expr => text(way.text, span);
  const tests: Expr[] = [];
  const terms: Expr[] = [];
  for (const way of ways) {
    if (way.text === "") return null;
    const { left, right } = way;
    if (left === "border" || right === "border") {
      if (left === "start" || right === "end") return null;
      const whole = (left === "border" || !isWord(way.text, 0)) && (right === "border" || !isWord(way.text, -1));
      if (whole) terms.push(constant(way));
      else tests.push(test(`${left === "border" ? "hasprefix" : "hassuffix"}${suffix}`, span, value, constant(way)));
    } else if (left === "start" && right === "end")
      tests.push(test(ignoreCase ? "=~" : "==", span, value, constant(way)));
    else {
      const name = left === "start" ? "startswith" : right === "end" ? "endswith" : "contains";
      tests.push(test(`${name}${suffix}`, span, value, constant(way)));
    }
  }
  if (terms.length > 1 && ignoreCase) tests.unshift(test("has_any", span, value, ...terms));
  else tests.unshift(...terms.map((term) => test(`has${suffix}`, span, value, term)));
  return anyOf(tests, span);
}

function isWord(value: string, at: number): boolean {
  return /[\p{L}\p{N}]/u.test([...value].at(at) ?? "");
}

/** The most ways and the deepest groups that are worth telling apart. */
const most = 100;
const deepest = 10;

/** All ways through the expression, or null where it is more than texts, groups and borders. */
function waysOf(pattern: string): readonly Way[] | null {
  const reader = { pattern, at: 0 };
  const ways = alternatives(reader, 0);
  return ways === null || reader.at < pattern.length ? null : ways;
}

interface Reader {
  readonly pattern: string;
  at: number;
}

function alternatives(reader: Reader, depth: number): readonly Way[] | null {
  const all: Way[] = [];
  for (;;) {
    const ways = sequence(reader, depth);
    if (ways === null) return null;
    all.push(...ways);
    if (all.length > most) return null;
    if (reader.pattern.charAt(reader.at) !== "|") return all;
    reader.at++;
  }
}

function sequence(reader: Reader, depth: number): readonly Way[] | null {
  let ways: readonly Way[] = [{ left: "", text: "", right: "" }];
  for (;;) {
    const next = element(reader, depth);
    if (next === null) return null;
    if (next === "end") return ways;
    const joined: Way[] = [];
    for (const a of ways) {
      for (const b of next) {
        const way = join(a, b);
        if (way === null || joined.length >= most) return null;
        joined.push(way);
      }
    }
    ways = joined;
  }
}

/** One way behind another; nothing may stand behind an end or before a start. */
function join(a: Way, b: Way): Way | null {
  const empty = (way: Way): boolean => way.left === "" && way.text === "" && way.right === "";
  if (empty(a)) return b;
  if (empty(b)) return a;
  if (a.right !== "" || (b.left !== "" && (a.text !== "" || a.left !== ""))) return null;
  return { left: a.left === "" ? b.left : a.left, text: a.text + b.text, right: b.right };
}

function element(reader: Reader, depth: number): readonly Way[] | "end" | null {
  const { pattern, at } = reader;
  const c = pattern.charAt(at);
  const only = (way: Partial<Way>, length: number): readonly Way[] => {
    reader.at += length;
    return [{ left: "", text: "", right: "", ...way }];
  };
  if (c === "" || c === "|" || c === ")") return "end";
  if (pattern.startsWith(before, at)) return only({ left: "border" }, before.length);
  if (pattern.startsWith(behind, at)) return only({ right: "border" }, behind.length);
  if (c === "^") return only({ left: "start" }, 1);
  if (c === "$") return only({ right: "end" }, 1);
  if (c === "(") return group(reader, depth);
  if (c === "\\") {
    const next = pattern.charAt(at + 1);
    if (next === "z") return only({ right: "end" }, 2);
    if (next === "" || /[A-Za-z0-9]/.test(next)) return null;
    return repeated(reader, at + 2) ? null : only({ text: next }, 2);
  }
  if (/[.?*+[\]{}]/.test(c)) return null;
  return repeated(reader, at + 1) ? null : only({ text: c }, 1);
}

function group(reader: Reader, depth: number): readonly Way[] | null {
  const opening = /^\((?:\?:)?(?!\?)/.exec(reader.pattern.slice(reader.at));
  if (opening === null || depth > deepest) return null;
  reader.at += opening[0].length;
  const ways = alternatives(reader, depth + 1);
  if (ways === null || reader.pattern.charAt(reader.at) !== ")") return null;
  reader.at++;
  return repeated(reader, reader.at) ? null : ways;
}

function repeated({ pattern }: Reader, at: number): boolean {
  return /[?*+{]/.test(pattern.charAt(at));
}
