import { describe, expect, it } from "vitest";
import { compileKql } from "../../src/compile.ts";
import { knownProfile } from "../../src/fields/profiles.ts";
import { transpile } from "../../src/index.ts";
import { foldConstants } from "../../src/rewrite/fold-constants.ts";
import { parseDatetime } from "../../src/runtime/index.ts";
import { knownColumns } from "../../src/schemas/known-tables.ts";
import { parseSplText } from "../../src/spl/parse.ts";
import { type PreparedEvents, prepareEvents, runTree } from "../../src/splunk/run.ts";
import { executePlan } from "../../src/targets/typescript/execute.ts";
import { Datetime, unixMilliseconds } from "../../src/types/time.ts";
import { prepareDuel } from "../../src/verify/duel.ts";
import { makeEvents } from "../../src/verify/make-events.ts";
import { randomOf } from "../../src/verify/random.ts";
import { judgeBoth, recipeOf } from "../../src/verify/recipe.ts";
import { givenEvents, spaceOf } from "../../src/verify/space.ts";
import { splSide } from "../../src/verify/spl-side.ts";
import { hasShared, sharedLines } from "../shared.ts";

/*
 * Sigma rules that somebody else ported twice, to SPL for Sysmon's fields and to KQL for Defender's, against each other and against
 * our own port of that KQL. Pairs that are marked as suspect are left out, and those of which one side could not be made.
 */

interface Pair {
  readonly title: string;
  readonly spl: string | null;
  readonly kql_xdr: string | null;
  readonly suspect: readonly string[];
}
type Event = Readonly<Record<string, unknown>>;
type Ids = ReadonlySet<string>;

/** Pairs of which the two translations differ, and why. Our port finds what the KQL finds in all of them. */
const exceptions: Readonly<Record<string, string>> = {
  "Potential Regsvr32 Commandline Flag Anomaly":
    "the SPL has no brackets around the OR inside its NOT, so that it excludes fewer events than the rule",
};

/** No made event passes these, and why. */
const unreachable: Readonly<Record<string, string>> = {
  "Remote Access Tool - Team Viewer Session Started On Windows Host":
    "it asks for an image without a folder, which Sysmon never writes",
};

const table = "DeviceProcessEvents";
const now = parseDatetime("2026-03-06T08:00:00Z") ?? new Datetime(0n);
const clock = { now, timeZone: "UTC" };

describe.skipIf(!hasShared)("ports of Sigma rules select the same events", () => {
  const pairs = hasShared
    ? sharedLines<Pair>("sigma/sigma-pairs.jsonl").flatMap(({ title, spl, kql_xdr: kql, suspect }) =>
        spl === null || kql === null || suspect.length > 0 ? [] : [{ title, spl, kql }],
      )
    : [];
  const profile = knownProfile("sysmon") ?? null;

  it("has the pairs that there are", () => expect(pairs.length).toBe(518));

  it("on real events", { timeout: 120_000 }, async () => {
    const { rows, sysmon } = events();
    const differences: string[] = [];
    let found = 0;
    for (const { title, spl, kql } of pairs) {
      const rule = await foundByKql(kql, rows);
      const other = foundBySpl(spl, sysmon);
      const ours = foundBySpl(ported(kql), sysmon);
      if (rule.size > 0) found++;
      if (!isSame(rule, ours)) differences.push(`${title}: our port finds ${ours.size}, the rule ${rule.size}`);
      if (!isSame(rule, other) && exceptions[title] === undefined)
        differences.push(`${title}: the SPL finds ${other.size}, the KQL ${rule.size}`);
    }
    expect(differences).toEqual([]);
    expect(found).toBeGreaterThanOrEqual(88);
  });

  it("on made events", { timeout: 120_000 }, async () => {
    const differences: string[] = [];
    const never: string[] = [];
    for (const { title, spl, kql } of pairs) {
      let some = false;
      // Most rules are soon found; the others need more events until one passes.
      for (const count of [250, 1000, 5000]) {
        const duel = await prepareDuel(
          { text: kql, language: "kql", name: "KQL" },
          { text: ported(kql), language: "spl", name: "port", ...(profile && { profile }) },
          {},
          clock,
        );
        const other = splSide("SPL", spl, profile, clock, {});
        const recipe = recipeOf({ ...duel, second: other }, unixMilliseconds(now), (all) =>
          judgeBoth(duel.first, other, all),
        );
        // The SPL names no source, so events of other kinds are none of the comparison.
        const made = (await makeEvents(recipe, count, randomOf(1))).filter((e) => e.table !== null);
        const [rule, ours, theirs] = await Promise.all([duel.first, duel.second, other].map((s) => s.passing?.(made)));
        if (!rule || !ours || !theirs) throw new Error(`${title} does not tell which events it found`);
        if (!isSame(rule, ours)) differences.push(`${title}: our port differs`);
        if (!isSame(rule, theirs) && exceptions[title] === undefined) differences.push(`${title}: the SPL differs`);
        some = rule.size > 0 && rule.size < made.length;
        if (some) break;
      }
      if (!some) never.push(title);
    }
    expect(differences).toEqual([]);
    expect(never).toEqual(Object.keys(unreachable));
  });

  function ported(kql: string): string {
    const { text, fidelity, notes } = transpile(kql, { to: "spl", profile: "sysmon" });
    expect(fidelity, notes.map((n) => n.message).join()).toBe("exact");
    return text;
  }
});

