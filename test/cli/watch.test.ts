import { mkdirSync, mkdtempSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { buildFolder, type RuleMemory } from "../../src/cli/build-folder.ts";
import { watchFolder } from "../../src/cli/watch-folder.ts";
import { writeFolder } from "../../src/cli/write-folder.ts";

test("builds a saved rule again, holds its outputs against it, and lives through a broken one", async () => {
  const root = mkdtempSync(join(tmpdir(), "ruleport-watch-"));
  const folder = join(root, "rules");
  const out = join(root, "out");
  const save = (name: string) =>
    writeFileSync(join(folder, "a.kql"), `DeviceProcessEvents\n| where FileName =~ "${name}"\n`);
  mkdirSync(folder);
  save("net.exe");
  writeFileSync(join(folder, "b.kql"), "DeviceProcessEvents\n| count\n");
  const known: RuleMemory = new Map();
  const options = { schemas: {}, profiles: [] };
  const first = await buildFolder(folder, options, known);
  await writeFolder(out, first.files);

  let told = "";
  const tell = (text: string): void => {
    told += text;
  };
  const terminal = {
    out: async (text: string) => tell(text),
    err: tell,
    width: 100,
    errWidth: 100,
    interactive: false,
    outColor: false,
    errColor: false,
  };
  const until = async (text: string): Promise<void> => {
    for (let turn = 0; turn < 1500 && !told.includes(text); turn++) await new Promise((done) => setTimeout(done, 20));
    expect(told).toContain(text);
  };
  const end = new AbortController();
  const watching = watchFolder(
    folder,
    first,
    known,
    { ...options, out, verify: { generate: 40 }, signal: end.signal },
    terminal,
  );
  await until("watching");
  save("whoami.exe");
  await until("outputs held against it");
  expect(readFileSync(join(out, "a/kql.kql"), "utf8")).toContain("whoami.exe");
  expect(told).not.toContain("b.kql");

  told = "";
  writeFileSync(join(folder, "a.kql"), "DeviceProcessEvents\n| where (\n");
  await until("KQL001");
  save("net1.exe");
  await until("outputs held against it");

  // As editors do that write a new file and put it in the place of the old one.
  told = "";
  writeFileSync(join(root, "new"), 'DeviceProcessEvents\n| where FileName =~ "nltest.exe"\n');
  renameSync(join(root, "new"), join(folder, "a.kql"));
  await until("outputs held against it");
  told = "";
  mkdirSync(join(folder, "more"));
  writeFileSync(join(folder, "more/c.kql"), "DeviceProcessEvents\n| take 1\n");
  await until("more/c.kql: ");
  end.abort();
  await watching;
});
