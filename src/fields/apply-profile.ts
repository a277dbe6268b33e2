import type { Note } from "../diagnostics/fidelity.ts";
import type { Let, Plan } from "../plan/nodes.ts";
import type { Context } from "./environment.ts";
import { mapExpression } from "./map-expression.ts";
import { mapRelation, mapTable } from "./map-relation.ts";
import type { Profile } from "./profile.ts";

/** The most relations that a mapped plan may have. */
const largest = 20_000;

/**
 * The same plan over a target's fields. Every Scan of a table that the profile knows gets its `source`; columns become the
 * field, a transform of it (a Call whose name begins with `$`) or a constant. Table lets are put in place, since each use may
 * need other columns. A column that is read but has no field, and a table that the profile does not know, are `unsupported` notes
 * at their place in the query.
 */
export function applyProfile(plan: Plan, profile: Profile): { readonly plan: Plan; readonly notes: readonly Note[] } {
  const context: Context = {
    profile,
    notes: [],
    origins: new Map(),
    tables: new Map(plan.lets.flatMap((l) => (l.kind === "table" ? [[l.name, l.value] as const] : []))),
    budget: largest,
    dropped: new Set(),
  };
  const body = mapRelation(plan.body, { names: new Set(), whole: true }, context).relation;
  const lets = plan.lets.flatMap((l): readonly Let[] =>
    l.kind === "scalar" ? [{ ...l, value: mapExpression(l.value, new Map(), context, mapTable) }] : [],
  );
  return { plan: { ...plan, lets, body }, notes: context.notes };
}
