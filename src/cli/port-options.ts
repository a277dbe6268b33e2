import type { Profile } from "../fields/profile.ts";
import type { Project } from "../rules/project.ts";
import type { PortOptions } from "./port-rule.ts";
import { loadProfile } from "./profile-option.ts";
import { loadSchemas } from "./schema-files.ts";
import { loadMacros } from "./spl-file.ts";
import type { Terminal } from "./terminal.ts";

/** What rules are ported with: the project's profiles, schemas and macros, and those that options add. @throws Failure */
export async function portOptions(
  project: Project,
  options: { readonly profile?: readonly string[]; readonly schema?: readonly string[] },
  terminal: Terminal,
): Promise<PortOptions> {
  const schemas = await loadSchemas([...project.schemas, ...(options.schema ?? [])]);
  const macros = await loadMacros(project.macros);
  const profiles: Profile[] = [];
  for (const value of [...project.profiles, ...(options.profile ?? [])]) {
    const profile = await loadProfile(value, "spl", terminal);
    if (typeof profile === "object") profiles.push(profile);
  }
  return { schemas, profiles, targets: project.targets, ...(macros === undefined ? {} : { macros }) };
}
