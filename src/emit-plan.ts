import { type Fidelity, fidelityOf, type Note } from "./diagnostics/fidelity.ts";
import { applyProfile } from "./fields/apply-profile.ts";
import type { Profile } from "./fields/profile.ts";
import { knownProfile } from "./fields/profiles.ts";
import type { RuleInfo } from "./plan/emission.ts";
import type { Let, Plan, Relation, Setting } from "./plan/nodes.ts";
import { decidesOnRows } from "./plan/settings.ts";
import { expandedSize } from "./rewrite/expanded-size.ts";
import { filterBeforeInnerunique } from "./rewrite/filter-before-innerunique.ts";
import { foldConstants } from "./rewrite/fold-constants.ts";
import { inlineLets } from "./rewrite/inline-lets.ts";
import { pruneLets } from "./rewrite/prune-lets.ts";
import { type Flavour, useTimeColumn } from "./rewrite/time-column.ts";
import { rewriteRelations } from "./rewrite/walk.ts";
import { type Target, targetById, targets } from "./targets/registry.ts";

export interface EmitPlanOptions {
  /** Name of the event time in KQL; as it was written by default. */
  readonly flavour?: Flavour;
  /** The rule's name. */
  readonly name?: string;
  readonly info?: RuleInfo;
  readonly macros?: boolean;
  readonly standalone?: boolean;
}

export interface Emitted {
  /** "" where `fidelity` is `unsupported`. */
  readonly text: string;
  readonly fidelity: Fidelity;
  readonly notes: readonly Note[];
}

/** The target of an id. Throws a RangeError for one that does not exist. */
export function targetFor(id: string): Target {
  const target = targetById(id);
  if (!target) throw new RangeError(`there is no target \`${id}\`; targets: ${targets.map((t) => t.id).join(", ")}`);
  return target;
}

/** The profile for a target: the named one, or its first. Throws a RangeError for one that does not exist. */
export function profileFor(target: Target, wanted: string | Profile | undefined): Profile | null {
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
    throw new RangeError(`there is no profile \`${name}\` for ${target.title}; profiles: ${all.join(", ")}`);
  return profile;
}

/** Operators of a query whose lets stand where their names do; beyond this nobody would read the output. */
const mostRelations = 5_000;

/** Plan to a target's text: rewrites, then names of fields, then the target's own tree and printer. `query` is the text that the plan's spans point into. */
export function emitPlan(
  plan: Plan,
  query: string,
  target: Target,
  profile: Profile | null,
  options: EmitPlanOptions,
): Emitted {
  const notes: Note[] = plan.lets.flatMap(parameterNote);
  if (target.id !== "kql") notes.push(...plan.settings.flatMap(settingNote));
  let current = options.flavour === undefined ? plan : useTimeColumn(plan, options.flavour, query);
  const refused = (cause: string, construct: string, message: string): Emitted => {
    const note: Note = { level: "unsupported", cause, construct, message, span: plan.body.span };
    return { text: "", fidelity: "unsupported", notes: [note] };
  };
  if (!target.patterns && tablesOfPatterns(current) > mostTables) {
    return refused(
      "too-many-tables",
      "union",
      "the query reads every table that fits a pattern; name those that are meant",
    );
  }
  if (!target.lets) {
    if (expandedSize(current) > mostRelations) {
      const reason = `${target.title} has no names for parts of a query, and without them this one is too long`;
      return refused("too-long", "let", reason);
    }
    current = inlineLets(current);
  }
  if (target.folds) current = filterBeforeInnerunique(pruneLets(foldConstants(current)));
  if (profile) {
    const mapped = applyProfile(current, profile);
    if (!target.partial) notes.push(...mapped.notes);
    if (fidelityOf(notes) === "unsupported") return { text: "", fidelity: "unsupported", notes };
    current = foldConstants(mapped.plan);
  }
  const emission = target.emit(current, {
    name: options.name ?? options.info?.name ?? "rule",
    query,
    info: { ...(options.name === undefined ? {} : { name: options.name }), ...options.info },
    macros: options.macros ?? false,
    standalone: options.standalone ?? false,
  });
  notes.push(...emission.notes);
  const fidelity = fidelityOf(notes);
  return { text: fidelity === "unsupported" ? "" : emission.text, fidelity, notes: distinct(notes) };
}

/** No target has query parameters. */
function parameterNote(part: Let): Note[] {
  if (part.kind !== "scalar" || part.parameter !== true) return [];
  const { name: construct, span } = part;
  const message = `the query parameter ${construct} has its default value`;
  const when = `the query is run with another value of ${construct}`;
  return [{ level: "approximate", cause: "query-parameter", construct, message, when, span }];
}

/** Only KQL has settings; where its tables are looked for is the environment's affair elsewhere. */
function settingNote(setting: Setting): Note[] {
  const { kind, name, text, span } = setting;
  if (!decidesOnRows(setting)) return [];
  const message = kind === "set" ? `the setting ${name} is left out` : "which tables may be read is left out";
  const when = kind === "set" ? `${name} changes what the query gives` : "the query reads a table that it may not read";
  return [{ level: "approximate", cause: "setting", construct: text, message, when, span }];
}

/** Tables that patterns such as `Device*` may stand for where each is written out. */
const mostTables = 100;

function tablesOfPatterns(plan: Plan): number {
  let tables = 0;
  const visit = (r: Relation): Relation => {
    if (r.kind === "scan" && r.pattern !== undefined) tables++;
    return r;
  };
  rewriteRelations(plan.body, visit);
  for (const l of plan.lets) if (l.kind === "table") rewriteRelations(l.value, visit);
  return tables;
}

/** One note a cause: the first place stands for the others. */
export function distinct(notes: readonly Note[]): readonly Note[] {
  const key = (n: Note): string => JSON.stringify([n.level, n.cause, n.message, n.when]);
  return notes.filter((note, i) => notes.findIndex((other) => key(other) === key(note)) === i);
}
