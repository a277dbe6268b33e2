import { type Profile, sourceField, type TableMapping } from "../fields/profile.ts";
import { knownProfile, profiles } from "../fields/profiles.ts";
import { schemasOf } from "../schemas/declared.ts";
import type { ScalarType } from "../types/scalar-type.ts";
import { withAgreedLetters } from "./agreed-letters.ts";
import { type ComparisonRules, compareTables, exactRules, type TableDifference } from "./compare.ts";
import { kqlSide } from "./kql-side.ts";
import { type Lens, lensOf } from "./lenses.ts";
import { type Fields, identity, type MadeEvent } from "./made-event.ts";
import type { VerifyOptions } from "./options.ts";
import type { Clock, Side } from "./side.ts";
import { sigmaSide } from "./sigma-side.ts";
import { newestFirst, type Space, spaceOf } from "./space.ts";
import { splSide } from "./spl-side.ts";
import type { Subject } from "./subject.ts";
import type { ResultTable } from "./table.ts";
import { tidyFor } from "./tidy.ts";
import { typescriptSide } from "./typescript-side.ts";

/** Both rules ready to run on events of one form. */
export interface Duel {
  readonly first: Side;
  readonly second: Side;
  readonly types: ReadonlyMap<string, ScalarType>;
  readonly space: Space;
  readonly lens: Lens;
  readonly rules: ComparisonRules;
  /** Compared by the events that pass, not by rows. */
  readonly byEvent: boolean;
  /** Brings a made event into a form that says something about the rules. */
  readonly made: (fields: Fields) => Fields;
  /** Every field that the rules read is one of the tables' events: none of them was written by hand in other fields. */
  readonly closed: boolean;
  readonly held: Fields;
}

/** @throws QueryError, RangeError, Error for a rule that cannot be used */
export async function prepareDuel(a: Subject, b: Subject, options: VerifyOptions, clock: Clock): Promise<Duel> {
  const profile = withAllColumns(profileOf(a, b, options.profile), a, b);
  const side = async (subject: Subject, other: Side | null): Promise<Side> => {
    switch (subject.language) {
      case "kql":
        return kqlSide(subject.name, subject.text, profile, clock, options.schemas);
      case "typescript":
        return typescriptSide(subject.name, subject.text, profile, clock, subject.columns ?? other?.columns ?? null);
      case "sigma":
        return sigmaSide(subject.name, subject.text);
      case "spl":
        return splSide(subject.name, subject.text, profile, clock, options.macros ?? {});
    }
  };
  const swapped = a.language === "typescript" && b.language === "kql";
  const second = swapped ? await side(b, null) : null;
  const first = await side(a, second);
  const other = second ?? (await side(b, first));
  const tables = [...new Set([first, other].flatMap((s) => s.tables ?? []))];
  const columns = [a, b].some((s) => s.language === "kql" || s.language === "typescript");
  const time = columns && profile === null ? "Timestamp" : "_time";
  const space = spaceOf(profile, tables, time, schemasOf(options.schemas).columns);
  const mapping = space.tables.find((t) => t.mapping !== null)?.mapping ?? null;
  const types = new Map([...(other.types ?? []), ...(first.types ?? [])]);
  const stated = lensOf(b.notes ?? [], mapping);
  const tidy = tidyFor(mapping, types);
  const known = options.assume ?? ((fields: Fields) => fields);
  const lens: Lens = { ...stated, settle: (fields) => known(tidy(stated.settle(fields))) };
  const oneEngine = [a, b].every((s) => s.language === "kql" || s.language === "typescript");
  const shared = options.columns === "shared";
  const byEvent = a.language === "sigma" || b.language === "sigma";
  if (byEvent && (first.passing === null || other.passing === null)) {
    throw new RangeError(
      `${first.name} and ${other.name} cannot be compared: one of them does not tell which events it found`,
    );
  }
  // Fields that a search only hands on show the text that stands for an absent value.
  const showsMissing =
    b.language === "spl" && (mapping?.dataModel != null || (b.notes ?? []).some((n) => n.cause === "absent-values"));
  // Where the result is the events themselves, their fields keep the names that the profile gives them.
  const wholeEvents = b.notes?.some((n) => n.cause === "event-fields") ?? false;
  const keepsNames = b.notes === undefined || wholeEvents;
  const renamed = new Map<string, string>([
    ...(oneEngine ? timeNames : []),
    ...space.tables.flatMap(({ mapping }) =>
      Object.entries(keepsNames ? (mapping?.fields ?? {}) : {}).flatMap(([column, field]): [string, string][] =>
        field.kind === "field" ? [[column, sourceField(field) ?? column]] : [],
      ),
    ),
  ]);
  const rules = {
    ...exactRules,
    renamed,
    missing: showsMissing ? space.missing : null,
    distinct: lens.distinct,
    superset: lens.superset && byEvent,
    shared,
    replaced: lens.folded ? new Map(space.tables.flatMap(({ mapping }) => replacedBy(mapping))) : null,
    wholeEvents,
    looseNumbers: lens.looseNumbers,
  };
  return {
    first,
    second: other,
    types,
    space,
    lens,
    rules,
    byEvent,
    closed: [a, b].every((s) => s.language === "kql" || s.language === "typescript" || s.notes !== undefined),
    made: oneEngine ? lens.settle : (fields) => lens.settle(withAgreedLetters(fields)),
    held: shared ? heldFields(first, other) : {},
  };
}

