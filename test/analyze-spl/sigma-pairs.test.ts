import { describe, expect, it } from "vitest";
import { compileKql } from "../../src/compile.ts";
import type { NamedExpr, Plan } from "../../src/plan/nodes.ts";
import { parseDatetime } from "../../src/runtime/index.ts";
import { knownColumns } from "../../src/schemas/known-tables.ts";
import { parseSplText } from "../../src/spl/parse.ts";
import { executePlan } from "../../src/targets/typescript/execute.ts";
import { transpileSpl } from "../../src/transpile-spl.ts";
import { hasShared, sharedLines } from "../shared.ts";
import { matcher, type SplunkEvent } from "./search-oracle.ts";

interface Pair {
  readonly title: string;
  readonly spl: string | null;
  readonly suspect: readonly string[];
}
type Event = Readonly<Record<string, unknown>>;

/** Rules whose events differ between the two recordings, each with the reason. */
const exceptions: Readonly<Record<string, string>> = {};

describe.skipIf(!hasShared)("Sysmon searches of Sigma rules, ported back to KQL", () => {
  const schemas = {
    DeviceProcessEvents: {
      ...Object.fromEntries((knownColumns("DeviceProcessEvents") ?? []).map((c) => [c.name, c.type])),
      _id: "dynamic",
    },
  };
  const pairs = hasShared
    ? sharedLines<Pair>("sigma/sigma-pairs.jsonl").filter((p) => p.spl !== null && p.suspect.length === 0)
    : [];

  it("select the same events", async () => {
    // Records of Windows' own log (4688) lack most of Sysmon's fields, and Defender's columns were filled from elsewhere.
    const events = sharedLines<Event>("events/DeviceProcessEvents.jsonl.gz");
    const sysmon = new Map(sharedLines<SplunkEvent>("events/cim_processes.jsonl.gz").map((e) => [e._id, e]));
    const recorded = events.filter((e) => String(e._event).startsWith("Sysmon"));
    const unsupported: string[] = [];
    const tests: {
      readonly title: string;
      readonly value: NamedExpr;
      readonly expected: (e: SplunkEvent) => boolean;
    }[] = [];
    let scan: Plan | undefined;
    for (const { title, spl } of pairs) {
      if (spl === null) continue;
      const first = parseSplText(spl).pipeline?.commands[0];
      if (first?.kind !== "search") throw new Error(`${title} is no search`);
      const { text, fidelity, notes } = transpileSpl(spl, { to: "kql", from: "sysmon" });
      if (fidelity === "unsupported") {
        unsupported.push(`${title}: ${notes.find((n) => n.level === "unsupported")?.message}`);
        continue;
      }
      const { plan, diagnostics } = compileKql(text, { schemas });
      if (plan?.body.kind !== "filter" || plan.body.input.kind !== "scan") {
        throw new Error(`${title}: ${diagnostics[0]?.message} in ${text}`);
      }
      scan ??= { ...plan, body: plan.body.input };
      const name = `r${tests.length}`;
      tests.push({ title, value: { name, value: plan.body.predicate }, expected: matcher(first.expr) });
    }
    // Every event that a rule finds, and one in six of the others.
    const chosen = recorded.filter((e, i) => {
      const event = sysmon.get(e._id);
      return event !== undefined && (i % 6 === 0 || tests.some((t) => t.expected(event)));
    });
    if (scan === undefined) throw new Error("no rule was ported");
    const wrong: string[] = [];
    let matches = 0;
    for (let start = 0; start < tests.length; start += 100) {
      const part = tests.slice(start, start + 100);
      const values = [
        { name: "_id", value: { kind: "column", name: "_id", type: "dynamic", span: scan.body.span } } as const,
        ...part.map((t) => t.value),
      ];
      const columns = values.map((v) => ({ name: v.name, type: v.value.type }));
      const body: Plan["body"] = {
        kind: "project",
        input: scan.body,
        values,
        keyword: "project",
        columns,
        span: scan.body.span,
      };
      const now = parseDatetime("2020-09-22T12:00:00Z");
      if (!now) throw new Error("no time");
      const { rows } = executePlan({ ...scan, body }, { tables: { DeviceProcessEvents: chosen }, now });
      for await (const row of rows) {
        const event = sysmon.get(row[0]);
        part.forEach((t, i) => {
          const found = row[i + 1] === true;
          if (found) matches++;
          if (event === undefined || found === t.expected(event)) return;
          if (exceptions[t.title] !== undefined) return;
          if (!wrong.some((w) => w.startsWith(t.title))) wrong.push(`${t.title}: event ${row[0]}, ours ${found}`);
        });
      }
    }
    console.log(`${tests.length} of ${pairs.length} searches ported, ${matches} matches on ${chosen.length} events`);
    expect(wrong).toEqual([]);
    expect(matches).toBeGreaterThan(500);
    expect(tests.length).toBeGreaterThan(pairs.length * 0.95);
    if (unsupported.length > 0) console.log(unsupported.slice(0, 20).join("\n"));
  });
});
