import type { Note } from "../diagnostics/fidelity.ts";
import { parseDatetime } from "../runtime/index.ts";
import { Datetime, ticksPerDay, unixMilliseconds } from "../types/time.ts";
import { type Counterexample, findDifference, findInParts } from "./counterexample.ts";
import { type Duel, prepareDuel } from "./duel.ts";
import { emittedFrom } from "./emitted.ts";
import { type MadeEvent, withFields } from "./made-event.ts";
import { makeEvents } from "./make-events.ts";
import type { VerifyOptions } from "./options.ts";
import { randomOf } from "./random.ts";
import { judgeBoth, recipeOf } from "./recipe.ts";
import type { Branch, BranchOutcomes, Side } from "./side.ts";
import { givenEvents } from "./space.ts";
import { languageOf, type Subject } from "./subject.ts";
import { volumes } from "./volumes.ts";

export interface Verification {
  readonly comparisons: readonly Comparison[];
  /** Whether nothing but stated differences was found. */
  readonly equal: boolean;
}

/**
 * `equal`: no difference on any event. `differs`: a counterexample. `stated`: the same, but the emitted rule says that it is
 * approximate in a way that verify does not take into account by itself. `skipped`: there is nothing to compare, `reason` says why.
 */
export interface Comparison {
  readonly first: string;
  readonly second: string;
  readonly profile: string | null;
  readonly verdict: "equal" | "differs" | "stated" | "skipped";
  readonly reason: string | null;
  /** What the emitted rule states about itself. */
  readonly notes: readonly Note[];
  readonly events: { readonly given: number; readonly made: number };
  readonly coverage: readonly Coverage[];
  readonly counterexample: Counterexample | null;
}

/** How many branches of one rule were taken both ways. */
export interface Coverage {
  readonly rule: string;
  readonly total: number;
  readonly both: number;
  readonly missed: readonly { readonly branch: string; readonly never: "true" | "false" | "reached" }[];
}

const defaultNow = "2026-03-06T08:00:00Z";

/**
 * Runs two rules on given and on made events and compares what they find; without a second rule, everything that the build emits of
 * the first one. The result does not depend on anything but the arguments.
 * @throws QueryError, RangeError, Error for a rule or an option that cannot be used
 */
export async function verify(
  a: Subject | string,
  b: Subject | string | null = null,
  options: VerifyOptions = {},
): Promise<Verification> {
  const first = subjectOf(a, "the first rule");
  const second = b === null ? null : subjectOf(b, "the second rule");
  const schemas = options.schemas ?? {};
  const comparisons: Comparison[] = [];
  if (second !== null) comparisons.push(await compare(first, second, options));
  else {
    if (first.language !== "kql")
      throw new RangeError(`${first.name} is not KQL: name a second rule to compare it with`);
    const own = typeof options.profile === "object" ? options.profile : null;
    for (const emitted of emittedFrom(first, own, schemas)) {
      if (
        typeof options.profile === "string" &&
        emitted.subject?.profile &&
        emitted.subject.profile.name !== options.profile
      )
        continue;
      const { subject, notes } = emitted;
      if (subject !== null) comparisons.push(await compare(first, subject, options));
      else
        comparisons.push(
          skipped(first.name, emitted.name, notes.find((n) => n.level === "unsupported")?.message ?? "", notes),
        );
    }
  }
  return { comparisons, equal: comparisons.every((c) => c.verdict !== "differs") };
}

function subjectOf(rule: Subject | string, name: string): Subject {
  return typeof rule === "string" ? { text: rule, language: languageOf(rule), name } : rule;
}

function skipped(first: string, second: string, reason: string, notes: readonly Note[] = []): Comparison {
  const events = { given: 0, made: 0 };
  return {
    first,
    second,
    profile: null,
    verdict: "skipped",
    reason,
    notes,
    events,
    coverage: [],
    counterexample: null,
  };
}

