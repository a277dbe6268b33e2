import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { Literal, printYaml, type Yaml } from "../../src/content/yaml.ts";
import { nasty } from "../escaping/corpus.ts";

const versions = ["1.1", "1.2"] as const;
const plain = (value: Yaml | undefined): unknown =>
  value instanceof Literal
    ? value.text
    : Array.isArray(value)
      ? value.map(plain)
      : typeof value === "object"
        ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]))
        : value;

function same(document: { readonly [key: string]: Yaml | undefined }): void {
  const text = printYaml(document);
  for (const version of versions) expect(parse(text, { version }), text).toEqual(plain(document));
}

describe("a document comes back as itself in YAML 1.1 and 1.2", () => {
  test("every text of the corpus, as a value, a block, an item and a value in an item", () => {
    for (const text of nasty)
      same({ text, block: new Literal(text), items: [text, { text, block: new Literal(text) }] });
  });

  test("blocks of every shape", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("a", " ", "\n", "\t", "#", "-", ":", "'", '"', "|", "é", "\u0085") }),
        (text) => same({ block: new Literal(text), after: text }),
      ),
      { numRuns: 500 },
    );
  });

  test("words that YAML takes for something else", () => {
    for (const text of [
      "yes",
      "null",
      "~",
      "1",
      "1.0",
      "0x1F",
      "1e3",
      "2024-01-01",
      "12:30:00",
      "true",
      "",
      "- a",
      "a: b",
      "1h",
    ])
      same({ text, items: [text] });
  });
});

test("keys keep their order, what is undefined is left out, empty lists and maps stand in place", () => {
  const text = printYaml({ b: 1, a: undefined, c: [], d: {}, e: { f: [1, { g: true, h: ["x"] }] } });
  expect(text).toBe("b: 1\nc: []\nd: {}\ne:\n  f:\n    - 1\n    - g: true\n      h:\n        - x\n");
});

test("a block has its lines as they are", () => {
  expect(printYaml({ query: new Literal("a \n\n\tb\n") })).toBe("query: |\n  a \n\n  \tb\n");
});
