import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runKql, transpile } from "../src/index.ts";
import { knownColumns } from "../src/schemas/known-tables.ts";
import { matcherOf } from "../src/sigma/match.ts";
import { readSigma } from "../src/sigma/read.ts";
import { condition, defender, start, sysmon } from "./properties/process-starts.ts";
import { event, expression, schema, type Type } from "./properties/random-condition.ts";
import { Choices } from "./random-plans/choices.ts";

// Random conditions over random events. Whole queries: random-plans.test.ts; functions: random-functions.test.ts.

const schemas = { T: schema };
/** RUNS=5000 SEED=7 looks further. */
const settings = { seed: Number(process.env.SEED ?? 20251014), numRuns: Number(process.env.RUNS ?? 250) };
describe("random conditions", () => {
  const conditions = fc.tuple(
    fc
      .array(fc.nat(9999), { minLength: 20, maxLength: 60, size: "max" })
      .map((n) => expression("bool", new Map(Object.entries(schema)), new Choices(n), 3)),
    fc.array(event, { maxLength: 8 }),
  );

  it("are true, false or null of every event", async () => {
    const property = fc.asyncProperty(conditions, async ([condition, events]) => {
      const count = async (where: string): Promise<number> => {
        const { rows } = await runKql(`T | where ${where} | count`, { tables: { T: events }, schemas });
        return Number(rows[0]?.[0]);
      };
      const parts = [condition, `not(${condition})`, `isnull(${condition})`];
      const counts = await Promise.all(parts.map(count));
      expect(counts.reduce((sum, n) => sum + n, 0)).toBe(events.length);
    });
    await fc.assert(property, settings);
  });

  it("say of an event what they say of its values as constants", async () => {
    const property = fc.asyncProperty(conditions, async ([condition, events]) => {
      const { rows } = await runKql(`T | project m = ${condition}`, { tables: { T: events }, schemas });
      for (const [i, e] of events.entries()) {
        const lets = Object.entries(schema).map(
          ([name, type]) => `let ${name} = ${literalOf(type, e[name as keyof typeof e])};\n`,
        );
        const { rows: alone } = await runKql(`${lets.join("")}print m = ${condition}`);
        expect(alone, `event ${i}`).toEqual([rows[i]]);
      }
    });
    await fc.assert(property, settings);
  });
});

/** A value of an event as a literal. */
function literalOf(type: Type, value: unknown): string {
  if (value === undefined) return type === "string" ? '""' : `${type}(null)`;
  if (type === "string") return JSON.stringify(value);
  return type === "bool" ? String(value) : `${type}(${type === "dynamic" ? JSON.stringify(value) : String(value)})`;
}

describe("random conditions on process starts", () => {
  const rules = fc.tuple(
    fc.array(fc.nat(9999), { minLength: 20, maxLength: 60, size: "max" }).map((n) => condition(new Choices(n), 3)),
    fc.array(start, { minLength: 1, maxLength: 12 }),
  );

  it("find in Sigma what they find in KQL, or as much more as the notes say", async () => {
    const property = fc.asyncProperty(rules, async ([where, starts]) => {
      const kql = `DeviceProcessEvents | where ${where} | project _id`;
      const { text, fidelity, notes } = transpile(`DeviceProcessEvents | where ${where}`, { to: "sigma" });
      fc.pre(fidelity !== "unsupported");
      const holds = matcherOf(readSigma(text));
      const found = starts.flatMap((e, i) => (holds(sysmon(e)) ? [i] : []));
      const events = starts.map((e, i) => ({ ...defender(e), _id: i }));
      const columns = {
        ...Object.fromEntries((knownColumns("DeviceProcessEvents") ?? []).map((k) => [k.name, k.type])),
        _id: "long",
      };
      const { rows } = await runKql(kql, {
        tables: { DeviceProcessEvents: events },
        schemas: { DeviceProcessEvents: columns },
      });
      const wanted = rows.map(([id]) => Number(id));
      if (fidelity === "exact") expect(found, text).toEqual(wanted);
      else if (!notes.some((n) => n.when?.includes("missed")))
        expect(
          wanted.filter((i) => !found.includes(i)),
          text,
        ).toEqual([]);
    });
    await fc.assert(property, settings);
  });
});
