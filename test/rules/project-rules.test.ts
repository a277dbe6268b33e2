import { existsSync, readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { readRule } from "../../src/rules/read.ts";
import { hasShared, sharedText } from "../shared.ts";

const folder = resolve(import.meta.dirname, "../../rules");
const files = readdirSync(folder).filter((file) => file.endsWith(".yml"));

function read(file: string) {
  const { rule, diagnostics } = readRule(readFileSync(resolve(folder, file), "utf8"), file);
  if (rule === null) throw new Error(`${file}: ${diagnostics.map((d) => d.message).join("; ")}`);
  return rule;
}

test.each(files)("%s is complete", (file) => {
  const rule = read(file);
  const { id, description, author, severity, tactics, techniques } = rule.info;
  expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  for (const part of [description, author, severity, tactics?.[0], techniques?.[0]]) expect(part).toBeTruthy();
  if (rule.reference !== null) expect(existsSync(resolve(folder, rule.reference))).toBe(true);
});

test("ids are not used twice", () => {
  const ids = files.map((file) => read(file).info.id);
  expect(new Set(ids).size).toBe(ids.length);
});

test("the recon rule keeps its comments, and its summarize is a variant", () => {
  const rule = read("net_group_and_account_recon.yml");
  expect(rule.query.text).toContain("//selection_img\n");
  expect(rule.query.text).toContain("\n//| summarize count(), ");
  expect(rule.variants.map((v) => v.name)).toEqual(["summarized"]);
  expect(rule.variants[0]?.query.text).toBe(rule.query.text.replace("//| summarize", "| summarize"));
});

describe.skipIf(!hasShared)("queries are those of their sources, to the letter", () => {
  const seed = (name: string) => sharedText(`seeds/${name}`);
  test("net use", () => {
    const query = read("net_use_credentials_in_batch_script.yml").query.text;
    expect(seed("000_edfc3fadce1b6860.txt").split(query).length - 1).toBe(2);
  });
  test("net query statistics, in both flavours", () => {
    const query = read("net_query_statistics.yml").query.text;
    expect(seed("001_49d6f69b2d07f8cf.txt")).toContain(query);
    expect(seed("001_49d6f69b2d07f8cf.txt")).toContain(query.trimEnd().replaceAll("Timestamp", "TimeGenerated"));
  });
  test("recon", () => {
    expect(seed("002_13198fc8d4b578c7.txt")).toContain(read("net_group_and_account_recon.yml").query.text);
  });
  test("the Splunk rule is kept beside its port", () => {
    const spl = readFileSync(resolve(folder, "windows_network_connection_discovery_via_net.spl"), "utf8");
    expect(seed("004_65e2862706c76114.txt")).toContain(spl);
  });
});
