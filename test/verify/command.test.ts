import { expect, it } from "vitest";
import { folderWith, ruleport } from "../cli/ruleport.ts";

const folder = folderWith({
  "a.kql": 'DeviceProcessEvents\n| where FileName == "net.exe"\n',
  "b.kql": 'DeviceProcessEvents\n| where FileName =~ "net.exe"\n',
  "c.yml":
    "title: t\nlogsource:\n  category: process_creation\ndetection:\n  selection:\n    Image|endswith: '\\net.exe'\n  condition: selection\n",
  "d.kql": "DeviceProcessEvents\n| where FolderPath endswith @'\\net.exe'\n",
  "e.spl": 'source="XmlWinEventLog:Microsoft-Windows-Sysmon/Operational" EventCode=1 Image="*\\\\net.exe"\n',
});
const verify = (...args: readonly string[]) => ruleport(["verify", ...args, "--generate", "1000"]);

it("shows the event on which two rules differ, and fails", async () => {
  const { code, out, err } = await verify(`${folder}/a.kql`, `${folder}/b.kql`);
  expect(err).toBe("");
  expect(code).toBe(1);
  expect(out).toContain("they differ");
  expect(out).toContain("branches of");
  expect(out).toMatch(/on this event:\n\s+\{"_id":"e\d+","FileName":"[^"]*"/);
  expect(out).toContain('drops the event at `where FileName == "net.exe"`');
});

it("says so where there is no difference, in any pair of languages", async () => {
  for (const [a, b] of [
    ["d.kql", "c.yml"],
    ["c.yml", "e.spl"],
    ["d.kql", "e.spl"],
    ["d.kql", "d.kql"],
  ]) {
    const { code, out } = await verify(`${folder}/${a}`, `${folder}/${b}`);
    expect(out, `${a} ${b}`).toContain("no difference");
    expect(code).toBe(0);
  }
});

it("without a second rule compares everything that the build emits", async () => {
  const { code, out } = await verify(`${folder}/d.kql`);
  for (const name of ["spl/defender", "spl/sysmon", "spl/cim", "sigma/sigma", "typescript", "kql/sentinel"])
    expect(out).toContain(`– ${name}`);
  expect(out).not.toContain("they differ\n");
  expect(code).toBe(0);
});

it("gives JSON and JUnit", async () => {
  const json = await verify(`${folder}/a.kql`, `${folder}/b.kql`, "--format", "json");
  expect(json.code).toBe(1);
  const data = JSON.parse(json.out);
  expect(data.equal).toBe(false);
  expect(data.comparisons[0].counterexample.events).toHaveLength(1);
  const junit = await verify(`${folder}/a.kql`, `${folder}/b.kql`, "--format", "junit");
  expect(junit.out).toContain('failures="1"');
  expect(junit.out).toMatch(/<failure message="[^"<]*">[^<]*<\/failure>/);
});

it("names what it cannot use", async () => {
  const { code, err } = await verify(`${folder}/c.yml`);
  expect(code).toBe(2);
  expect(err).toContain("is not KQL");
});
