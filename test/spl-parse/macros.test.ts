import { describe, expect, it } from "vitest";
import { expandMacros, type Macros } from "../../src/spl/macros.ts";
import { parseSplText } from "../../src/spl/parse.ts";

const macros: Macros = {
  sysmon: { definition: "source=Sysmon OR source=Other" },
  ctime: { definition: 'convert timeformat="%Y" ctime($field$)', arguments: ["field"] },
  drop: { definition: 'rename "$object$.*" as "*"', arguments: ["object"] },
  "pair(2)": { definition: "$a$=$b$ price=$5", arguments: ["a", "b"] },
  summaries: { definition: "summariesonly=`config`" },
  config: { definition: "false" },
  self: { definition: "x `other`" },
  other: { definition: "`self`" },
  broken: { definition: "where a b" },
};
const expand = (text: string): string => expandMacros(text, macros).text;

describe("calls of macros", () => {
  it.each([
    ["`sysmon` a=1", "source=Sysmon OR source=Other a=1"],
    ["| `ctime(_time)`", '| convert timeformat="%Y" ctime(_time)'],
    ['| `drop("All_Risk")`', '| rename "All_Risk.*" as "*"'],
    ["| `drop( All_Risk )`", '| rename "All_Risk.*" as "*"'],
    ['`pair(x, "a, \\"b\\"")`', 'x=a, "b" price=$5'],
    ["| tstats `summaries` count", "| tstats summariesonly=false count"],
    ['"`sysmon`" ```see `sysmon````', '"`sysmon`" ```see `sysmon````'],
    ["`nothing(1)` x", "`nothing(1)` x"],
  ])("%s", (text, expanded) => {
    expect(expand(text)).toBe(expanded);
  });

  it("expand only where macros are given", () => {
    expect(parseSplText("`sysmon`").pipeline?.commands[0]).toMatchObject({ expr: { kind: "macro", name: "sysmon" } });
    expect(parseSplText("`sysmon`", { macros }).pipeline?.commands[0]).toMatchObject({ expr: { kind: "or" } });
  });
});

describe("what goes wrong with them", () => {
  const messages = (text: string): readonly string[] =>
    parseSplText(text, { macros }).diagnostics.map(
      (d) => `${d.code} ${d.severity} ${d.start}-${d.end} ${d.message}${d.hint === undefined ? "" : ` · ${d.hint}`}`,
    );

  it.each([
    ["x | `sysmom`", ["SPL008 warning 4-12 there is no macro `sysmom` · did you mean `sysmon`?"]],
    ["x | `ctime`", ["SPL009 error 4-11 the macro `ctime` takes one argument, not 0"]],
    ["x | `sysmon(1)`", ["SPL009 error 4-15 the macro `sysmon` takes no arguments, not 1"]],
    ["x `self`", ["SPL009 error 2-8 the macro `self` contains itself (in `self` > `other`)"]],
    [
      "x | `broken` | head 1",
      ["SPL001 error 4-12 `b` cannot follow `a` (in the macro `broken`) · an operator or a comma is missing"],
    ],
    ["`sysmon` | where a b", ["SPL001 error 19-20 `b` cannot follow `a` · an operator or a comma is missing"]],
  ])("%s", (text, expected) => {
    expect(messages(text)).toEqual(expected);
  });

  it("growth is bounded in depth and size", () => {
    const doubling: Record<string, { readonly definition: string }> = { m30: { definition: "x" } };
    for (let i = 0; i < 30; i++) doubling[`m${i}`] = { definition: `\`m${i + 1}\` \`m${i + 1}\`` };
    doubling.large = { definition: "y".repeat(300_000) };
    doubling.larger = { definition: "`large` `large` `large` `large`" };
    const codes = (text: string): readonly string[] => [
      ...new Set(expandMacros(text, doubling).findings.map((f) => f.code)),
    ];
    expect(codes("`m0`")).toEqual(["SPL009"]);
    expect(codes("`larger`")).toEqual(["SPL009"]);
    expect(expandMacros("`m28`", doubling).text).toBe("x x x x");
  });

  it("names of macros are not names of properties", () => {
    expect(messages("x | `constructor`")[0]).toMatch(/^SPL008 .* no macro `constructor`/);
    expect(messages("x | `toString(1)`")[0]).toMatch(/^SPL008/);
  });
});

it("places in an expanded text are places in the text that was written", () => {
  const text = "`sysmon` host=a | `ctime(t)` | table b";
  const { pipeline } = parseSplText(text, { macros });
  const slices = pipeline?.commands.map((c) => (c.span === undefined ? "" : text.slice(c.span.start, c.span.end)));
  expect(slices).toEqual(["`sysmon` host=a", "`ctime(t)`", "table b"]);
});
