import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folderWith, ruleport } from "../cli/ruleport.ts";

const detection = `name: Net Use
id: 0d1f7c1e-3c0b-4d9c-8a53-3a5f6d0b9f11
type: TTP
search: |-
  | tstats count from datamodel=Endpoint.Processes where Processes.process_name=net.exe by Processes.dest
  | rename Processes.* as *
tags:
  mitre_attack_id: [T1021]
`;

test("a search that is imported is checked, ported and built like any rule", async () => {
  const folder = folderWith({});
  mkdirSync(join(folder, "theirs"));
  writeFileSync(join(folder, "theirs/net_use.yml"), detection);
  const rules = join(folder, "rules");
  const out = join(folder, "out");
  expect((await ruleport(["import", join(folder, "theirs"), "--out", rules])).code).toBe(0);
  const rule = join(rules, "net_use.yml");

  const checked = await ruleport(["check", rule]);
  expect({ code: checked.code, out: checked.out }).toEqual({ code: 0, out: "" });
  const ported = await ruleport(["transpile", rule, "--to", "kql"]);
  expect(ported.out).toContain('FileName =~ "net.exe"');

  expect((await ruleport(["build", rules, "--out", out])).code).toBe(0);
  const index = JSON.parse(readFileSync(join(out, "index.json"), "utf8"));
  const exact = index.rules[0].outputs.filter((output: { fidelity: string }) => output.fidelity !== "unsupported");
  expect(exact.length).toBeGreaterThan(3);
  // Splunk gets the search as it was written.
  const saved = readFileSync(join(out, "splunk_app/default/savedsearches.conf"), "utf8");
  expect(saved).toContain("where Processes.process_name=net.exe by Processes.dest");
});
