import { Dictionary } from "./dictionary.ts";
import type { Duel } from "./duel.ts";
import { identity, type MadeEvent } from "./made-event.ts";
import type { Recipe } from "./make-events.ts";
import type { BranchOutcomes, Side } from "./side.ts";
import { fixedFields, formOf } from "./space.ts";
import { shapesOf } from "./tidy.ts";

/** What events to make for two rules: out of what both of them say, in the fields that both of them read. */
export function recipeOf(duel: Duel, now: number, judge: Recipe["judge"]): Recipe {
  const dictionary = new Dictionary();
  dictionary.merge(duel.first.dictionary);
  dictionary.merge(duel.second.dictionary);
  const { space } = duel;
  for (const [field, type] of duel.types) if (dictionary.fields.has(field)) dictionary.field(field, type);
  dictionary.field(space.time, "datetime");
  // A field has the form that the profile expects, whichever rule reads it.
  for (const { mapping } of space.tables)
    for (const [field, shape] of Object.values(mapping?.fields ?? {}).flatMap(shapesOf))
      dictionary.fields.get(field)?.shapes.add(shape);
  // A search that asks for other values of these fields than the profile does keeps its own.
  const asked = (name: string): boolean => {
    const texts = dictionary.fields.get(name)?.texts;
    if (texts === undefined || texts.size === 0) return true;
    return space.tables.some(({ table, mapping }) => texts.has(String(fixedFields(mapping, table)[name])));
  };
  // Of several tables, each has its own columns only; and what an emitted search makes for itself is no field of the events.
  const own = space.tables.length > 1 || duel.closed;
  const fixed = space.tables.map(({ table, mapping, fields }) => ({
    table,
    fields: own ? fields : null,
    fixed: Object.fromEntries(Object.entries(fixedFields(mapping, table)).filter(([name]) => asked(name))),
    share: 1,
  }));
  // Events that the search of a table does not select: no rule may see them.
  const others = fixed.flatMap(({ fixed: all }) =>
    Object.entries(all).flatMap(([name, value]) =>
      ["other", `x${String(value)}`, `${String(value)}x`].map((near) => ({
        table: null,
        fields: null,
        fixed: { ...all, [name]: near },
        share: 0.005,
      })),
    ),
  );
  const known = new Set(fixed.flatMap((t) => Object.keys(t.fixed)));
  for (const name of [...dictionary.fields.keys()]) {
    if (known.has(name) || name === identity || name === "_raw") dictionary.fields.delete(name);
  }
  // A field that neither rule knows: where a search does not say which fields it keeps, it shows in the result.
  const searches = [duel.first, duel.second].some((s) => s.language === "spl");
  const withUnread = fixed.map((kind) => ({ ...kind, fixed: searches ? { ...kind.fixed, unread: "x" } : kind.fixed }));
  return {
    dictionary,
    form: (field) => formOf(space, field),
    tables: [...withUnread, ...others],
    held: duel.held,
    now,
    settle: duel.made,
    judge,
  };
}

/** The branches of both rules that events take. */
export async function judgeBoth(first: Side, second: Side, events: readonly MadeEvent[]): Promise<BranchOutcomes> {
  const all = new Set<string>();
  const byEvent = new Map<string, string[]>();
  for (const [prefix, side] of [
    ["first:", first],
    ["second:", second],
  ] as const) {
    if (side.branches === null || events.length === 0) continue;
    const outcomes = await side.branches.outcomes(events);
    for (const mark of outcomes.all) all.add(prefix + mark);
    for (const [id, marks] of outcomes.byEvent) {
      byEvent.set(id, [...(byEvent.get(id) ?? []), ...marks.map((m) => prefix + m)]);
    }
  }
  return { all, byEvent };
}
