import { describe, expect, test } from "vitest";
import { locate } from "../../src/diagnostics/locate.ts";
import { readRule } from "../../src/rules/read.ts";
import { ruleInfo } from "../../src/rules/rule.ts";

const sentinel = `id: 2fed0668-6d43-4c78-87e6-510f96f12145
name: Net use
description: |
  'Finds net use.'
severity: Medium
requiredDataConnectors:
  - connectorId: MicrosoftThreatProtection
    dataTypes:
      - DeviceProcessEvents
queryFrequency: 1d
queryPeriod: 1d
triggerOperator: gt
triggerThreshold: 0
tactics:
  - CredentialAccess
relevantTechniques:
  - T1552.001
query: |
  DeviceProcessEvents
  | where FileName =~ "net.exe"

    | take 10
entityMappings:
  - entityType: Host
    fieldMappings:
      - identifier: FullName
        columnName: DeviceName
version: 1.0.3
kind: Scheduled
metadata:
    author:
        name: Someone
    categories:
        domains: [ "Security" ]
houseKey: kept
`;

function read(text: string, name = "rule.yml") {
  const { rule, diagnostics } = readRule(text, name);
  if (rule === null) throw new Error(diagnostics.map((d) => d.message).join("; "));
  return rule;
}

/** The file's text at the place where the words stand in the query. */
function inFile(rule: ReturnType<typeof read>, words: string): string {
  const start = rule.query.text.indexOf(words);
  const { text, span } = locate(rule.query, { start, end: start + words.length });
  return text.slice(span.start, span.end);
}

describe("a Sentinel rule file", () => {
  test("gives the query and what the rule says of itself", () => {
    const rule = read(sentinel);
    expect(rule.query.text).toBe('DeviceProcessEvents\n| where FileName =~ "net.exe"\n\n  | take 10\n');
    expect(ruleInfo(rule)).toEqual({
      id: "2fed0668-6d43-4c78-87e6-510f96f12145",
      name: "Net use",
      description: "Finds net use.",
      author: "Someone",
      severity: "Medium",
      tactics: ["CredentialAccess"],
      techniques: ["T1552.001"],
      period: 86_400,
    });
  });

  test("keeps unknown keys without a word", () => {
    const { rule, diagnostics } = readRule(sentinel, "rule.yaml");
    expect(diagnostics).toEqual([]);
    expect(rule?.fields.houseKey).toBe("kept");
    expect(rule?.fields.version).toBe("1.0.3");
  });

  test("takes open keys, as hunting queries have them", () => {
    const rule = read("name: X\ntactics:\nrelevantTechniques:\n  -\nquery: T\n");
    expect(rule.info).toEqual({ name: "X", techniques: [] });
  });
});

describe("a place in the query is found in the file", () => {
  test.each([
    ["literal block", "query: |\n    T\n    | where a == 1\n      | take 2\n"],
    ["literal block with header comment and strip", "query: |- # the query\n  T\n\n  | where a == 1\n    | take 2"],
    ["literal block with an indentation indicator", "query: |2\n    T\n  | where a == 1\n  | take 2\n"],
    ["literal block with CRLF", "name: a\r\nquery: |\r\n  T\r\n  | where a == 1\r\n  | take 2\r\n"],
    ["folded block", "query: >\n  T\n\n  | where a == 1\n\n  | take 2\n"],
    ["double quotes", 'query: "T\\n| where a == 1\\n| take 2"\n'],
    ["single quotes", "query: 'T\n\n  | where a == 1\n\n  | take 2'\n"],
    ["plain", "query: T | where a == 1 | take 2\n"],
  ])("%s", (_, text) => {
    const rule = read(text);
    for (const words of ["T", "a == 1", "take 2"]) expect(inFile(rule, words)).toBe(words);
  });
});

describe("a bare query", () => {
  test("is named like its file", () => {
    const rule = read("T | take 1", "some/dir/net.use.kql");
    expect([rule.name, rule.query.text, rule.query.container]).toEqual(["net.use", "T | take 1", undefined]);
  });
});

describe("variants", () => {
  const base = "query: |\n  T // all\n  //| summarize count()\n";
  test("a comment line made part of the query keeps its place", () => {
    const [variant] = read(`${base}ruleport:\n  variants:\n    counted:\n      uncomment: "| summarize"\n`).variants;
    expect(variant?.name).toBe("counted");
    expect(variant?.query.text).toBe("T // all\n| summarize count()\n");
    const at = variant && locate(variant.query, { start: 9, end: 10 });
    expect(at?.start).toEqual({ line: 3, column: 5 });
  });
  test("a query of its own", () => {
    const [variant] = read(`${base}ruleport: { variants: { short: { query: T | take 1 } } }\n`).variants;
    expect(variant?.query.text).toBe("T | take 1");
  });
  test.each([
    ["unknown comment", 'a: { uncomment: "| take" }', 'no comment line of the query begins with "| take"'],
    ["nothing", "a: {}", 'the variant "a" has neither query nor uncomment'],
  ])("%s is an error", (_, variant, message) => {
    const { diagnostics } = readRule(`${base}ruleport:\n  variants:\n    ${variant}\n`, "r.yml");
    expect(diagnostics.map((d) => [d.code, d.message, d.line])).toEqual([["FILE002", message, 6]]);
  });
});

describe("a wrong file gives one located line", () => {
  test.each([
    ["no query", "name: X\n", "the rule has no query", 1, 1],
    ["empty query", "name: X\nquery: ''\n", "the query is empty", 2, 1],
    ["query of a wrong type", "name: X\nquery: [a]\n", '"query" must be a string', 2, 8],
    ["list of a wrong type", "query: T\ntactics: { a: 1 }\n", '"tactics" must be a list of strings', 2, 10],
    ["not a map", "- a\n- b\n", "a rule file is a map of keys such as name and query", 1, 1],
    ["empty", "", "a rule file is a map of keys such as name and query", 1, 1],
    ["unknown flavour", "query: T\nruleport:\n  flavours: [qradar]\n", 'unknown flavour "qradar"', 3, 3],
    ["unresolved alias", "query: T\na: *b\n", "the YAML has too many or unresolved aliases", 1, 1],
  ])("%s", (_, text, message, line, column) => {
    const { rule, diagnostics } = readRule(text, "r.yml");
    expect(rule).toBeNull();
    expect(diagnostics).toMatchObject([{ code: "FILE002", message, line, column }]);
  });

  test.each([
    ["broken quotes", "query: T\nname: 'x\n"],
    ["bad indentation", "query: T\n a: b\n  c: [\n"],
    ["a key twice", "query: T\nquery: U\n"],
    ["two documents", "query: T\n---\nquery: U\n"],
    ["nested 20,000 deep", `query: T\na: ${"[".repeat(20_000)}`],
  ])("%s", (_, text) => {
    const { rule, diagnostics } = readRule(text, "r.yml");
    expect(rule).toBeNull();
    expect(diagnostics.length).toBeGreaterThan(0);
    for (const d of diagnostics) expect([d.code, d.message.includes("\n")]).toEqual(["FILE002", false]);
  });

  test("aliases that multiply end quickly", () => {
    const levels = Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}, *a${i}, *a${i}]`);
    const { diagnostics } = readRule(`query: T\na0: &a0 [x]\n${levels.join("\n")}\n`, "bomb.yml");
    expect(diagnostics).toMatchObject([{ message: "the YAML has too many or unresolved aliases" }]);
  });
});