async function compare(a: Subject, b: Subject, options: VerifyOptions): Promise<Comparison> {
  const now = nowOf(options.now ?? defaultNow);
  const count = options.generate ?? 20_000;
  const seen = new Set<string>();
  let counterexample: Counterexample | null = null;
  let first: Pass | null = null;
  // At the start of a day other mistakes in reckoning with time show than in the middle of it.
  const clocks = asksForTime(a) || asksForTime(b) ? [now, startOfDay(now)] : [now];
  for (const [i, at] of clocks.entries()) {
    const share = i === 0 ? count : Math.ceil(count / 4);
    const pass = await passOf(a, b, { ...options, seed: (options.seed ?? 1) + i }, at, share, seen);
    first ??= pass;
    counterexample = pass.counterexample;
    if (counterexample !== null) break;
  }
  if (first === null) throw new Error("there is no clock");
  const { duel, given } = first;
  return {
    first: a.name,
    second: b.name,
    profile: duel.space.profile?.name ?? null,
    verdict: counterexample === null ? "equal" : duel.lens.unknown.length > 0 ? "stated" : "differs",
    reason: null,
    notes: b.notes ?? [],
    events: { given, made: count },
    coverage: [coverageOf(duel.first, "first:", seen), coverageOf(duel.second, "second:", seen)].filter(
      (c) => c.total > 0,
    ),
    counterexample,
  };
}

interface Pass {
  readonly duel: Duel;
  readonly given: number;
  readonly counterexample: Counterexample | null;
}

/** Everything at one point in time. Branches that are taken go into `seen`. */
async function passOf(
  a: Subject,
  b: Subject,
  options: VerifyOptions,
  now: Datetime,
  count: number,
  seen: Set<string>,
): Promise<Pass> {
  const random = randomOf(options.seed ?? 1);
  const duel = await prepareDuel(a, b, options, { now, timeZone: options.timeZone ?? "UTC" });
  const { first, second, space, lens } = duel;
  const given = Object.entries(options.events ?? {}).flatMap(([table, rows], i) =>
    givenEvents(space, table, rows, i * 1_000_000).map((e) => withFields(e, lens.settle(e.fields))),
  );
  const judge = async (events: readonly MadeEvent[]): Promise<BranchOutcomes> => {
    const outcomes = await judgeBoth(first, second, events);
    for (const mark of outcomes.all) seen.add(mark);
    return outcomes;
  };
  const made = await makeEvents(recipeOf(duel, unixMilliseconds(now), judge), count, random);
  await judge(given);
  await judge(made);
  const trials = [given, made, ...(await volumes(first, second, made, space))].filter((events) => events.length > 0);
  for (const events of trials) {
    const counterexample = await findDifference(duel, events, random);
    if (counterexample !== null) return { duel, given: given.length, counterexample };
  }
  const counterexample = await findInParts(duel, [...given, ...made], random);
  return { duel, given: given.length, counterexample };
}

function asksForTime({ text, language }: Subject): boolean {
  if (language === "sigma") return false;
  return language === "spl" ? /\bnow\(\)|\brelative_time\b|\bearliest\b/.test(text) : /\b(?:ago|now)\s*\(/.test(text);
}

function startOfDay(time: Datetime): Datetime {
  return new Datetime(time.ticks - (time.ticks % ticksPerDay));
}

function nowOf(text: string): Datetime {
  const now = parseDatetime(text);
  if (now === null) throw new RangeError(`\`${text}\` is not a time; write it as 2026-01-31T12:00:00Z`);
  return now;
}

function coverageOf(side: Side, prefix: string, seen: ReadonlySet<string>): Coverage {
  const list: readonly Branch[] = side.branches?.list ?? [];
  const missed = list.flatMap(({ id, text }) => {
    const [yes, no] = [seen.has(`${prefix}${id}+`), seen.has(`${prefix}${id}-`)];
    const never = yes ? (no ? null : "false") : no ? "true" : "reached";
    return never === null ? [] : [{ branch: text, never } as const];
  });
  return { rule: side.name, total: list.length, both: list.length - missed.length, missed };
}
