import { expect, it } from "vitest";
import { parseDatetime } from "../../src/runtime/index.ts";
import { parseSplText } from "../../src/spl/parse.ts";
import { type Datetime, unixMilliseconds } from "../../src/types/time.ts";
import { type Duel, differenceOn, prepareDuel } from "../../src/verify/duel.ts";
import type { MadeEvent } from "../../src/verify/made-event.ts";
import { makeEvents } from "../../src/verify/make-events.ts";
import { randomOf } from "../../src/verify/random.ts";
import { judgeBoth, recipeOf } from "../../src/verify/recipe.ts";
import type { Side } from "../../src/verify/side.ts";
import { splTreeSide } from "../../src/verify/spl-side.ts";
import { volumes } from "../../src/verify/volumes.ts";
import { type Mutant, mutantsOf } from "./mutations.ts";
import { kqlRule, type RuleName, ruleNames, splRule } from "./rules.ts";

/** All changes; else each n-th one, which is enough to see that nothing has broken. */
const full = process.env.RULEPORT_FULL_VERIFY !== undefined;
const made = full ? 12_000 : 4_000;
/** Of each edition of a rule, so that there are 200 and more. */
const perEdition = 24;
const profiles = ["defender", "sysmon", "cim"];

/** Why a change cannot show: what it matches is in the base search or the pipeline in other words as well. */
const equalBecause: readonly { readonly of: RegExp; readonly reason: string; readonly rule?: RuleName }[] = [
  {
    of: /^(?:leading|trailing) \* added: |^an operand of and lost: \{"kind":"(?:compare|in|or)"/,
    reason: "the base search lets more through, and `where` tests the same again",
  },
  {
    of: /^a (?:blank|backslash) removed: \*/,
    reason: "the base search looks for a part of the text, and `where` for all of it",
  },
  { of: /earliest/, reason: "`where` has the exact bound" },
  { of: /an escape removed: .*\\net\\\.exe/, reason: "the base search has let through `\\net.exe` alone" },
  {
    of: /coalesce removed|ScriptName: a letter added: $/,
    reason: "the text is never absent there, or the next command fills it",
  },
  { of: /\(\?i\) removed: .*ComputerName/, reason: "there is no letter in the pattern" },
  { of: /^table dropped/, reason: "the columns are the same without it, in another order" },
  {
    of: /^sort dropped/,
    reason: "events come newest first, which is what the sort before dedup brings about",
    rule: "net_query_statistics",
  },
  {
    of: /^a key lost: .*\.(?:action|parent_process_exec|process_exec|vendor_product)"/,
    reason: "the rule has no such column: the data model's further fields are shown beside the rule's own",
  },
  {
    of: /^(?:min|max) → /,
    reason: "the first and last time of equal events are shown beside the rule's columns, which has no such",
    rule: "net_group_and_account_recon",
  },
  {
    of: /^SHA256: (?:\$ removed|\^ removed|\* → \+)/,
    reason: "the pattern covers the list of hashes from end to end without it",
  },
  { of: /case 5 dropped/, reason: "`Other` and an absent value are both let go by the next command" },
];

interface Score {
  readonly found: number;
  readonly survivors: readonly { readonly mutant: Mutant; readonly reason: string | null }[];
}

it("finds a counterexample for single changes of the emitted SPL", {
  timeout: full ? 3_600_000 : 180_000,
}, async () => {
  let [total, found, equal] = [0, 0, 0];
  const unexplained: string[] = [];
  for (const name of ruleNames) {
    for (const profile of profiles) {
      const score = await scoreOf(name, profile);
      if (score === null) continue;
      total += score.found + score.survivors.length;
      found += score.found;
      for (const { mutant, reason } of score.survivors) {
        if (reason !== null) equal++;
        else unexplained.push(`${name} ${profile}: ${mutant.change}`);
        if (full) console.log(`${name} ${profile}: ${mutant.change} – ${reason ?? "?"}`);
      }
    }
  }
  console.log(`mutations: ${total}, found ${found}, equal for a reason ${equal}, not found ${unexplained.length}`);
  for (const line of unexplained) console.log(`  not found: ${line}`);
  expect(total).toBeGreaterThanOrEqual(200);
  expect(found / (found + unexplained.length)).toBeGreaterThanOrEqual(0.95);
});

async function scoreOf(name: RuleName, profile: string): Promise<Score | null> {
  const emitted = splRule(name, profile);
  if (emitted === null) return null;
  const { pipeline } = parseSplText(emitted.text);
  if (pipeline === null) throw new Error(`${name} cannot be read`);
  const all = mutantsOf(pipeline);
  const step = full ? 1 : Math.max(1, Math.floor(all.length / perEdition));
  const mutants = all.filter((_, i) => i % step === 0);
  const clocks =
    name === "net_query_statistics" ? ["2026-03-06T08:00:00Z", "2026-03-06T00:00:00Z"] : ["2026-03-06T08:00:00Z"];
  let alive: readonly Mutant[] = mutants;
  for (const clock of clocks) {
    const now = parseDatetime(clock);
    if (now === null) throw new Error(clock);
    alive = await survivorsAt(now, name, profile, alive);
  }
  const survivors = alive.map((mutant) => {
    const known = equalBecause.find((e) => e.of.test(mutant.change) && (e.rule ?? name) === name);
    return { mutant, reason: known?.reason ?? null };
  });
  return { found: mutants.length - alive.length, survivors };
}

async function survivorsAt(
  now: Datetime,
  name: RuleName,
  profileName: string,
  mutants: readonly Mutant[],
): Promise<readonly Mutant[]> {
  const emitted = splRule(name, profileName);
  if (emitted === null) return [];
  const clock = { now, timeZone: "UTC" };
  const duel = await prepareDuel(kqlRule(name), emitted, {}, clock);
  const judge = (events: readonly MadeEvent[]) => judgeBoth(duel.first, duel.second, events);
  const events = await makeEvents(recipeOf(duel, unixMilliseconds(now), judge), made, randomOf(1));
  const crowds = (await volumes(duel.first, duel.second, events, duel.space)).map((crowd) =>
    crowd.map((e) => ({ ...e, fields: duel.made(e.fields) })),
  );
  const parts: MadeEvent[][] = [];
  if (emitted.text.includes("stats"))
    for (let at = 0; at < events.length; at += 40) parts.push(events.slice(at, at + 40));
  const trials = [events, ...parts, ...crowds];
  const first = remembering(duel.first);
  for (const trial of trials)
    expect(await differenceOn({ ...duel, first }, trial), `${name} ${profileName}`).toBeNull();
  const alive: Mutant[] = [];
  for (const mutant of mutants) {
    const second = splTreeSide("mutant", mutant.pipeline, emitted.profile ?? null, clock);
    if (!(await isFound({ ...duel, first, second }, trials))) alive.push(mutant);
  }
  return alive;
}

/** A search that cannot be run at all is found as well. */
async function isFound(duel: Duel, trials: readonly (readonly MadeEvent[])[]): Promise<boolean> {
  try {
    for (const trial of trials) if ((await differenceOn(duel, trial)) !== null) return true;
    return false;
  } catch {
    return true;
  }
}

/** The same rule with its results kept: it is run on the same events for every mutant. */
function remembering(side: Side): Side {
  const known = new Map<string, ReturnType<Side["run"]>>();
  return {
    ...side,
    run: (events) => {
      const key = `${events[0]?.id} ${events.at(-1)?.id} ${events.length}`;
      const found = known.get(key) ?? side.run(events);
      known.set(key, found);
      return found;
    },
  };
}