/** The event time, as Defender and as Sentinel call it. */
const timeNames: readonly (readonly [string, string])[] = [
  ["Timestamp", "TimeGenerated"],
  ["TimeGenerated", "Timestamp"],
];

/** The profile whose fields the events are made in; null for events in KQL's own columns. */
function profileOf(a: Subject, b: Subject, wanted: string | Profile | undefined): Profile | null {
  if (a.profile ?? b.profile) return a.profile ?? b.profile ?? null;
  if (typeof wanted === "object") return wanted;
  const targets = [a, b].filter((s) => s.language === "spl" || s.language === "sigma");
  if (targets.length === 0) return null;
  if (wanted !== undefined) {
    const found = knownProfile(wanted);
    if (found === undefined)
      throw new RangeError(`there is no profile \`${wanted}\`; profiles: ${[...profiles.keys()].join(", ")}`);
    return found;
  }
  const spl = targets.find((s) => s.language === "spl");
  if (spl === undefined) return knownProfile("sigma") ?? null;
  const fits = (profile: Profile): boolean =>
    Object.values(profile.tables).some((t) =>
      t.dataModel !== null
        ? spl.text.includes(t.dataModel)
        : t.search !== "" && spl.text.includes(t.search.split("$table$")[0] ?? ""),
    );
  const found = [...profiles.values()].find(fits);
  if (found !== undefined) return found;
  const withSigma = targets.some((s) => s.language === "sigma");
  return knownProfile(withSigma ? "sysmon" : "defender") ?? null;
}

/** The columns that groups of events do not show: the time of each, what is the same in all of them, and parts of a field that they show. */
function replacedBy(mapping: TableMapping | null): readonly (readonly [string, string | null])[] {
  return Object.entries(mapping?.fields ?? {}).flatMap(([column, field]): [string, string | null][] => {
    if (field.kind === "transform") return [[column, sourceField(field)]];
    return field.kind === "constant" || field.field === mapping?.time ? [[column, null]] : [];
  });
}

/**
 * Sigma's fields, and every other column as a field of its own name: what a Sigma rule leaves out because there is no field for it,
 * the other rule still asks for.
 */
function withAllColumns(profile: Profile | null, a: Subject, b: Subject): Profile | null {
  if (profile === null || (a.language !== "sigma" && b.language !== "sigma")) return profile;
  const tables = Object.entries(profile.tables).map(([name, mapping]) => [
    name,
    { ...mapping, otherFields: mapping.otherFields ?? "" },
  ]);
  return { ...profile, tables: Object.fromEntries(tables) };
}

function heldFields(first: Side, second: Side): Fields {
  const grouped = (side: Side): Set<string> =>
    new Set([...side.dictionary.fields.values()].filter((w) => w.grouped).map((w) => w.name));
  const [a, b] = [grouped(first), grouped(second)];
  const one = [...new Set([...a, ...b])].filter((name) => a.has(name) !== b.has(name));
  return Object.fromEntries(one.map((name) => [name, "x"]));
}

/** What both rules find. */
export async function resultsOf(
  duel: Duel,
  events: readonly MadeEvent[],
): Promise<readonly [ResultTable, ResultTable]> {
  const { first, second } = duel;
  if (!duel.byEvent || first.passing === null || second.passing === null)
    return [await first.run(events), await second.run(events)];
  const columns = [{ name: identity, type: "string" as const, carried: true, unordered: false }];
  const table = (ids: ReadonlySet<string>): ResultTable => ({
    columns,
    rows: [...ids].map((id) => [id]),
    sortedBy: null,
    warnings: [],
  });
  return [table(await first.passing(events)), table(await second.passing(events))];
}

/** Rows that tie are tried in other orders for this many events at most. */
export const mostForTies = 300;

/** Where the rules differ on these events; null where they do not. */
export async function differenceOn(duel: Duel, events: readonly MadeEvent[]): Promise<TableDifference | null> {
  const ordered = newestFirst(duel.space, events);
  const [left, right] = await resultsOf(duel, ordered);
  const difference = compareTables(left, right, duel.rules);
  if (difference === null || duel.byEvent || events.length > mostForTies) return difference;
  for await (const other of duel.first.alternatives?.(ordered) ?? [])
    if (compareTables(other, right, duel.rules) === null) return null;
  for await (const other of duel.second.alternatives?.(ordered) ?? [])
    if (compareTables(left, other, duel.rules) === null) return null;
  return difference;
}
