import { join } from "node:path";
import { expect, test } from "vitest";
import { folderWith, ruleport } from "./ruleport.ts";

const profile = `name: mine
description: process starts in our own index
tables:
  DeviceProcessEvents:
    search: index=ours sourcetype=process
    fields:
      FileName: exe
`;
const folder = folderWith({
  "net.kql": 'DeviceProcessEvents\n| where FileName =~ "net.exe"\n',
  "report.kql": "DeviceProcessEvents\n| project ReportId\n",
  "bad.kql": "DeviceProcessEvents\n| where (",
  "rule.yml": `name: Net\nquery: |\n  DeviceProcessEvents\n  | where FileName =~ "net.exe"\n  //| count\nruleport:\n  variants:\n    counted:\n      uncomment: "| count"\n`,
  "mine.yml": profile,
  "broken.yml": "name: mine\ntables: 1\n",
});
const path = (name: string) => join(folder, name);
const port = (name: string, ...more: string[]) => ruleport(["transpile", path(name), ...more]);

test("the text goes to standard output, its fidelity to standard error", async () => {
  for (const to of ["spl", "sigma", "typescript", "ts", "kql"]) {
    const { code, out, err } = await port("net.kql", "--to", to);
    expect(code, to).toBe(0);
    expect(out, to).toMatch(/net\.exe[\s\S]*\n$/);
    expect(err, to).toMatch(/^(exact|approximate)$/m);
  }
});

test("what a target cannot say is located, and ends with 1 and without text", async () => {
  const { code, out, err } = await port("report.kql", "--to", "spl", "--profile", "cim");
  expect({ code, out }).toEqual({ code: 1, out: "" });
  expect(err).toMatch(/report\.kql:2:\d+ unsupported [\s\S]*ReportId[\s\S]*\nunsupported\n$/);
});

test("for programs", async () => {
  const { code, out, err } = await port("report.kql", "--to", "spl", "--profile", "cim", "--format", "json");
  expect({ code, err }).toEqual({ code: 1, err: "" });
  expect(JSON.parse(out)).toMatchObject({
    fidelity: "unsupported",
    text: "",
    notes: [{ level: "unsupported", line: 2 }],
    diagnostics: [],
  });
});

test("a query with an error", async () => {
  const { code, out, err } = await port("bad.kql", "--to", "spl");
  expect({ code, out }).toEqual({ code: 1, out: "" });
  expect(err).toMatch(/^\S+bad\.kql:2:\d+ error KQL001[^\n]*\n {2}2 \| \| where \(\n/);
});

test("variants", async () => {
  expect((await port("rule.yml", "--to", "kql", "--variant", "counted")).out).toContain("| count");
  expect(await port("rule.yml", "--to", "kql", "--variant", "other")).toMatchObject({
    code: 2,
    err: expect.stringContaining("its variants are counted"),
  });
});

test("profiles by name and of one's own", async () => {
  expect((await port("net.kql", "--to", "spl", "--profile", "sysmon")).out).toContain("EventCode=1");
  const own = await port("net.kql", "--to", "spl", "--profile", path("mine.yml"));
  expect(own).toMatchObject({
    code: 0,
    out: expect.stringMatching(/index="?ours"? sourcetype="?process"? exe="?net\.exe/),
  });
  expect(await port("net.kql", "--to", "spl", "--profile", path("broken.yml"))).toMatchObject({
    code: 1,
    err: expect.stringMatching(/broken\.yml:2:\d+ error FILE004/),
  });
  for (const [to, name] of [
    ["spl", "elastic"],
    ["kql", "sysmon"],
    ["sigma", path("mine.yml")],
  ] as const) {
    expect(await port("net.kql", "--to", to, "--profile", name)).toMatchObject({ code: 2, out: "" });
  }
});

test("a rule's own data goes with it", async () => {
  expect((await port("rule.yml", "--to", "sigma")).out).toContain("title: Net\n");
});
