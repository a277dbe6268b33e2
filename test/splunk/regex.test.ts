import { describe, expect, it } from "vitest";
import type { Engine } from "../../src/splunk/engine.ts";
import { compilePattern } from "../../src/splunk/regex/compile.ts";
import { problem, rows, value } from "./run.ts";

const engine = { patience: { seconds: 2 } } as Engine;

function groups(pattern: string, text: string): (string | null)[] | null {
  const match = compilePattern(engine, {}, pattern, true).exec(text);
  return match === null ? null : [...match].map((g: string | undefined) => g ?? null);
}

describe("patterns mean what they mean in PCRE", () => {
  it.each([
    ["(?i)abc", "xABC", ["ABC"]],
    ["a(?i)b|c", "aB", ["aB"]],
    ["a(?i)b|c", "C", ["C"]],
    ["a(?i:b)c", "aBC", null],
    ["(?-i)A(?i)b", "AB", ["AB"]],
    ["\\Qa.b*\\E+", "a.b**", ["a.b**"]],
    ["[\\Qa-]\\E]", "]", ["]"]],
    ["a++b", "aaab", ["aaab"]],
    ["a++a", "aaa", null],
    ["(?>a+)a", "aaa", null],
    ["(?:ab){1,2}+a", "aba", ["aba"]],
    ["a{2}+a", "aa", null],
    ["(?<=a|bc)d", "bcd", ["d"]],
    ["(?<![\\p{L}\\p{N}])net", "-net", ["net"]],
    ["(?<![\\p{L}\\p{N}])net", "énet", null],
    ["\\pL+", "éa1", ["éa"]],
    ["\\w+", "éa1", ["a1"]],
    ["\\d", "٣", null],
    ["\\h+\\H", "a \t\u00a0b", [" \t\u00a0b"]],
    ["a\\vb", "a\nb", ["a\nb"]],
    ["a\\Rb", "a\r\nb", ["a\r\nb"]],
    ["\\Aa\\Z", "a\n", ["a"]],
    ["\\Aa\\z", "a\n", null],
    ["^b$", "a\nb\n", null],
    ["(?m)^b$", "a\nb\n", ["b"]],
    ["a$", "a\n", ["a"]],
    ["a.b", "a\nb", null],
    ["(?s)a.b", "a\nb", ["a\nb"]],
    ["(?s:.)*[ab]", "ab", ["ab"]],
    ["(?:a[^a]){1,2}", "abac", ["abac"]],
    ["(?x) a b # c\n c", "abc", ["abc"]],
    ["(?#note)a", "a", ["a"]],
    ["(?P<n>a)(?P=n)\\k<n>\\g{n}", "aaaa", ["aaaa", "a"]],
    ["(a)(b)?\\1", "aa", ["aa", "a", null]],
    ["(a)|\\1b", "b", null],
    ["(?<n>a)(b)", "ab", ["ab", "a", "b"]],
    ["[]a]+", "]a", ["]a"]],
    ["[^]a]", "]ab", ["b"]],
    ["[a[b]+", "[ab", ["[ab"]],
    ["[a&&b]+", "a&b", ["a&b"]],
    ["[[:alpha:][:digit:]_-]+", "é-a_1", ["-a_1"]],
    ["[[:^space:]]+", " ab ", ["ab"]],
    ["[\\w.-]+", "a.b-c d", ["a.b-c"]],
    ["[^\\\\]+$", "C:\\a\\b.exe", ["b.exe"]],
    ["\\x41\\x{1F600}", "A\u{1F600}", ["A\u{1F600}"]],
    ["^.$", "\u{1F600}", ["\u{1F600}"]],
    ["a\\Kb", "ab", ["b"]],
    ["(?U)a+", "aaa", ["a"]],
    ["x{,2}", "x{,2}", ["x{,2}"]],
    ["{", "{", ["{"]],
    ['\\/\\-\\_\\"', '/-_"', ['/-_"']],
    ["(?!a)(*FAIL)|b", "b", ["b"]],
    ["(*UTF8)é", "é", ["é"]],
  ])("%s on %j", (pattern, text, expected) => {
    expect(groups(pattern, text)).toEqual(expected);
  });
});

