import type { Profile } from "./profile.ts";
import { profileOf } from "./profile-source.ts";
import { cim } from "./profiles/cim.ts";
import { defender, defenderEventHub } from "./profiles/defender.ts";
import { sigma } from "./profiles/sigma.ts";
import { sysmon } from "./profiles/sysmon.ts";

/** The profiles of the project, by name. */
export const profiles: ReadonlyMap<string, Profile> = new Map(
  [defender, defenderEventHub, sysmon, cim, sigma].map((source) => [source.name, profileOf(source)]),
);

export function knownProfile(name: string): Profile | undefined {
  return profiles.get(name);
}
