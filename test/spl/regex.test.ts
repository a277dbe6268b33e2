import { describe, expect, it } from "vitest";
import { forPcre, literal, namingGroup, wholeTerms } from "../../src/spl/regex.ts";

/** What a pattern with its flag matches, by a JavaScript expression that reads the same. */
const matches = (pattern: string, text: string): boolean => new RegExp(pattern, "iu").test(text);

describe("whole terms", () => {
  it.each([
    ["use", "net use x", true],
    ["use", "useful", false],
    ["use", "a_use", true],
    ["use", "useé", false],
    ["/user:", "x/user:bob", true],
    [" /do", "net /domain", false],
    [" /do", "net /do:x", true],
  ])("%s in %s: %s", (needle, text, expected) => {
    expect(matches(wholeTerms([needle]), text)).toBe(expected);
  });

  it("shares what the terms have in common", () => {
    expect(wholeTerms(["net", "user", "/do"])).toBe("(?:(?<![\\p{L}\\p{N}])(?:net|user)|/do)(?![\\p{L}\\p{N}])");
    expect(wholeTerms(["a:", "b"])).toBe("(?<![\\p{L}\\p{N}])a:|(?<![\\p{L}\\p{N}])b(?![\\p{L}\\p{N}])");
  });

  it("frees one edge for prefixes and suffixes", () => {
    expect(matches(wholeTerms(["us"], "prefix"), "net use")).toBe(true);
    expect(matches(wholeTerms(["se"], "prefix"), "net use")).toBe(false);
    expect(matches(wholeTerms(["se"], "suffix"), "net use")).toBe(true);
  });
});

it("quotes a text for PCRE", () => {
  for (const text of ["a.b", "(x)[y]{z}", "c:\\d", "^$*+?|", "a\nb"]) {
    expect(new RegExp(`^${literal(text)}$`, "u").test(text), text).toBe(true);
  }
});

it("names one group and frees the others", () => {
  expect(namingGroup("/user:([^\\s]+)", 1, "who")).toBe("/user:(?<who>[^\\s]+)");
  expect(namingGroup("(a)(b[(])(c)", 2, "x")).toBe("(?:a)(?<x>b[(])(?:c)");
  expect(namingGroup("(?i)\\\\\\\\[^\\s]+", 0, "host")).toBe("(?i)(?<host>\\\\\\\\[^\\s]+)");
  expect(namingGroup("(a)", 2, "x")).toBeNull();
});

it("refuses what PCRE reads differently", () => {
  expect(forPcre("(?P<a>x)|(?<b>y)")).toBe("(x)|(y)");
  expect(() => forPcre("[a&&b]")).toThrow("&&");
  expect(() => forPcre("\\u{41}")).toThrow("\\u");
});