/**
 * The recorded events that Sysmon wrote, in Defender's columns and as Sysmon has them, and the made ones beside them. Records of the
 * security log (4688) are left out: they have none of the fields that the SPL names. Of the made events only some fields are given
 * as Sysmon has them; the others are what the profile says that the columns are made of.
 */
function events(): { readonly rows: readonly Event[]; readonly sysmon: PreparedEvents } {
  const seen = new Set<string>();
  // Events that agree in all that the rules look at are found alike: one of them will do.
  const isNew = (event: Event): boolean => seen.size < seen.add(JSON.stringify(looksAt.map((f) => event[f]))).size;
  const both = (name: string, made: string): readonly Event[] => [
    ...sharedLines<Event>(name),
    ...sharedLines<Event>(made),
  ];
  const rows = new Map(
    both("events/DeviceProcessEvents.jsonl.gz", "events/synthetic.jsonl").map((e) => [String(e._id), e]),
  );
  const recorded = both("events/cim_processes.jsonl.gz", "events/synthetic_cim.jsonl").filter(
    (e) => e.EventID === 1 && isNew(e),
  );
  const space = spaceOf(knownProfile("sysmon") ?? null, [table], "_time");
  const used = recorded.flatMap((e) => rows.get(String(e._id)) ?? []);
  const derived = givenEvents(space, table, used, 0);
  const sysmon = recorded.map((e, i) => {
    const { source, ...others } = derived[i]?.fields ?? {};
    return { ...(e._source === "synthetic" ? others : {}), ...e, source, EventCode: 1 };
  });
  return { rows: used, sysmon: prepareEvents(sysmon) };
}

const looksAt = [
  "Image",
  "CommandLine",
  "CurrentDirectory",
  "OriginalFileName",
  "Description",
  "Product",
  "Company",
  "Hashes",
  "IntegrityLevel",
  "User",
  "ParentImage",
  "ParentCommandLine",
  "ParentUser",
];

const schemas = {
  [table]: { ...Object.fromEntries((knownColumns(table) ?? []).map((c) => [c.name, c.type])), _id: "dynamic" },
};

async function foundByKql(kql: string, rows: readonly Event[]): Promise<Ids> {
  const { plan } = compileKql(`${kql}\n| project _id`, { schemas });
  if (plan === null) throw new Error(`not compiled: ${kql}`);
  const ids = new Set<string>();
  for await (const [id] of executePlan(foldConstants(plan), { tables: { [table]: rows }, now }).rows)
    ids.add(String(id));
  return ids;
}

function foundBySpl(spl: string, sysmon: PreparedEvents): Ids {
  const { pipeline } = parseSplText(`${spl}\n| table _id`);
  if (pipeline === null) throw new Error(`not read: ${spl}`);
  const { rows } = runTree(pipeline, { events: sysmon, now: unixMilliseconds(now) / 1000 });
  return new Set(rows.map(([id]) => String(id)));
}

function isSame(a: Ids, b: Ids): boolean {
  return a.size === b.size && [...a].every((id) => b.has(id));
}
