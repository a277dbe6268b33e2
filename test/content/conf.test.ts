import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { confValue, isConfValue, parseConf, printConf } from "../../src/conf/conf.ts";
import { nasty } from "../escaping/corpus.ts";

const stanza = (value: string) => [
  {
    name: "a",
    settings: [
      { key: "search", value },
      { key: "last", value: "1" },
    ],
  },
];
const back = (text: string) =>
  parseConf(text).stanzas.map(({ name, settings }) => ({
    name,
    settings: settings.map(({ key, value }) => ({ key, value })),
  }));

describe("a value comes back as itself", () => {
  test.each([
    ["one line", "index=a b=c"],
    ["several lines", "index=a\n| where x=1\n    AND y=2"],
    ["an empty line", "a\n\nb"],
    ["a line that ends in a backslash", "a\\\nb"],
    ["a line that looks like a stanza", "a\n[b]\nc = d"],
    ["a line that looks like a comment", "a\n# b\nc"],
    ["quotes, equals signs and dollars", `x="a = 'b' $c$" | eval y="\\""`],
    ["nothing", ""],
  ])("%s", (_, value) => {
    const text = printConf(stanza(value));
    expect(back(text)).toEqual(stanza(value));
    expect(parseConf(text).problems).toEqual([]);
  });

  test("whatever it is, or the writer refuses it", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("a", " ", "\n", "\\", "[", "]", "#", "=", "\t", "$", "\r", '"') }),
        (value) => {
          if (isConfValue(value)) expect(back(printConf(stanza(value)))).toEqual(stanza(value));
          else expect(() => printConf(stanza(value))).toThrow(RangeError);
          expect(isConfValue(confValue(value))).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });

  test("every text of the corpus, as near as a file can hold it", () => {
    for (const text of nasty) expect(back(printConf(stanza(confValue(text))))).toEqual(stanza(confValue(text)));
  });
});

describe("the reader", () => {
  test("reads comments, stanzas in pieces, settings before the first stanza and a byte order mark", () => {
    const { stanzas, problems } = parseConf("\ufeff# c\nx = 1\r\n\r\n[a]\r\nk=v = w\n[b]\n\n  # d\n[a]\nl = \\\n2\n");
    expect(problems).toEqual([]);
    expect(stanzas).toMatchObject([
      { name: "default", settings: [{ key: "x", value: "1", line: 2 }] },
      {
        name: "a",
        settings: [
          { key: "k", value: "v = w", line: 5 },
          { key: "l", value: "2", line: 10 },
        ],
      },
      { name: "b", settings: [] },
    ]);
  });

  test.each([
    ["[a]\nno setting\nx = 1", 2, "neither a stanza nor a setting", true],
    ["[a]\nx = 1\nx = 2", 3, "the setting x is given twice; the last one counts", false],
    ["[a]\nx = 1\\", 2, "a backslash at the end of the file continues nothing", false],
    ["[a]\n= 1", 2, "neither a stanza nor a setting", true],
  ])("%j", (text, line, message, left) => {
    expect(parseConf(text).problems).toEqual([{ line, message, left }]);
  });

  test("is quick on a hostile file", () => {
    const text = `[a]\n${"x = \\\n".repeat(100_000)}`;
    const begin = performance.now();
    parseConf(text);
    expect(performance.now() - begin).toBeLessThan(2_000);
  });
});

test("a stanza or key that would break out is refused", () => {
  for (const name of ["a]", "a\nb", "a\\"]) expect(() => printConf([{ name, settings: [] }])).toThrow(RangeError);
  expect(() => printConf([{ name: "a", settings: [{ key: "x = 1\ny", value: "" }] }])).toThrow(RangeError);
});
