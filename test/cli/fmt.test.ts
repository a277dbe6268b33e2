import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folderWith, ruleport } from "./ruleport.ts";

const ugly = "DeviceProcessEvents|where FileName=~'net.exe' // why\n|take 1";
const yaml = `# kept
name: Net
query: |
    DeviceProcessEvents|where FileName=~'net.exe'


    |take 1
severity: Low   # kept too
`;
const folder = folderWith({
  "ugly.kql": ugly,
  "written.kql": ugly,
  "rule.yml": yaml,
  "written.yml": yaml,
  "folded.yml": "name: x\nquery: >\n  DeviceProcessEvents\n  |take 1\n",
  "bad.kql": "DeviceProcessEvents | where (",
});
const path = (name: string) => join(folder, name);
const fmt = (...line: string[]) => ruleport(["fmt", ...line]);

test("to standard output; what is formatted stays as it is", async () => {
  const { code, out, err } = await fmt(path("ugly.kql"));
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toMatch(/^DeviceProcessEvents\n\| where FileName =~ /);
  expect(out).toContain("// why");
  expect((await fmt(path("ugly.kql"), "--check")).out).toBe(`${path("ugly.kql")}\n`);
  const formatted = join(folderWith({ "formatted.kql": out }), "formatted.kql");
  expect((await fmt(formatted)).out).toBe(out);
  expect(await fmt(formatted, "--check")).toEqual({ code: 0, out: "", err: "" });
});

test("--write changes the file", async () => {
  const { out } = await fmt(path("written.kql"));
  expect(await fmt(path("written.kql"), "--write")).toEqual({ code: 0, out: "", err: "" });
  expect(readFileSync(path("written.kql"), "utf8")).toBe(out);
});

test("in a rule file only the query changes", async () => {
  await fmt(path("written.yml"), "--write");
  expect(readFileSync(path("written.yml"), "utf8")).toMatch(
    /^# kept\nname: Net\nquery: \|\n {4}DeviceProcessEvents\n {4}\| where FileName =~ .*\n {4}\| take 1\nseverity: Low {3}# kept too\n$/,
  );
  expect((await fmt(path("written.yml"), "--check")).code).toBe(0);
});

test("what cannot be formatted is left alone", async () => {
  expect(await fmt(path("bad.kql"), "--write")).toMatchObject({
    code: 1,
    err: expect.stringContaining("error KQL001"),
  });
  expect(readFileSync(path("bad.kql"), "utf8")).toBe("DeviceProcessEvents | where (");
  expect(await fmt(path("folded.yml"), "--write")).toMatchObject({ code: 2, err: expect.stringContaining("query: |") });
});
