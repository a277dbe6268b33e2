import { expect, it } from "vitest";
import { parseKqlText } from "../../src/kql/parse.ts";
import { printKql } from "../../src/kql/print.ts";

/** The codes found; fails where reading throws or takes the processor for long. */
function codes(text: string, milliseconds: number): string[] {
  const start = process.cpuUsage();
  const { query, diagnostics } = parseKqlText(text);
  const { user, system } = process.cpuUsage(start);
  const taken = (user + system) / 1000;
  expect(taken, text.slice(0, 60)).toBeLessThan(milliseconds);
  expect(query === null, JSON.stringify(diagnostics)).toBe(diagnostics.some((d) => d.severity === "error"));
  for (const d of diagnostics)
    expect(d.start >= 0 && d.end >= d.start && d.end <= text.length, `${text.slice(0, 60)} ${d.message}`).toBe(true);
  return [...new Set(diagnostics.map((d) => d.code))];
}

parseKqlText("T | where a == 1 and (b"); // the parser is built on its first use
const deep = 10_000;

it.each<[string, string]>([
  ["parentheses", `print ${"(".repeat(deep)}1${")".repeat(deep)}`],
  ["open parentheses", `print ${"(".repeat(deep)}`],
  ["brackets", `print a${"[".repeat(deep)}0${"]".repeat(deep)}`],
  ["braces", `let f = () ${"{".repeat(deep)}`],
  ["functions", `let f = () ${"{ let g = () ".repeat(deep)}`],
  ["arrays", `print dynamic(${"[".repeat(deep)}${"]".repeat(deep)})`],
  ["dynamic", `print ${"dynamic(".repeat(deep)}1${")".repeat(deep)}`],
  ["calls", `print ${"f(".repeat(deep)}1${")".repeat(deep)}`],
  ["subqueries", `T${" | join (U".repeat(deep)}${") on a".repeat(deep)}`],
  ["sums", `print ${"1 + ".repeat(deep)}1`],
  ["paths", `print a${".b".repeat(deep)}`],
])("%s 10,000 deep are a message", (_, text) => {
  expect(codes(text, 500)).toEqual(["KQL004"]);
});

it("what is deep but allowed is read and printed", () => {
  const texts = [
    `print ${"(".repeat(99)}1${")".repeat(99)}`,
    `T | where ${"a in (".repeat(99)}1${")".repeat(99)}`,
    `T${" | mv-apply a on ( where b".repeat(99)}${")".repeat(99)}`,
    `T${" | join (U".repeat(99)}${") on a".repeat(99)}`,
    `print ${"1 + ".repeat(900)}1`,
    `T | where ${"a == 1 or ".repeat(20_000)}b`,
    `T | where a in (${'"x", '.repeat(20_000)}"y")`,
    `T${" | where a".repeat(5_000)}`,
  ];
  for (const text of texts) {
    const { query, diagnostics } = parseKqlText(text);
    expect(diagnostics).toEqual([]);
    if (query !== null) expect(parseKqlText(printKql(query)).diagnostics).toEqual([]);
  }
});

it.each([
  'print "a',
  "print 'a",
  'print @"a',
  "print ```a",
  "print ~~~a",
  'print h"',
  "print ['a",
  "print a[",
  "print (",
  "print dynamic(",
  "print dynamic([",
  'print dynamic({"a":',
  "print datetime(2020",
  "datatable(a:long)[",
  "T | mv-apply a on (",
  "let f = () {",
  "T | where a between (1 ..",
  "T | where a in (",
  "T |",
  "T | parse a with",
  "T | join",
  "let a",
  "let a =",
  "set",
  "union",
  "range x from",
  "T | render",
  "T | top",
  "print",
  "datatable",
])("an unfinished text is a message: %s", (text) => {
  expect(codes(text, 200).length).toBeGreaterThan(0);
});

it("long tokens and long runs of mistakes take no time", () => {
  const texts = [
    `print "${"a".repeat(1e6)}"`,
    `print "${'\\"'.repeat(5e5)}`,
    `print ${" ".repeat(1e6)}1`,
    `//${"x".repeat(1e6)}`,
    `print ${"9".repeat(1e5)}`,
    `print ${"['".repeat(1e5)}`,
    `print ${"datetime(".repeat(5e4)}`,
    "!".repeat(1e5),
    ".".repeat(1e5),
    ";".repeat(1e5),
    `print ${",".repeat(1e5)}`,
    `T${" | wher a".repeat(2e4)}`,
    `print ${"-".repeat(1e5)}1`,
    `print ${"é ".repeat(5e4)}`,
    `print ${"a has b ".repeat(2e4)}`,
    `print ${"1 == ".repeat(2e4)}1`,
    `print ${"```".repeat(1e5)}`,
    `T | extend ${"(".repeat(90)}a${", a".repeat(1e4)}${")".repeat(90)}`,
    `print 1.${"9".repeat(1e5)}d`,
  ];
  for (const text of texts) codes(text, 1500);
});

/** A generator of numbers below 1 that is the same everywhere. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

it("token soup and random bytes never throw", () => {
  const words = (
    "T where extend project summarize by count ( ) [ ] { } | ; , . .. = == != =~ + - * / % and or not in in~ !in has has_any between let set union join on kind " +
    "mv-apply mv-expand to typeof long string datatable dynamic print range from step parse with 'a' \"b\" @\"c\" ['d'] 1 2.5 1d true null datetime(2020-01-01) " +
    "long(x) // \n : ! \\ ' \" ``` $left hint.a view search evaluate top sort asc nulls first as render distinct project-away project-reorder"
  ).split(" ");
  const random = numbers(1);
  for (let i = 0; i < 3000; i++) {
    const length = 1 + Math.floor(random() * 40);
    const pick = (): string => words[Math.floor(random() * words.length)] ?? "";
    codes(`${i % 2 === 0 ? "T | " : ""}${Array.from({ length }, pick).join(i % 3 === 0 ? "" : " ")}`, 100);
  }
  for (let i = 0; i < 1000; i++) {
    const length = Math.floor(random() * 60);
    codes(
      Array.from({ length }, () => String.fromCharCode(Math.floor(random() * (i % 2 === 0 ? 128 : 65536)))).join(""),
      100,
    );
  }
});
