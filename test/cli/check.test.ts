import { join } from "node:path";
import { expect, test } from "vitest";
import { folderWith, ruleport } from "./ruleport.ts";

const folder = folderWith({
  "good.kql": "DeviceProcessEvents | take 1\n",
  "bad.kql": "DeviceProcessEvents\n| where Filename == 'x'\n",
  "bad.yml": `name: Bad
query: |
  DeviceProcessEvents
  | where Filename == 'x'
  //| take 1
ruleport:
  variants:
    short:
      uncomment: "| take"
`,
  "own.kql": "MyTable | where Count > 1 and Name == 'x'\n",
  "own.json": '{ "MyTable": { "Count": "long", "Name": "string" } }',
  "wrong.json": '{ "MyTable": { "Count": "longer" } }',
  "other.json": "[1]",
});
const path = (name: string) => join(folder, name);

test("findings with place, excerpt, caret and hint; the summary is not part of the output", async () => {
  expect(await ruleport(["check", path("good.kql"), path("bad.kql")])).toEqual({
    code: 1,
    out: expect.stringMatching(
      /bad\.kql:2:9 error KQL101: .*`Filename`.*\n {2}2 \| \| where Filename == 'x'\n {4}\| {9}\^{8}\n {2}hint: .*`FileName`\??\n$/,
    ),
    err: "1 error in 2 files\n",
  });
});

test("a rule without findings", async () => {
  expect(await ruleport(["check", path("good.kql")])).toEqual({ code: 0, out: "", err: "no findings in 1 file\n" });
});

test("what a rule's variants share is reported once, at its place in the file", async () => {
  const { out, code } = await ruleport(["check", path("bad.yml"), "--format", "json"]);
  expect(code).toBe(1);
  expect(JSON.parse(out)).toEqual({
    findings: [expect.objectContaining({ file: path("bad.yml"), code: "KQL101", line: 4, column: 11, endColumn: 19 })],
  });
});

test("SARIF", async () => {
  const { out, code } = await ruleport(["check", path("bad.kql"), "--format", "sarif"]);
  expect(code).toBe(1);
  expect(JSON.parse(out).runs[0].results).toMatchObject([{ ruleId: "KQL101", level: "error" }]);
});

test("no findings are an empty list for programs", async () => {
  const json = await ruleport(["check", path("good.kql"), "--format", "json"]);
  expect({ ...json, out: JSON.parse(json.out) }).toEqual({ code: 0, out: { findings: [] }, err: "" });
  const sarif = await ruleport(["check", path("good.kql"), "--format", "sarif"]);
  expect(JSON.parse(sarif.out).runs[0].results).toEqual([]);
});

test("--schema declares tables", async () => {
  expect((await ruleport(["check", path("own.kql")])).out).toContain("warning KQL110");
  expect(await ruleport(["check", path("own.kql"), "--schema", path("own.json")])).toMatchObject({ code: 0, out: "" });
  expect(await ruleport(["check", path("own.kql"), "--schema", path("wrong.json")])).toMatchObject({
    code: 2,
    err: expect.stringContaining("`longer`"),
  });
  expect(await ruleport(["check", path("own.kql"), "--schema", path("other.json")])).toMatchObject({
    code: 2,
    err: expect.stringContaining("is not a schema"),
  });
});

const warned = folderWith({
  "case.kql": "DeviceProcessEvents\n| where Timestamp > ago(1d)\n| where FileName == 'net.exe'\n",
  "note.kql": "DeviceProcessEvents\n| where FileName =~ 'net.exe'\n",
  "rule.yml": `name: R
queryPeriod: 1h
query: |
  DeviceProcessEvents
  | where TimeGenerated > ago(2h) and FileName == 'net.exe'
  //| project DeviceId
entityMappings:
  - { entityType: Host, fieldMappings: [{ identifier: FullName, columnName: DeviceName }] }
ruleport:
  variants:
    short:
      uncomment: "| project"
`,
});

test("warnings fail in strict mode alone, notes never", async () => {
  const check = (...args: string[]) => ruleport(["check", ...args]);
  expect(await check(join(warned, "case.kql"))).toMatchObject({ code: 0, out: expect.stringContaining("KQL206") });
  expect(await check("--strict", join(warned, "case.kql"))).toMatchObject({ code: 1, err: "1 warning in 1 file\n" });
  expect(await check("--strict", join(warned, "note.kql"))).toMatchObject({ code: 0, err: "1 info in 1 file\n" });
});

test("a rule file says how far the query sees and what it has to keep", async () => {
  const { out } = await ruleport(["check", join(warned, "rule.yml"), "--format", "json"]);
  const { findings } = JSON.parse(out) as { findings: { code: string; line: number }[] };
  expect(findings.map(({ code, line }) => [code, line])).toEqual([
    ["KQL222", 5],
    ["KQL206", 5],
    ["KQL231", 6],
  ]);
});

test("SARIF has the page of a code as its help", async () => {
  const { out } = await ruleport(["check", join(warned, "case.kql"), "--format", "sarif"]);
  const [run] = JSON.parse(out).runs;
  expect(run.results).toMatchObject([{ ruleId: "KQL206", level: "warning" }]);
  const rule = run.tool.driver.rules[run.results[0].ruleIndex];
  expect(rule.help.markdown).toContain("# KQL206");
});
