import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import * as library from "../../src/index.ts";
import { folderWith, ruleport } from "./ruleport.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const readmePath = join(root, "README.md");
const readme = readFileSync(readmePath, "utf8");

function block(kind: string): RegExp {
  return new RegExp(`^\`\`\`${kind}\\n([\\s\\S]*?)^\`\`\`$`, "gm");
}

/** The code blocks of one kind, in order. */
function blocks(kind: string): string[] {
  return [...readme.matchAll(block(kind))].map((match) => match[1] ?? "");
}

/** A code block, as a function because `$` means something in a replacement. */
function fenced(kind: string, text: string): () => string {
  return () => `\`\`\`${kind}\n${text}\`\`\``;
}

const folder = folderWith({
  "tour.kql": blocks("kql")[0] ?? "",
  "ours.yml": blocks("yaml").find((block) => block.startsWith("name:")) ?? "",
});
const tour = join(folder, "tour.kql");

test("what the README shows is what the command gives", async () => {
  const spl = await ruleport(["transpile", tour, "--to", "spl", "--profile", "sysmon"]);
  expect(spl).toMatchObject({ code: 0, err: "exact\n" });
  const sigma = await ruleport(["transpile", tour, "--to", "sigma"]);
  const table = await ruleport(["build", join(root, "rules"), "--out", join(folder, "out")]);
  const shown = readme
    .replace(block("table"), fenced("table", `${table.out.split("\n\n")[0]}\n`))
    .replace(block("spl"), fenced("spl", spl.out))
    .replace(block("notes"), fenced("notes", sigma.err.replaceAll(`${folder}/`, "")));
  // UPDATE_README=1 npx vitest run test/cli/readme.test.ts
  if (process.env.UPDATE_README) writeFileSync(readmePath, shown);
  else expect(shown).toBe(readme);
});

test("the tour's other commands are fine", async () => {
  const lines = [...readme.matchAll(/^ruleport (\w+ tour\.kql .*)$/gm)].map((match) => match[1] ?? "");
  expect(lines).toHaveLength(3);
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

test("the profile of one's own is one", async () => {
  const { code, out } = await ruleport(["transpile", tour, "--to", "spl", "--profile", join(folder, "ours.yml")]);
  expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/^index="?endpoint"? sourcetype="?process"? /) });
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
