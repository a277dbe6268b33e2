import { describe, expect, it } from "vitest";
import {
  contains,
  endswith,
  equalIgnoreCase,
  has,
  hasAll,
  hasAny,
  hasCs,
  hasprefix,
  hassuffix,
  isInIgnoreCase,
  startswithCs,
} from "../../src/runtime/index.ts";

describe("has", () => {
  it.each([
    ["KustoExplorerQueryRun", "Explorer", false],
    ["North America", "america", true],
    ["BA", "b", false],
    ["dotnet.exe", String.raw`\net.exe`, false],
    [String.raw`C:\Windows\net.exe`, String.raw`\net.exe`, true],
    [String.raw`C:\net.exeX`, String.raw`\net.exe`, false],
    ["net localgroup x", " group ", false],
    ["net group x", " group ", true],
    ["alpha_beta", "alpha", true],
    ["Windows Server BYOLX", "Server BYOL", false],
    ["a/b", "/", true],
    ["netnet net", "net", true],
    ["", "x", false],
    ["x", "", true],
  ])("%j has %j is %j", (text, term, expected) => {
    expect(has(text, term)).toBe(expected);
  });

  it("takes letters and digits of all scripts for parts of a term", () => {
    expect(has("ПриветМир", "привет")).toBe(false);
    expect(has("Привет мир", "привет")).toBe(true);
    expect(has("𝓗ello", "ello")).toBe(false);
  });

  it("has variants for case, and for one edge alone", () => {
    expect(hasCs("Net user", "net")).toBe(false);
    expect(hasprefix("a category", "cat")).toBe(true);
    expect(hasprefix("a scat", "cat")).toBe(false);
    expect(hassuffix("a scat b", "cat")).toBe(true);
  });

  it("takes lists, also as one array", () => {
    expect(hasAny("net use", "x", "use")).toBe(true);
    expect(hasAny("net use", ["x", ["use"]])).toBe(true);
    expect(hasAll("net use /user:x", "use", "/user:")).toBe(true);
    expect(hasAll("net use", "use", "/user:")).toBe(false);
  });
});

describe("case", () => {
  it("is folded beyond ASCII, letter by letter", () => {
    expect(equalIgnoreCase("MÜLLER", "müller")).toBe(true);
    expect(isInIgnoreCase("MÜLLER", "x", "müller")).toBe(true);
    expect(equalIgnoreCase("Straße", "STRASSE")).toBe(false);
    expect(contains("İx", "x")).toBe(true);
  });

  it("counts only in the _cs operators", () => {
    expect(endswith("NET.EXE", "net.exe")).toBe(true);
    expect(startswithCs("Net", "net")).toBe(false);
  });
});

it("compares dynamic operands by their JSON text, and null as nothing", () => {
  expect(has({ nested: "true" }, "true")).toBe(true);
  expect(contains(null, "x")).toBe(false);
});
