import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { folderWith, ruleport } from "./ruleport.ts";

const folder = folderWith({
  "net.kql": 'DeviceProcessEvents\n| where FileName =~ "net.exe"\n',
  "deep.kql": `print ${"(".repeat(10_000)}1${")".repeat(10_000)}`,
  "bad.kql": "DeviceProcessEvents | where (",
});
const explain = (name: string, ...more: string[]) => ruleport(["explain", join(folder, name), ...more]);
const stages = ["tokens", "cst", "ast", "plan"];

test.each([
  ["tokens", /^ *2:3 +\S+ +where$/m],
  ["cst", /text="=~"/],
  ["ast", /^ +operators\[0\]: where$/m],
  ["plan", /^filter .*FileName.*\n +scan DeviceProcessEvents/m],
])("%s", async (stage, expected) => {
  expect(await explain("net.kql", stage)).toEqual({ code: 0, out: expect.stringMatching(expected), err: "" });
  const json = await explain("net.kql", stage, "--format", "json");
  expect(JSON.parse(json.out)).toBeTypeOf("object");
});

test("the plan is what is shown by default", async () => {
  expect(await explain("net.kql")).toEqual(await explain("net.kql", "plan"));
});

describe.each(stages)("%s of a text with errors", (stage) => {
  test("ends with its findings", async () => {
    expect(await explain("bad.kql", stage)).toMatchObject({ code: 1, err: expect.stringContaining("error KQL001") });
  });
  test("nested 10,000 deep ends with a message", async () => {
    const { code, err } = await explain("deep.kql", stage);
    expect(code).toBe(1);
    expect(err).toContain("error KQL004");
  });
});

test("a code: its page, or its meaning where it has none", async () => {
  expect(await ruleport(["explain", "kql206"])).toEqual({
    code: 0,
    out: expect.stringMatching(/^# KQL206: [\s\S]*```kql/),
    err: "",
  });
  expect((await ruleport(["explain", "KQL101"])).out).toBe("KQL101: unknown column\n");
});
