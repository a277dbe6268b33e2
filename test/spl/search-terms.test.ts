import { expect, it } from "vitest";
import { printPipeline } from "../../src/spl/print.ts";
import { parseSearchTerms } from "../../src/spl/search-terms.ts";

const again = (text: string): string => {
  const expr = parseSearchTerms(text);
  return expr === null ? "" : printPipeline({ kind: "pipeline", commands: [{ kind: "search", expr }] });
};

it.each([
  ['index=main source="a b" EventCode=1', 'index="main" source="a b" EventCode=1'],
  ["`sysmon` EventCode IN (1, 2)", "`sysmon` EventCode IN (1, 2)"],
  ["a=1 OR b=2 c=3", "(a=1 OR b=2) c=3"],
  ["NOT (a=1 AND b!=2) word", "NOT (a=1 b!=2) word"],
  ['`m(x, y)` "a phrase"', '`m(x,y)` "a phrase"'],
  ["", ""],
])("%s", (text, printed) => {
  expect(again(text)).toBe(printed);
});

it.each(["a=1 | delete", "[ search x ]", 'a="open', "(a=1", "a=", "`open", `${"(".repeat(80)}a`])(
  "refuses %s",
  (text) => {
    expect(() => parseSearchTerms(text)).toThrow();
  },
);
