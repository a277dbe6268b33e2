import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { folderWith } from "./ruleport.ts";

const command = fileURLToPath(new URL("../../dist/bin/ruleport.js", import.meta.url));
const sample = fileURLToPath(new URL("../../rules/sample/DeviceProcessEvents.jsonl", import.meta.url));
const folder = folderWith({ "all.kql": "DeviceProcessEvents | project FileName" });

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the built command; `leave` closes its standard output after the first bytes, as `head` does. */
function start(
  args: readonly string[],
  options: { readonly input?: string; readonly leave?: boolean; readonly env?: object } = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [command, ...args], { env: { ...process.env, ...options.env } });
  let out = "";
  let err = "";
  child.stdout.on("data", (chunk) => {
    out += String(chunk);
    if (options.leave === true) child.stdout.destroy();
  });
  child.stderr.on("data", (chunk) => {
    err += String(chunk);
  });
  child.stdin.on("error", () => {});
  child.stdin.end(options.input ?? "");
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, out, err })));
}

describe.skipIf(!existsSync(command))("the built command", () => {
  test("reads a query from standard input", async () => {
    expect(await start(["run", "-", "--format", "jsonl"], { input: "print a = 1" })).toEqual({
      code: 0,
      out: '{"a":1}\n',
      err: "",
    });
    const rule = "name: x\nquery: |\n  DeviceProcessEvents\n  | where Filename == 'x'\n";
    expect(await start(["check", "-"], { input: rule })).toMatchObject({
      code: 1,
      out: expect.stringMatching(/^<stdin>\.yml:4:11 error KQL101/),
    });
  });

  test("reads events from standard input, whatever their format", async () => {
    for (const input of [
      '{"FileName":"a"}\n{"FileName":"b"}\n',
      '[{"FileName":"a"},{"FileName":"b"}]',
      "FileName\na\nb\n",
    ]) {
      const line = ["run", `${folder}/all.kql`, "--events", "-", "--format", "csv"];
      expect(await start(line, { input })).toEqual({ code: 0, out: "FileName\na\nb\n", err: "" });
    }
  });

  test("is silent where its reader leaves", async () => {
    const events = Array.from({ length: 200 }, () => sample);
    const { code, out, err } = await start(["run", `${folder}/all.kql`, "--events", ...events, "--format", "jsonl"], {
      leave: true,
    });
    expect(out).not.toBe("");
    expect({ code, err }).toEqual({ code: 0, err: "" });
  });

  test("colours its output on demand alone", async () => {
    const line = ["check", "-"];
    const input = "DeviceProcessEvents | where (";
    expect((await start(line, { input })).out).not.toContain("\u001b");
    expect((await start(line, { input, env: { FORCE_COLOR: "1" } })).out).toContain("\u001b[31m");
    expect((await start(line, { input, env: { FORCE_COLOR: "1", NO_COLOR: "1" } })).out).not.toContain("\u001b");
  });
});
