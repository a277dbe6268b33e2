import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseSplText } from "../../src/spl/parse.ts";
import { printPipeline } from "../../src/spl/print.ts";

const settings = { seed: Number(process.env.SEED ?? 20261121), numRuns: Number(process.env.RUNS ?? 1500) };

const bits = [
  ..."|[]()\"\\`'=<>,*.+-{}$!&;:?",
  ..." \n\t",
  "```",
  "<<F>>",
  "!=",
  "search ",
  "where ",
  "eval ",
  "eval(",
  "stats count ",
  "tstats ",
  "from datamodel=",
  "by ",
  "as ",
  "NOT ",
  "AND ",
  "OR ",
  "IN (",
  "TERM(",
  "head (",
  "rex ",
  "lookup ",
  "output ",
  "append [",
  "transaction ",
  "replace ",
  "chart ",
  "a",
  "b=1 ",
  '"x" ',
  "1.5",
  "é",
  "\u0000",
  "\ud800",
  "`m(a)`",
];
const soup = fc
  .array(fc.oneof(fc.constantFrom(...bits), fc.string({ maxLength: 3 })), { maxLength: 40 })
  .map((parts) => parts.join(""));

describe("any text", () => {
  it("is read without an exception, and every finding has a place and one line", () => {
    fc.assert(
      fc.property(soup, (text) => {
        const { pipeline, diagnostics } = parseSplText(text, {
          macros: { m: { definition: "x $a$ `m(a)`", arguments: ["a"] } },
        });
        if (pipeline === null) expect(diagnostics.some((d) => d.severity === "error")).toBe(true);
        for (const d of diagnostics) {
          expect(d.message).not.toMatch(/[\r\n]/);
          expect([d.start >= 0, d.start <= d.end, d.end <= text.length]).toEqual([true, true, true]);
        }
      }),
      settings,
    );
  });

  it("that is read prints in a way that reads back", () => {
    fc.assert(
      fc.property(soup, (text) => {
        const { pipeline } = parseSplText(text);
        if (pipeline === null) return;
        const printed = printPipeline(pipeline);
        const again = parseSplText(printed).pipeline;
        expect(again === null ? null : printPipeline(again), printed).toBe(printed);
      }),
      settings,
    );
  });
});

describe("large and deep texts", () => {
  it.each([
    ["open parentheses", `| where ${"(".repeat(50_000)}`, "SPL004"],
    ["open brackets", `x ${"[search a ".repeat(20_000)}`, "SPL004"],
    ["calls inside calls", `| eval a=${"f(".repeat(5000)}1${")".repeat(5000)}`, "SPL004"],
    ["negations", `| where ${"NOT ".repeat(50_000)}a`, "SPL004"],
    ["negations of terms", `${"NOT ".repeat(50_000)}a`, "SPL004"],
    ["signs", `| eval a=${"-".repeat(50_000)}1`, "SPL004"],
    ["sums", `| eval a=1${"+1".repeat(20_000)}`, "SPL004"],
    ["pipes", "|".repeat(50_000), "SPL001"],
    ["backticks", "`".repeat(50_000), "SPL003"],
    ["quotes", '"\\'.repeat(30_000), "SPL003"],
    ["errors", "| where a b ".repeat(2000), "SPL001"],
    ["unclosed everything", '| foo [ "a" (b `'.repeat(3000), "SPL003"],
  ])("%s", (_, text, code) => {
    const begin = performance.now();
    const { pipeline, diagnostics } = parseSplText(text);
    expect(performance.now() - begin).toBeLessThan(3000);
    expect(pipeline).toBeNull();
    expect(diagnostics[0]?.code).toBe(code);
    expect(diagnostics.length).toBeLessThanOrEqual(20);
  });

  it.each([
    ["conditions", `| where ${"a=1 AND ".repeat(5000)}b=2`],
    ["words", "word ".repeat(10_000)],
    ["values", `a IN (${"b,".repeat(20_000)}c)`],
    ["commands", `x${" | head 1".repeat(3000)}`],
    ["comments", "x ```c``` ".repeat(2000)],
    ["the deepest expression", `| where ${"(".repeat(99)}a${")".repeat(99)}`],
    ["the deepest search", `x ${"[search a ".repeat(99)}${"]".repeat(99)}`],
    ["the longest sum", `| eval a=1${"+b".repeat(1000)}`],
  ])("%s can be read and printed", (_, text) => {
    const begin = performance.now();
    const { pipeline } = parseSplText(text);
    expect(pipeline).not.toBeNull();
    if (pipeline !== null) expect(parseSplText(printPipeline(pipeline)).pipeline).not.toBeNull();
    expect(performance.now() - begin).toBeLessThan(3000);
  });
});
