import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { printSigma } from "../../src/sigma/print.ts";
import { readSigma } from "../../src/sigma/read.ts";
import { type Condition, literalText, type SigmaRule, type SigmaValue, type TextPart } from "../../src/sigma/rule.ts";

const base: SigmaRule = {
  title: "T",
  logsource: { category: "process_creation", product: "windows" },
  searches: [{ name: "selection", alternatives: [[{ field: "Image", modifiers: [], values: [literalText("x")] }]] }],
  condition: { kind: "search", name: "selection" },
};

function withValue(value: SigmaValue, verbatim = false): SigmaRule {
  const test = { field: "F", modifiers: verbatim ? (["re"] as const) : [], values: [value] };
  return { ...base, searches: [{ name: "selection", alternatives: [[test]] }] };
}

/** Texts that could break out of their quotes, or that YAML or Sigma read as something else. */
const awkward = [
  "",
  " ",
  "a ",
  " a",
  "'",
  '"',
  "it's",
  'say "x"',
  "\\",
  "\\\\",
  "a\\",
  "\\\\server\\share",
  "C:\\*",
  "C:\\\\?",
  "*",
  "?",
  "\\*",
  "a*b?c",
  "null",
  "NULL",
  "~",
  "true",
  "no",
  "Off",
  "y",
  "1",
  "1.0",
  "0x10",
  "1e3",
  "2025-10-14",
  "12:30:45",
  ".inf",
  "=",
  "<<",
  "- a",
  "? a",
  ": a",
  "a: b",
  "a #b",
  "#",
  "&a",
  "*a",
  "!a",
  "%a",
  "@a",
  "`a`",
  "|",
  ">",
  "{a}",
  "[a]",
  "a, b",
  "---",
  "...",
  "]]>",
  "$token$",
  "a\nb",
  "a\r\nb",
  "\ta",
  "a\u0000b",
  "a\u0085b",
  "a\u2028b",
  "\ufeffa",
  "\u200b",
  "\u00a0",
  "Öffentlich",
  "文件服务器",
  "😀",
  "\ud800",
  "{{x}}",
  "%COMSPEC%",
  "<script>",
  "a\\nb",
  "C:\\new\\table",
];

describe("a literal comes back as itself", () => {
  test.each(awkward.map((text) => [JSON.stringify(text), text]))("%s", (_, text) => {
    const titled = {
      ...withValue(literalText(text)),
      title: text,
      description: text,
      falsePositives: [text],
      author: text,
    };
    expect(readSigma(printSigma(titled))).toEqual(titled);
    const pattern = withValue({ kind: "verbatim", text }, true);
    expect(readSigma(printSigma(pattern))).toEqual(pattern);
  });

  test("whatever its characters are", () => {
    const character = fc.oneof(
      fc.constantFrom("\\", "*", "?", "'", '"', " ", "\n", ":", "#", "-", "a"),
      fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
    );
    const text = fc.array(character, { maxLength: 12 }).map((characters) => characters.join(""));
    fc.assert(
      fc.property(text, (value) => {
        const rule = { ...withValue(literalText(value)), description: value };
        expect(readSigma(printSigma(rule))).toEqual(rule);
      }),
      { numRuns: 300 },
    );
  });

  test("between wildcards too", () => {
    const literal = fc
      .array(fc.constantFrom("\\", "*", "?", "a"), { minLength: 1, maxLength: 4 })
      .map((c) => c.join(""));
    const wildcard = fc.constantFrom<TextPart>({ wildcard: "*" }, { wildcard: "?" });
    const parts = fc.array(fc.tuple(literal, wildcard), { maxLength: 3 }).map((pairs) => pairs.flat());
    fc.assert(
      fc.property(parts, (value) => {
        const rule = withValue({ kind: "text", parts: value });
        expect(readSigma(printSigma(rule))).toEqual(rule);
      }),
      { numRuns: 300 },
    );
  });
});

describe("values that are no text", () => {
  test.each<SigmaValue>([
    { kind: "null" },
    { kind: "boolean", value: true },
    { kind: "number", value: 4688 },
    { kind: "number", value: -1.5 },
    { kind: "number", value: 9223372036854775807n },
  ])("%o", (value) => {
    expect(readSigma(printSigma(withValue(value)))).toEqual(withValue(value));
  });
});

