import fc from "fast-check";
import { RE2JS } from "re2js";
import { describe, expect, it } from "vitest";
import {
  extract,
  extractAll,
  matchesRegex,
  regexProblem,
  replaceRegex,
  trim,
  trimEnd,
  trimStart,
} from "../../src/runtime/index.ts";
import { regex } from "../../src/runtime/regex.ts";
import { compile, run } from "../../src/runtime/regex-machine.ts";
import { parsePattern } from "../../src/runtime/regex-parse.ts";

const letters = fc.constantFrom("a", "b", "[ab]", "[^a]", ".", "\\w", "\\d", "^", "$", "\\b", "(?i:A)", "\\s");
const pattern = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    letters,
    fc.tuple(tie("node"), tie("node")).map(([a, b]) => `${a}${b}`),
    fc.tuple(tie("node"), tie("node")).map(([a, b]) => `(?:${a}|${b})`),
    tie("node").map((a) => `(${a})`),
    fc
      .tuple(tie("node"), fc.constantFrom("*", "+", "?", "*?", "+?", "??", "{2}", "{0,2}", "{1,}"))
      .map(([a, q]) => `(?:${a})${q}`),
  ),
})).node;
const text = fc.string({ unit: fc.constantFrom("a", "b", "A", "B", " ", "1", "\n"), maxLength: 9 });

describe("matching", () => {
  it("finds what RE2 finds, groups too", () => {
    fc.assert(
      fc.property(pattern, text, (source, subject) => {
        const matcher = RE2JS.compile(source).matcher(subject);
        const theirs = matcher.find()
          ? {
              start: matcher.start(),
              end: matcher.end(),
              groups: Array.from({ length: matcher.groupCount() + 1 }, (_, i) => matcher.group(i)),
            }
          : null;
        expect(regex(source).exec(subject)).toEqual(theirs);
      }),
      { numRuns: 3000 },
    );
  });

  it("finds the same on both engines", () => {
    fc.assert(
      fc.property(pattern, text, (source, subject) => {
        const parsed = parsePattern(source);
        const slots = run(compile(parsed), parsed.groups, subject, 0);
        const match = regex(source).exec(subject);
        expect(slots?.slice(0, 2)).toEqual(match === null ? undefined : [match.start, match.end]);
      }),
      { numRuns: 1000 },
    );
  });

  const hostile = `${"a".repeat(100_000)}!`;
  it.each([
    "(a+)+$",
    "^(a|a)*$",
    "(a*)*b",
    "a+b",
    "(x+x+)+y",
    "(.*)(.*)(.*)x",
    "(a|aa)+$",
    "\\s+$",
    String.raw`(\w+\s?)*$b`,
  ])("%s answers on a long text within a second", (source) => {
    const begin = performance.now();
    regex(source).test(hostile);
    expect(performance.now() - begin).toBeLessThan(1000);
  });
});

describe("the syntax", () => {
  it.each([
    "(?=a)",
    "(?<!a)",
    String.raw`(a)\1`,
    "(",
    "a)",
    "*a",
    "[b-a]",
    "[a",
    "a{2,1}",
    "a{1001}",
    String.raw`\q`,
    "(?P<n>a)(?P<n>b)",
    String.raw`\p{Nothing}`,
    "(?z)a",
  ])("refuses %s with a reason", (source) => {
    expect(regexProblem(source)).toMatch(/\w{3}/);
    expect(matchesRegex("abc", source)).toBe(false);
  });

  it.each([
    ["(?i)ABC", "xabc"],
    ["a(?i:B)c", "aBc"],
    [String.raw`\Aab\z`, "ab"],
    [String.raw`\x41\x{1F600}`, "A😀"],
    [String.raw`\Qa.b\E`, "a.b"],
    ["(?m)^b$", "a\nb"],
    ["(?s)a.b", "a\nb"],
    ["[[:digit:]]+", "12"],
    [String.raw`\p{Greek}`, "λ"],
    ["a{,2}", "a{,2}"],
    ["[]a]", "]"],
    ["^.$", "😀"],
    [String.raw`\s`, "\u00a0"],
  ])("%s matches %j", (source, subject) => {
    expect(regexProblem(source)).toBeNull();
    expect(matchesRegex(subject, source)).toBe(true);
  });

  it("does not nest without end", () => {
    expect(regexProblem("(".repeat(10_000))).toMatch(/deep/);
    expect(regexProblem("((a{1,1000}){1,1000}){1,1000}")).toMatch(/large/);
  });
});

describe("functions", () => {
  it("extract gives a group of the first match, or nothing", () => {
    expect(extract(String.raw`/user:([^\s]+)`, 1, "net use /user:bob x")).toBe("bob");
    expect(extract(String.raw`(?i)\\\\[^\s]+`, 0, String.raw`use \\FS01\data x`)).toBe(String.raw`\\FS01\data`);
    expect(extract("x(y)", 1, "abc")).toBe("");
    expect(extract("a", 7, "abc")).toBe("");
  });

  it("extract_all gives texts for one group, arrays for several, null without a match", () => {
    expect(extractAll(String.raw`(\d+)`, "a1b22")).toEqual(["1", "22"]);
    expect(extractAll("([a-z])([0-9])?", "a1b")).toEqual([
      ["a", "1"],
      ["b", ""],
    ]);
    expect(extractAll("(?P<x>a)(b)", ["x", 2], "ab")).toEqual([["a", "b"]]);
    expect(extractAll("(z)", "ab")).toBeNull();
  });

  it("trim takes away one match at each end", () => {
    expect(trimEnd("x", "xxx")).toBe("xx");
    expect(trimStart("--", "----a")).toBe("--a");
    expect(trim(String.raw`[^\w]+`, "- Te st// $")).toBe("Te st");
    expect(trim("a|b", "abxab")).toBe("bxa");
  });

  it("replace_regex fills in groups by backslash", () => {
    expect(replaceRegex("Number is 1", String.raw`is (\d+)`, String.raw`was: \1`)).toBe("Number was: 1");
    expect(replaceRegex("ab", "", "-")).toBe("-a-b-");
    expect(replaceRegex("$1", "1", "$&")).toBe("$$&");
  });
});
