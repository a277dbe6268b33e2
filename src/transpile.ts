import { type CompileOptions, compileKql } from "./compile.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import { type Fidelity, fidelityOf, type Note } from "./diagnostics/fidelity.ts";
import { applyProfile } from "./fields/apply-profile.ts";
import type { Profile } from "./fields/profile.ts";
import { knownProfile } from "./fields/profiles.ts";
import type { RuleInfo } from "./plan/emission.ts";
import type { Plan } from "./plan/nodes.ts";
import { expandedSize } from "./rewrite/expanded-size.ts";
import { foldConstants } from "./rewrite/fold-constants.ts";
import { inlineLets } from "./rewrite/inline-lets.ts";
import { pruneLets } from "./rewrite/prune-lets.ts";
import { type Flavour, useTimeColumn } from "./rewrite/time-column.ts";
import { type Target, targetById, targets } from "./targets/registry.ts";

export interface TranspileOptions extends CompileOptions {
  /** Id of a target. */
  readonly to: string;
  /** Name of a field-mapping profile, or one of the caller's own. */
  readonly profile?: string | Profile;
  /** Name of the event time in KQL; as it was written by default. */
  readonly flavour?: Flavour;
  /** The rule's name. */
  readonly name?: string;
  readonly info?: RuleInfo;
  readonly macros?: boolean;
  readonly standalone?: boolean;
}

export interface Transpiled {
  /** "" where `fidelity` is `unsupported`. */
  readonly text: string;
  readonly fidelity: Fidelity;
  readonly notes: readonly Note[];
  readonly diagnostics: readonly Diagnostic[];
}

/** KQL text to a target's text. Throws a RangeError for a target or profile that does not exist. */
export function transpile(text: string, options: TranspileOptions): Transpiled {
  const target = targetById(options.to);
  if (!target)
    throw new RangeError(`there is no target \`${options.to}\`; targets: ${targets.map((t) => t.id).join(", ")}`);
  const profile = profileFor(target, options.profile);
  const { plan, diagnostics } = compileKql(text, options);
  if (!plan) return { text: "", fidelity: "unsupported", notes: [], diagnostics };
  return { ...emit(plan, text, target, profile, options), diagnostics };
}

function profileFor(target: Target, wanted: string | Profile | undefined): Profile | null {
  const [first] = target.profiles;
  if (first === undefined) {
    if (wanted !== undefined) throw new RangeError(`${target.title} takes no profile: its columns keep their names`);
    return null;
  }
  if (typeof wanted === "object") return wanted;
  const name = wanted ?? first;
  const all = [...target.profiles, ...target.otherProfiles];
  const profile = all.includes(name) ? knownProfile(name) : undefined;
  if (!profile)
    throw new RangeError(
      `there is no profile \`${name}\` for ${target.title}; profiles: ${all.join(", ")}`,
    );
  return profile;
}

/** Operators of a query whose lets stand where their names do; beyond this nobody would read the output. */
const mostRelations = 5_000;

/** Plan to a target's text: rewrites, then names of fields, then the target's own tree and printer. */
function emit(
  plan: Plan,
  query: string,
  target: Target,
  profile: Profile | null,
  options: TranspileOptions,
): Omit<Transpiled, "diagnostics"> {
  const notes: Note[] = [];
  let current = options.flavour === undefined ? plan : useTimeColumn(plan, options.flavour);
  if (!target.lets) {
    if (expandedSize(current) > mostRelations) {
      const message = `${target.title} has no names for parts of a query, and without them this one is too long`;
      const note: Note = { level: "unsupported", cause: "too-long", construct: "let", message, span: plan.body.span };
      return { text: "", fidelity: "unsupported", notes: [note] };
    }
    current = inlineLets(current);
  }
  if (target.folds) current = pruneLets(foldConstants(current));
  if (profile) {
    const mapped = applyProfile(current, profile);
    if (!target.partial) notes.push(...mapped.notes);
    if (fidelityOf(notes) === "unsupported") return { text: "", fidelity: "unsupported", notes };
    current = foldConstants(mapped.plan);
  }
  const emission = target.emit(current, {
    name: options.name ?? options.info?.name ?? "rule",
    query,
    info: options.info ?? {},
    macros: options.macros ?? false,
    standalone: options.standalone ?? false,
  });
  notes.push(...emission.notes);
  const fidelity = fidelityOf(notes);
  return { text: fidelity === "unsupported" ? "" : emission.text, fidelity, notes: distinct(notes) };
}

/** One note a cause: the first place stands for the others. */
function distinct(notes: readonly Note[]): readonly Note[] {
  const key = (n: Note): string => JSON.stringify([n.level, n.cause, n.message, n.when]);
  return notes.filter((note, i) => notes.findIndex((other) => key(other) === key(note)) === i);
}
