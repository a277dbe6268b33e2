import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import * as library from "../../src/index.ts";
import { folderWith, ruleport } from "./ruleport.ts";

const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
const root = new URL("../../", import.meta.url).pathname;

/** The code blocks of one kind, in order. */
function blocks(kind: string): string[] {
  return [...readme.matchAll(new RegExp(`^\`\`\`${kind}\\n([\\s\\S]*?)^\`\`\`$`, "gm"))].map((match) => match[1] ?? "");
}

const folder = folderWith({ "tour.kql": blocks("kql")[0] ?? "", "ours.yml": blocks("yaml")[1] ?? "" });
const tour = join(folder, "tour.kql");

test("the tour shows what the command gives", async () => {
  const { code, out, err } = await ruleport(["transpile", tour, "--to", "spl", "--profile", "sysmon"]);
  expect({ code, out, err: err.replaceAll(`${folder}/`, "") }).toEqual({
    code: 0,
    out: blocks("spl")[0],
    err: blocks("notes")[0],
  });
});

test("the tour's other commands are fine", async () => {
  const lines = [...readme.matchAll(/^ruleport (\w+ tour\.kql .*)$/gm)].map((match) => match[1] ?? "");
  expect(lines).toHaveLength(4);
  for (const line of lines) {
    const words = line
      .replace(/ > .*$/, "")
      .replace("tour.kql", tour)
      .replace("rules/", join(root, "rules/"))
      .split(" ");
    const { code, out } = await ruleport(words);
    expect(code, line).toBe(0);
    expect(out.split("\n").length, line).toBeGreaterThan(3);
  }
});

test("the table at the top is what build prints", async () => {
  const { out } = await ruleport(["build", join(root, "rules"), "--out", join(folder, "out")]);
  const table = blocks("").find((block) => block.startsWith("rule "));
  expect(table).toBe(`${out.split("\n\n")[0]}\n`);
});

test("the profile of one's own is one", async () => {
  const { code, out } = await ruleport(["transpile", tour, "--to", "spl", "--profile", join(folder, "ours.yml")]);
  expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining("index=endpoint sourcetype=process") });
});

test("the library has what the example imports, and the example's results", async () => {
  const [example = ""] = blocks("ts");
  const names = /import \{ (.*) \} from "ruleport"/.exec(example)?.[1]?.split(", ") ?? [];
  expect(names.filter((name) => !Object.hasOwn(library, name))).toEqual([]);
  const query = /const query = '(.*)';/.exec(example)?.[1] ?? "";
  expect(library.parseKql(query).diagnostics).toEqual([]);
  expect(library.analyzeKql(query).columns).toEqual([{ name: "Count", type: "long" }]);
  expect(Object.keys(library.transpile(query, { to: "spl", profile: "sysmon" })).sort()).toEqual([
    "diagnostics",
    "fidelity",
    "notes",
    "text",
  ]);
  const { rows } = await library.runKql(query, { tables: { DeviceProcessEvents: [{ FileName: "NET.EXE" }] } });
  expect(rows).toEqual([[1]]);
});
