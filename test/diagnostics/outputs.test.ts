import { expect, test } from "vitest";
import { codes, Diagnostics } from "../../src/diagnostics/diagnostic.ts";
import { type Finding, toJson } from "../../src/diagnostics/findings.ts";
import { toSarif } from "../../src/diagnostics/sarif.ts";

function findingIn(name: string): Finding {
  const file = "query: |\n  T\n  | where Föö == 1\n";
  const text = "T\n| where Föö == 1\n";
  const diagnostics = new Diagnostics(text);
  diagnostics.add("KQL101", { start: 10, end: 13 }, "no such column", "use `Foo`");
  const [diagnostic] = diagnostics.list;
  if (diagnostic === undefined) throw new Error("nothing was added");
  return { source: { name, text, container: { text: file, lineOffsets: [11, 15, file.length] } }, diagnostic };
}

test("JSON names places in the file", () => {
  expect(toJson(findingIn("a.yml"))).toEqual({
    file: "a.yml",
    code: "KQL101",
    severity: "error",
    message: "no such column",
    hint: "use `Foo`",
    line: 3,
    column: 11,
    endLine: 3,
    endColumn: 14,
    start: 23,
    end: 26,
  });
});

test("SARIF 2.1.0 with every code as a rule", () => {
  expect(toSarif([findingIn("rules/my rule.yml")], "1.2.3")).toMatchObject({
    version: "2.1.0",
    runs: [
      {
        columnKind: "utf16CodeUnits",
        tool: {
          driver: {
            name: "ruleport",
            semanticVersion: "1.2.3",
            rules: Object.entries(codes).map(([id, { meaning }]) => ({ id, shortDescription: { text: meaning } })),
          },
        },
        results: [
          {
            ruleId: "KQL101",
            ruleIndex: Object.keys(codes).indexOf("KQL101"),
            level: "error",
            message: { text: "no such column\nhint: use `Foo`" },
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: "rules/my%20rule.yml" },
                  region: { startLine: 3, startColumn: 11, endLine: 3, endColumn: 14, charOffset: 23, charLength: 3 },
                },
              },
            ],
          },
        ],
      },
    ],
  });
});

test.each([
  ["/a b/c.kql", "file:///a%20b/c.kql"],
  ["C:\\rules\\c.kql", "file:///C:/rules/c.kql"],
  ["..\\c.kql", "../c.kql"],
  ["<stdin>", "%3Cstdin%3E"],
])("SARIF names the file %s as %s", (name, uri) => {
  expect(JSON.stringify(toSarif([findingIn(name)], "1"))).toContain(JSON.stringify({ uri }));
});