describe("patterns that PCRE refuses, or that would mean something else here", () => {
  it.each([
    "(",
    ")",
    "a**",
    "*a",
    "[b-a]",
    "[a",
    "(?<n>a)(?<n>b)",
    "\\",
    "(?<=a+)b",
    "(?<!a|b{1,2})c",
    "\\1",
    "\\y",
    "(?<1>a)",
    "(?z)",
    "a{3,2}",
    "(?|(a)|(b))",
    "(?(1)a|b)",
    "(a(?1)?)",
    "(?R)",
    "(*COMMIT)a",
    "[[:nope:]]",
    "\\x{110000}",
    "(?:a??)*b",
    "(?i)\\p{Lu}",
  ])("%s", (pattern) => {
    expect(() => compilePattern(engine, {}, pattern, false)).toThrow(/is not valid/);
  });

  it("a group that a repetition may pass by, where groups are read", () => {
    expect(() => compilePattern(engine, {}, "(?:(a)|b)*", true)).toThrow(/group inside a repetition/);
    expect(compilePattern(engine, {}, "(?:(a)|b)*c", false).test("abc")).toBe(true);
  });
});

describe("patterns that would run for ever", () => {
  it.each([
    ["^(a+)+$", `${"a".repeat(40)}b`],
    ["(x+x+)+y", "x".repeat(60)],
    ["^(?:.*?,){25}P", "1,".repeat(60)],
    ["(?:a|aa)+$", `${"a".repeat(60)}b`],
  ])("%s", (pattern, text) => {
    const start = performance.now();
    expect(() => compilePattern({ patience: { seconds: 0.2 } } as Engine, {}, pattern, false).test(text)).toThrow(
      /takes too long/,
    );
    expect(performance.now() - start).toBeLessThan(1500);
  });

  it("are a problem with a place", async () => {
    const search = '| where match(a, "^(a+)+$")';
    expect(await problem(search, { events: [{ a: `${"a".repeat(50)}!` }] })).toEqual(["SPL207", '"^(a+)+$"']);
  });

  it("but long texts are no fault of a quick one", () => {
    expect(compilePattern(engine, {}, "(?:\\w+ )+end$", false).test(`${"word ".repeat(2000)}end`)).toBe(true);
  });
});

describe("rex", () => {
  it("sets named groups of the first match, and leaves a row that has none", async () => {
    const events = [
      { s: "k=1 k=2", x: "old" },
      { s: "none", x: "old" },
    ];
    expect(await rows('| rex field=s "k=(?<x>\\d)"', events)).toEqual([
      { s: "k=1 k=2", x: "1" },
      { s: "none", x: "old" },
    ]);
    expect(await rows('| rex field=s max_match=0 "k=(?<y>\\d)" | table y', events)).toEqual([{ y: ["1", "2"] }, {}]);
  });

  it("edits with sed", async () => {
    expect(await rows('| rex field=s mode=sed "s/a(.)/<\\1>/g"', [{ s: "abac" }])).toEqual([{ s: "<b><c>" }]);
    expect(await rows('| rex field=s mode=sed "s/a/x/2"', [{ s: "aaa" }])).toEqual([{ s: "axa" }]);
    expect(await rows('| rex field=s mode=sed "y/abc/xyz/"', [{ s: "aabbcc!" }])).toEqual([{ s: "xxyyzz!" }]);
    expect(await rows('| rex field=s mode=sed "s/\\//-/g"', [{ s: "a/b" }])).toEqual([{ s: "a-b" }]);
  });

  it("needs a named group", async () => {
    expect((await problem('| rex field=s "(a)"'))[0]).toBe("SPL203");
  });
});

it("counts backslashes twice: once for the text, once for the pattern", async () => {
  const fields = { p: "C:\\Temp\\a.exe" };
  expect(await value('replace(p, "^.*\\\\\\\\", "")', fields)).toBe("a.exe");
  expect(await value('if(match(p, "Temp\\\\\\\\a\\.exe$"), 1, 0)', fields)).toBe(1);
  expect(await value('replace("a/b", "/", "\\\\\\\\")', fields)).toBe("a\\b");
});

it("regex keeps rows without the field when negated", async () => {
  const events = [{ id: 1, f: "ab" }, { id: 2, f: "cd" }, { id: 3 }];
  expect(await rows('| regex f="^a" | table id', events)).toEqual([{ id: 1 }]);
  expect(await rows('| regex f!="^a" | table id', events)).toEqual([{ id: 2 }, { id: 3 }]);
});
