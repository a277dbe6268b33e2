import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { knownProfile } from "../../src/fields/profiles.ts";
import { transpile } from "../../src/index.ts";
import { readRule } from "../../src/rules/read.ts";
import type { Subject } from "../../src/verify/index.ts";

export const ruleNames = [
  "net_use_credentials_in_batch_script",
  "net_query_statistics",
  "net_group_and_account_recon",
  "windows_network_connection_discovery_via_net",
] as const;
export type RuleName = (typeof ruleNames)[number];

const folder = resolve(import.meta.dirname, "../../rules");

export function ruleText(file: string): string {
  return readFileSync(resolve(folder, file), "utf8");
}

export function kqlRule(name: RuleName): Subject {
  const { rule } = readRule(ruleText(`${name}.yml`), `${name}.yml`);
  if (rule === null) throw new Error(`${name} cannot be read`);
  return { text: rule.query.text, language: "kql", name };
}

/** The rule as SPL for a profile; null where the profile cannot carry it. */
export function splRule(name: RuleName, profileName: string): Subject | null {
  const { text, fidelity, notes } = transpile(kqlRule(name).text, { to: "spl", profile: profileName });
  const profile = knownProfile(profileName);
  if (fidelity === "unsupported" || profile === undefined) return null;
  return { text, language: "spl", name: `spl/${profileName}`, notes, profile };
}
