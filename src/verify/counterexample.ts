import { type Responsible, responsibleFor } from "./blame.ts";
import type { TableDifference } from "./compare.ts";
import { type Duel, differenceOn, mostForTies, resultsOf } from "./duel.ts";
import { identity, type MadeEvent, withFields } from "./made-event.ts";
import type { Random } from "./random.ts";
import { shrink } from "./shrink.ts";
import { fixedFields, newestFirst } from "./space.ts";
import type { ResultTable } from "./table.ts";

export interface Counterexample {
  readonly events: readonly MadeEvent[];
  readonly difference: TableDifference;
  readonly first: ResultTable;
  readonly second: ResultTable;
  readonly responsible: Responsible;
}

/** The smallest part of the events that was found on which the rules differ; null where they do not. */
export async function findDifference(
  duel: Duel,
  events: readonly MadeEvent[],
  random: Random,
): Promise<Counterexample | null> {
  const settled = (tried: readonly MadeEvent[]): readonly MadeEvent[] =>
    tried.map((e) => withFields(e, duel.lens.settle(e.fields)));
  const all = settled(events);
  if ((await differenceOn(duel, all)) === null) return null;
  const differs = async (tried: readonly MadeEvent[]): Promise<boolean> =>
    (await differenceOn(duel, settled(tried))) !== null;
  const start = await startingPoint(
    all,
    differs,
    random,
    duel.first.alternatives !== null || duel.second.alternatives !== null,
  );
  if (start === null) return null;
  const fixed = duel.space.tables.flatMap(({ mapping, table }) => Object.keys(fixedFields(mapping, table)));
  const found = newestFirst(duel.space, settled(await shrink(start, differs, [...fixed, duel.space.time])));
  const difference = await differenceOn(duel, found);
  if (difference === null) return null;
  const [first, second] = await resultsOf(duel, found);
  const responsible = await responsibleFor(duel.first, duel.second, found, difference);
  return { events: found, difference, first, second, responsible };
}

/** A part of the events on which the rules differ, small if there is such a one. */
async function startingPoint(
  events: readonly MadeEvent[],
  differs: (events: readonly MadeEvent[]) => Promise<boolean>,
  random: Random,
  ties: boolean,
): Promise<readonly MadeEvent[] | null> {
  for (const size of [20, 250]) {
    if (events.length <= size) continue;
    for (let at = 0; at < events.length; at += size) {
      const part = events.slice(at, at + size);
      if (await differs(part)) return part;
    }
  }
  if (!ties || events.length <= mostForTies) return events;
  // So many rows tie that only small sets tell a difference from another choice among them.
  for (let i = 0; i < 40; i++) {
    const part = random.shuffled(events).slice(0, mostForTies);
    if (await differs(part)) return part;
  }
  return null;
}

const partSize = 40;

/**
 * The same, looked for in small parts: what a set, a count of different values or a maximum is made of hides one event behind another
 * where there are many.
 */
export async function findInParts(
  duel: Duel,
  events: readonly MadeEvent[],
  random: Random,
): Promise<Counterexample | null> {
  if (await isAllSingle(duel)) return null;
  for (let at = 0; at < events.length; at += partSize) {
    const part = events.slice(at, at + partSize);
    if ((await differenceOn(duel, part)) !== null) return findDifference(duel, part, random);
  }
  return null;
}

/** Whether the results are single events, so that one cannot hide another. */
async function isAllSingle(duel: Duel): Promise<boolean> {
  if (duel.byEvent) return true;
  const tables = await resultsOf(duel, []);
  return tables.some((t) => t.columns.some((c) => c.name === identity));
}
