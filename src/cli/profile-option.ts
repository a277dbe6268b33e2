import { parseProfile } from "../fields/parse-profile.ts";
import type { Profile } from "../fields/profile.ts";
import { targetById } from "../targets/registry.ts";
import { exitCodes, Failure } from "./failure.ts";
import { findingsIn, writeFindings } from "./load-rule.ts";
import { readText } from "./read-text.ts";
import type { Terminal } from "./terminal.ts";

/**
 * What `--profile` names: a profile of the target by its name, or a YAML file by its path.
 * @throws Failure where the target does not take it, or the file is no profile.
 */
export async function loadProfile(value: string, to: string, terminal: Terminal): Promise<string | Profile> {
  const target = targetById(to);
  if (target === undefined) throw new Failure(`there is no target ${JSON.stringify(to)}`);
  if (target.profiles.length === 0) throw new Failure(`${target.title} takes no profile: columns keep their names`);
  const all = [...target.profiles, ...target.otherProfiles];
  const names = `its profiles are ${all.join(", ")}`;
  if (!/[\\/]|\.ya?ml$/i.test(value)) {
    if (all.includes(value)) return value;
    const hint = target.userProfiles ? `${names}; one of your own is named by its path, such as ./mine.yml` : names;
    throw new Failure(`${target.title} has no profile ${JSON.stringify(value)}`, { hint });
  }
  if (!target.userProfiles) throw new Failure(`${target.title} takes no profile of your own`, { hint: names });
  const file = await readText(value);
  const { profile, diagnostics } = parseProfile(file.text, file.name);
  writeFindings(findingsIn(file, diagnostics), terminal);
  if (profile === null) throw new Failure(`${value} is not a profile`, { exitCode: exitCodes.findings });
  return profile;
}
