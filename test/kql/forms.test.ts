import { expect, it } from "vitest";
import { parseKqlText } from "../../src/kql/parse.ts";
import { printKql } from "../../src/kql/print.ts";
import { invalidForms, validForms } from "./forms.ts";
import { meaning } from "./same-tree.ts";

it("every form of the language is read, and printed so that it reads as the same", () => {
  for (const text of validForms) {
    const { query, diagnostics } = parseKqlText(text);
    if (query === null) throw new Error(`${text}: ${diagnostics[0]?.message}`);
    const printed = printKql(query);
    const again = parseKqlText(printed).query;
    expect(again === null ? printed : meaning(again), text).toBe(meaning(query));
  }
});

it("what is no form of it is refused, and says where and what", () => {
  const found = invalidForms.map(([text]) => {
    const first = parseKqlText(text).diagnostics.find((d) => d.severity === "error");
    return [text, first === undefined ? "" : `${first.line}:${first.column} ${first.message}`];
  });
  expect(found).toEqual(invalidForms);
});
