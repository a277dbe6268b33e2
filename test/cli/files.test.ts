import { chmodSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { folderWith, ruleport } from "./ruleport.ts";

const folder = folderWith({
  "latin1.kql": Uint8Array.from([0x54, 0x20, 0x2f, 0x2f, 0xe9]),
  "program.kql": Uint8Array.from([0x7f, 0x45, 0x4c, 0x46, 0, 1]),
  "huge.kql": `// ${"x".repeat(17 * 1024 * 1024)}`,
  "empty.kql": "",
  "blank.yml": "\n\n",
  "list.yml": "- 1\n",
  "broken.yml": "name: [\n",
  "windows.kql": "\ufeffDeviceProcessEvents\r\n| take 1\r\n",
  "powershell.kql": Buffer.from("\ufeffDeviceProcessEvents\r\n| take 1\r\n", "utf16le"),
  "locked.kql": "print 1",
});
chmodSync(join(folder, "locked.kql"), 0);

describe("a file without a text ends with 2 and one line", () => {
  test.each([
    [".", "is a directory"],
    ["missing.kql", "no such file"],
    ["empty.kql/x", "no such file"],
    ["latin1.kql", "is not UTF-8 text"],
    ["program.kql", "is not UTF-8 text"],
    ["huge.kql", "is larger than 16 MB, too large for a rule"],
  ])("%s", async (name, message) => {
    const path = join(folder, name);
    for (const line of [
      ["check", path],
      ["run", path],
      ["fmt", path],
      ["explain", path],
      ["transpile", path, "--to", "spl"],
    ]) {
      expect(await ruleport(line)).toEqual({ code: 2, out: "", err: `error: ${path}: ${message}\n` });
    }
  });

  test.skipIf(process.getuid?.() === 0)("without permission", async () => {
    expect(await ruleport(["check", join(folder, "locked.kql")])).toMatchObject({ code: 2 });
  });
});

describe("a text that is no rule is a finding", () => {
  test.each(["empty.kql", "blank.yml", "list.yml", "broken.yml"])("%s", async (name) => {
    const { code, out } = await ruleport(["check", join(folder, name)]);
    expect(code).toBe(1);
    expect(out).toMatch(/^\S+:\d+:\d+ error FILE002: /);
  });
});

test.each(["windows.kql", "powershell.kql"])("%s is read as it is meant", async (name) => {
  expect(await ruleport(["check", join(folder, name)])).toMatchObject({ code: 0, out: "" });
});
