import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Query } from "../../src/kql/ast.ts";
import { parseKqlText } from "../../src/kql/parse.ts";
import { printKql } from "../../src/kql/print.ts";
import { hasShared, sharedLines } from "../shared.ts";
import { meaning } from "./same-tree.ts";
import { anyQuery, anyText } from "./trees.ts";

function reread(text: string): Query {
  const { query, diagnostics } = parseKqlText(text);
  if (query === null) throw new Error(`${JSON.stringify(diagnostics)}\n${text}`);
  return query;
}

describe("what is printed reads as the same tree, and prints the same again", () => {
  it("any tree", () => {
    fc.assert(
      fc.property(anyQuery, (tree) => {
        const text = printKql(tree);
        const read = reread(text);
        expect(meaning(read), text).toBe(meaning(tree));
        expect(printKql(read)).toBe(text);
      }),
      { seed: 7, numRuns: 400 },
    );
  });

  it("any tree on narrow lines", () => {
    fc.assert(
      fc.property(anyQuery, (tree) => {
        expect(meaning(reread(printKql(tree, { width: 20 })))).toBe(meaning(tree));
      }),
      { seed: 8, numRuns: 100 },
    );
  });

  it("any text as a string, alone and in JSON, and as a name", () => {
    const span = { start: 0, end: 0 };
    fc.assert(
      fc.property(anyText, anyText, (value, name) => {
        const tree: Query = {
          kind: "query",
          statements: [
            {
              kind: "let",
              name: { text: name, span },
              value: { kind: "literal", type: "string", value, text: "", span },
              span,
            },
            { kind: "expression", expression: { kind: "dynamic", value: { [value]: [value] }, text: "", span }, span },
          ],
          comments: [],
          span,
        };
        expect(meaning(reread(printKql(tree)))).toBe(meaning(tree));
      }),
      { seed: 9, numRuns: 3000 },
    );
  });

  it("comments between any two tokens", () => {
    const source =
      'let f = (a: long) { T | where a == 1 and (b or c) }; f(1) | mv-apply x = d on ( where x in ("a", "b") | take 1 ) | project a.b[0], datatable(k: long) [ 1, 2 ] | join kind=inner ( U ) on k';
    const { tokens } = parseKqlText(source);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(tokens.length), fc.boolean()), { maxLength: 12 }), (places) => {
        let text = "";
        tokens.forEach((token, i) => {
          places.forEach(([place, own], n) => {
            if (place === i) text += `${own ? "\n" : " "}// ${n} | "\n`;
          });
          text += `${token.image} `;
        });
        const tree = reread(text.replaceAll(" . ", "."));
        const printed = printKql(tree);
        const read = reread(printed);
        expect(
          read.comments.map((c) => c.text),
          printed,
        ).toEqual(tree.comments.map((c) => c.text));
        expect(meaning(read)).toBe(meaning(tree));
        // several comments inside one expression move to lines of their own first
        const again = printKql(read);
        expect(printKql(reread(again))).toBe(again);
      }),
      { seed: 10, numRuns: 500 },
    );
  });
});

describe.skipIf(!hasShared)("real texts", () => {
  it("every rule and every conformance query that is read", () => {
    const texts = ["corpus/kql.jsonl", "conformance/kusto-truth.jsonl"].flatMap((file) =>
      sharedLines<{ query: string }>(file),
    );
    let count = 0;
    for (const { query } of texts) {
      const { query: tree } = parseKqlText(query);
      if (tree === null) continue;
      count++;
      const text = printKql(tree);
      const read = reread(text);
      expect(meaning(read), query).toBe(meaning(tree));
      expect(read.comments.map((c) => c.text.trimEnd())).toEqual(tree.comments.map((c) => c.text.trimEnd()));
      expect(printKql(read), query).toBe(text);
    }
    console.log(`${count} of ${texts.length} texts printed and read again`);
    expect(count).toBeGreaterThan(3860);
  });
});
