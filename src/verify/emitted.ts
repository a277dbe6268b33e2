import type { Fidelity, Note } from "../diagnostics/fidelity.ts";
import type { Profile } from "../fields/profile.ts";
import { knownProfile } from "../fields/profiles.ts";
import type { TableDeclarations } from "../schemas/declared.ts";
import { targets } from "../targets/registry.ts";
import { transpile } from "../transpile.ts";
import type { Language } from "./side.ts";
import type { Subject } from "./subject.ts";

export interface Emitted {
  readonly name: string;
  readonly fidelity: Fidelity;
  readonly notes: readonly Note[];
  /** null where the rule cannot be said there. */
  readonly subject: Subject | null;
}

const languages: Readonly<Record<string, Language>> = {
  spl: "spl",
  sigma: "sigma",
  typescript: "typescript",
  kql: "kql",
};

/** A KQL rule in every target and profile that the build emits, and in one profile of the caller's own. */
export function emittedFrom(rule: Subject, own: Profile | null, schemas: TableDeclarations): readonly Emitted[] {
  return targets.flatMap((target): readonly Emitted[] => {
    const language = languages[target.id];
    if (language === undefined) return [];
    const editions: readonly {
      readonly name: string;
      readonly profile?: Profile;
      readonly flavour?: "defender" | "sentinel";
    }[] =
      target.profiles.length > 0
        ? [...target.profiles.map((p) => knownProfile(p)), target.userProfiles ? own : null].flatMap((profile) =>
            profile == null ? [] : [{ name: `${target.id}/${profile.name}`, profile }],
          )
        : target.flavours.length > 0
          ? target.flavours.map((flavour) => ({ name: `${target.id}/${flavour}`, flavour }))
          : [{ name: target.id }];
    return editions.map(({ name, profile, flavour }) => {
      const { text, fidelity, notes } = transpile(rule.text, {
        to: target.id,
        schemas,
        ...(profile === undefined ? {} : { profile }),
        ...(flavour === undefined ? {} : { flavour }),
      });
      const subject = { text, language, name, notes, ...(profile === undefined ? {} : { profile }) };
      return { name, fidelity, notes, subject: fidelity === "unsupported" ? null : subject };
    });
  });
}
