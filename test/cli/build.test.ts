import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeEach, describe, expect, test } from "vitest";
import { ruleport } from "./ruleport.ts";

let folder: string;
let rules: string;
let out: string;

function put(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

const query = 'DeviceProcessEvents\n| where FileName =~ "net.exe"\n';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ruleport-build-"));
  rules = join(folder, "rules");
  out = join(folder, "out");
  put("rules/plain.kql", query);
  put(
    "rules/windows/two.yml",
    `name: Two\nquery: |\n  ${query.trim().replace("\n", "\n  ")}\n  //| count\nruleport:\n  flavours: [defender, sentinel]\n  variants:\n    counted:\n      uncomment: "| count"\n`,
  );
  put("rules/notes.txt", "not a rule");
  put(
    "rules/sample/DeviceProcessEvents.jsonl",
    '{"FileName":"NET.EXE"}\n{"FileName":"cmd.exe"}\n{"FileName":"net.exe"}\n',
  );
  put("rules/sample/sample.json", '{"now":"2026-03-01T00:00:00Z"}');
});

const filesBelow = (path: string) =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1))
    .sort();

describe("build", () => {
  test("mirrors the rules and says what became of each", async () => {
    const { code, err } = await ruleport(["build", rules, "--out", out]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const files = filesBelow(out);
    const index = JSON.parse(readFileSync(join(out, "index.json"), "utf8"));
    const outputs = index.rules.flatMap((rule: { outputs: object[] }) => rule.outputs);
    expect(index.rules.map((rule: { rule: string }) => rule.rule)).toEqual(["plain.kql", "windows/two.yml"]);
    const listed = [...outputs, ...index.rules.flatMap((rule: { content: object[] }) => rule.content), ...index.app];
    const named = listed.flatMap((output: { file?: string | null }) => output.file ?? []);
    expect(files).toEqual(["index.json", ...named].sort());
    expect(files).toEqual(
      expect.arrayContaining([
        "plain/kql.kql",
        "windows/two/defender.kql",
        "windows/two/sentinel.kql",
        "windows/two/counted/defender.kql",
        "windows/two/rule.md",
        "windows/two/sentinel/hunting.yml",
        "windows/two/security_content/two.yml",
        "splunk_app/default/savedsearches.conf",
      ]),
    );
    for (const output of outputs) {
      expect(output.file === null).toBe(output.fidelity === "unsupported");
      if (output.fidelity !== "exact") expect(output.notes).not.toEqual([]);
    }
  });

  test("shows rule × target with the rows found in the sample", async () => {
    const { out: table } = await ruleport(["build", rules, "--out", out]);
    const lines = table.split("\n");
    expect(lines[0]).toMatch(
      /^rule +spl\/defender +spl\/sysmon +spl\/cim +sigma +typescript +kql +kql\/defender +kql\/sentinel +rows$/,
    );
    expect(lines[2]).toMatch(/^plain\.kql .* 2$/);
    expect(lines[3]).toMatch(/^windows\/two\.yml .* 2$/);
    expect(lines[4]).toMatch(/^ {2}counted .* 1$/);
    expect(table).toContain("DeviceProcessEvents.jsonl at 2026-03-01T00:00:00Z");
  });

  test("as a list where the terminal is narrow", async () => {
    const { out: list } = await ruleport(["build", rules, "--out", out], 60);
    expect(list).toMatch(/^plain\.kql {2}2 rows\n {4}exact {8}\w/);
    for (const line of list.split("\n\n")[0]?.split("\n") ?? []) expect(line.length).toBeLessThanOrEqual(60);
  });

  test("--events takes the place of the sample, --format json is for programs", async () => {
    put("other.jsonl", '{"FileName":"net.exe"}\n');
    const line = ["build", rules, "--out", out, "--events", join(folder, "other.jsonl"), "--format", "json"];
    const { out: text } = await ruleport(line);
    expect(JSON.parse(text).rules[0].outputs[0]).toMatchObject({ target: "spl", profile: "defender", rows: 1 });
  });

  test("the same rules give the same files", async () => {
    await ruleport(["build", rules, "--out", out]);
    const first = filesBelow(out).map((file) => readFileSync(join(out, file), "utf8"));
    await ruleport(["build", rules, "--out", join(folder, "again")]);
    expect(filesBelow(join(folder, "again")).map((file) => readFileSync(join(folder, "again", file), "utf8"))).toEqual(
      first,
    );
  });

  test("takes away what it made of a rule that is gone, and nothing else", async () => {
    await ruleport(["build", rules, "--out", out]);
    put("out/mine.txt", "kept");
    put("out/plain/mine.txt", "kept");
    put("rules/plain.kql", "");
    const { code, err } = await ruleport(["build", rules, "--out", out]);
    expect(code).toBe(1);
    expect(err).toMatch(/plain\.kql:1:1 error FILE002/);
    expect(filesBelow(out).filter((file) => !/^(?:windows|splunk_app)/.test(file))).toEqual([
      "index.json",
      "mine.txt",
      "plain/mine.txt",
    ]);
  });

  test("an index that somebody changed leads nowhere else", async () => {
    put("outside.txt", "kept");
    put("out/index.json", '{"rules":[{"outputs":[{"file":"../outside.txt"},{"file":"/etc/hostname"}]}]}');
    expect((await ruleport(["build", rules, "--out", out])).code).toBe(0);
    expect(existsSync(join(folder, "outside.txt"))).toBe(true);
  });

  test.each([
    [
      "a variant",
      "rules/evil.yml",
      `name: x\nquery: T | count\nruleport:\n  variants:\n    ../../up:\n      query: T\n`,
    ],
    ["a rule of the same name", "rules/plain.yml", `name: x\nquery: T | count\n`],
  ])("%s never leads elsewhere", async (_, path, text) => {
    put(path, text);
    expect(await ruleport(["build", rules, "--out", out])).toMatchObject({ code: 2, out: "" });
    expect(existsSync(out)).toBe(false);
  });

  test("a folder that cannot be read or written is a message", async () => {
    const message = async (...line: string[]) => (await ruleport(["build", ...line])).err;
    expect(await message(join(rules, "plain.kql"))).toBe(`error: ${join(rules, "plain.kql")}: is not a folder\n`);
    expect(await message(join(rules, "sample"))).toContain("holds no rules");
    put("file", "");
    expect(await message(rules, "--out", join(folder, "file"))).toContain("cannot be written");
  });

  test("--check writes nothing and names what differs", async () => {
    expect((await ruleport(["build", rules, "--out", out, "--check"])).code).toBe(1);
    expect(existsSync(out)).toBe(false);
    await ruleport(["build", rules, "--out", out]);
    expect(await ruleport(["build", rules, "--out", out, "--check"])).toEqual({ code: 0, out: "", err: "" });
    put("out/plain/kql.kql", "changed");
    expect(await ruleport(["build", rules, "--out", out, "--check"])).toEqual({
      code: 1,
      out: "",
      err: `${out}/plain/kql.kql is not what the rules give\n`,
    });
  });

  test("a rule with an error does not stop the others", async () => {
    put("rules/bad.kql", "DeviceProcessEvents | where Filename == 'x'");
    const { code, err, out: table } = await ruleport(["build", rules, "--out", out]);
    expect(code).toBe(1);
    expect(err).toContain("bad.kql:1:29 error KQL101");
    expect(table).toContain("plain.kql");
    expect(table).not.toContain("bad.kql");
  });
});

test("out/ of this repository is what its rules give", async () => {
  const root = fileURLToPath(new URL("../../", import.meta.url));
  expect(await ruleport(["build", join(root, "rules"), "--out", join(root, "out"), "--check"])).toEqual({
    code: 0,
    out: "",
    err: "",
  });
});

test("every rule of this repository finds something in the sample", async () => {
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const line = ["build", join(root, "rules"), "--out", join(folder, "out"), "--format", "json"];
  for (const { rule, outputs } of JSON.parse((await ruleport(line)).out).rules) {
    for (const { rows } of outputs) expect(rows, rule).toBeGreaterThan(0);
  }
});