describe("backslashes are written as people write them", () => {
  test.each([
    ["\\net.exe", "'\\net.exe'"],
    ["C:\\Windows\\", "'C:\\Windows\\'"],
    ["\\\\server\\share", "'\\\\\\\\server\\share'"],
    ["100\\*", "'100\\\\\\*'"],
  ])("%s", (text, printed) => {
    expect(printSigma(withValue(literalText(text)))).toContain(`        F: ${printed}\n`);
  });
  test("a backslash in front of a wildcard is a literal one", () => {
    expect(printSigma(withValue({ kind: "text", parts: ["a\\", { wildcard: "*" }] }))).toContain("F: 'a\\\\*'");
  });
});

test("a whole rule is laid out like the rules of SigmaHQ", () => {
  const rule: SigmaRule = {
    ...base,
    id: "c9e6a6d0-5c3b-4a9f-b6f4-3f5f1f7f2b90",
    status: "test",
    description: "Two\nlines.",
    references: ["https://example.org/a#b"],
    author: "A, B",
    date: "2024-03-20",
    tags: ["attack.discovery", "attack.t1087.002"],
    searches: [
      {
        name: "selection_img",
        alternatives: [
          [{ field: "Image", modifiers: ["endswith"], values: [literalText("\\net.exe"), literalText("\\net1.exe")] }],
          [{ field: "OriginalFileName", modifiers: [], values: [literalText("net.exe")] }],
        ],
      },
      {
        name: "selection_cli",
        alternatives: [
          [
            {
              field: "CommandLine",
              modifiers: ["contains", "all"],
              values: [literalText(" accounts "), literalText(" /do")],
            },
          ],
        ],
      },
    ],
    condition: { kind: "quantified", quantity: "all", pattern: "selection_*" },
    falsePositives: ["Inventory tools"],
    level: "medium",
  };
  expect(readSigma(printSigma(rule))).toEqual(rule);
  expect(printSigma(rule, ["Wider than its source:\nsee its notes"])).toBe(`title: T
id: c9e6a6d0-5c3b-4a9f-b6f4-3f5f1f7f2b90
status: test
description: |-
    Two
    lines.
references:
    - 'https://example.org/a#b'
author: A, B
date: 2024-03-20
tags:
    - attack.discovery
    - attack.t1087.002
logsource:
    category: process_creation
    product: windows
# Wider than its source: see its notes
detection:
    selection_img:
        - Image|endswith:
              - '\\net.exe'
              - '\\net1.exe'
        - OriginalFileName: 'net.exe'
    selection_cli:
        CommandLine|contains|all:
            - ' accounts '
            - ' /do'
    condition: all of selection_*
falsepositives:
    - Inventory tools
level: medium
`);
});

describe("conditions keep their meaning", () => {
  const leaf = fc.constantFrom<Condition>(
    { kind: "search", name: "selection_a" },
    { kind: "quantified", quantity: "1", pattern: "filter_*" },
    { kind: "quantified", quantity: "all", pattern: "them" },
  );
  const { tree } = fc.letrec<{ tree: Condition; or: Condition; and: Condition; not: Condition }>((tie) => ({
    tree: fc.oneof({ maxDepth: 4 }, leaf, tie("or"), tie("and"), tie("not")),
    or: fc
      .array(fc.oneof({ maxDepth: 3 }, leaf, tie("and"), tie("not")), { minLength: 2, maxLength: 3 })
      .map((operands) => ({ kind: "or" as const, operands })),
    and: fc
      .array(fc.oneof({ maxDepth: 3 }, leaf, tie("or"), tie("not")), { minLength: 2, maxLength: 3 })
      .map((operands) => ({ kind: "and" as const, operands })),
    not: fc.oneof({ maxDepth: 3 }, leaf, tie("or"), tie("and")).map((operand) => ({ kind: "not" as const, operand })),
  }));
  test("in print and back", () => {
    fc.assert(
      fc.property(tree, (condition) => {
        expect(readSigma(printSigma({ ...base, condition })).condition).toEqual(condition);
      }),
      { numRuns: 200 },
    );
  });
  test.each([["a and"], ["(a"], ["a b"], [")"], ["(".repeat(100_000)], ["not ".repeat(100_000)]])(
    "%.20s is refused",
    (text) => {
      const yaml = printSigma(base).replace("condition: selection", `condition: '${text}'`);
      expect(() => readSigma(yaml)).toThrow(/condition/);
    },
  );
});
