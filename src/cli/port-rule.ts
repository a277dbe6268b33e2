import type { Fidelity, Note } from "../diagnostics/fidelity.ts";
import type { Source } from "../diagnostics/source.ts";
import type { Profile } from "../fields/profile.ts";
import type { Flavour, Rule } from "../rules/rule.ts";
import type { RuleInfo } from "../rules/rule-info.ts";
import type { TableDeclarations } from "../schemas/declared.ts";
import type { Macros } from "../spl/macros.ts";
import { type Target, targets } from "../targets/registry.ts";
import { transpile } from "../transpile.ts";
import { transpileSpl } from "../transpile-spl.ts";

/** A query of a rule, ported to one target. */
export interface PortedRule {
  readonly target: Target;
  readonly profile: string | null;
  readonly flavour: Flavour | null;
  /** null for the rule's own query. */
  readonly variant: string | null;
  readonly query: Source;
  /** Path below the rule's folder; null where there is no text. */
  readonly file: string | null;
  readonly text: string;
  readonly fidelity: Fidelity;
  readonly notes: readonly Note[];
}

export interface PortOptions {
  readonly schemas: TableDeclarations;
  /** Profiles of the user's own, for the targets that take them. */
  readonly profiles: readonly Profile[];
  /** Ids of the targets to port to; all where absent or null. */
  readonly targets?: readonly string[] | null;
  /** What the macros of rules in SPL stand for. */
  readonly macros?: Macros;
}

/** A rule's queries in every target, flavour and profile, in the order of the registry. */
export function portRule(rule: Rule, options: PortOptions): readonly PortedRule[] {
  const queries = [{ name: null, query: rule.query, flavours: rule.flavours }, ...rule.variants];
  const wanted = targets.filter((target) => options.targets?.includes(target.id) ?? true);
  return queries.flatMap(({ name: variant, query, flavours }) =>
    wanted.flatMap((target) =>
      editions(target, flavours ?? rule.flavours, options.profiles).map(({ profile, flavour }) => {
        const how = {
          to: target.id,
          schemas: options.schemas,
          ...describe(rule, variant),
          ...(profile === null ? {} : { profile }),
          ...(flavour === null ? {} : { flavour }),
        };
        const { text, fidelity, notes } =
          rule.language === "spl"
            ? transpileSpl(query.text, { ...how, ...(options.macros === undefined ? {} : { macros: options.macros }) })
            : transpile(query.text, how);
        const profileName = typeof profile === "object" && profile !== null ? profile.name : profile;
        const stem = profileName ?? flavour ?? target.id;
        const file = `${variant === null ? "" : `${variant}/`}${stem}.${target.extension}`;
        return {
          target,
          profile: profileName,
          flavour,
          variant,
          query,
          file: fidelity === "unsupported" ? null : file,
          text: text.endsWith("\n") ? text : `${text}\n`,
          fidelity,
          notes,
        };
      }),
    ),
  );
}

/** What a query is called. A variant is a rule of its own: it does not take the rule's id, which is unique. */
function describe(rule: Rule, variant: string | null): { readonly name: string; readonly info: RuleInfo } {
  if (variant === null) return { name: rule.name, info: rule.info };
  const name = `${rule.name} (${variant})`;
  const { id: _, ...info } = rule.info;
  return { name, info: { ...info, name } };
}

interface Edition {
  readonly profile: string | Profile | null;
  readonly flavour: Flavour | null;
}

/** The ways in which a target can be emitted: by profile, by flavour as far as the rule has it, or one. */
function editions(target: Target, wanted: readonly Flavour[], own: readonly Profile[]): readonly Edition[] {
  const profiles = [...target.profiles, ...(target.userProfiles ? own : [])];
  if (profiles.length > 0) return profiles.map((profile) => ({ profile, flavour: null }));
  const flavours = target.flavours.filter((flavour) => wanted.includes(flavour));
  return flavours.length > 0
    ? flavours.map((flavour) => ({ profile: null, flavour }))
    : [{ profile: null, flavour: null }];
}
