import { describe, expect, it } from "vitest";
import { runKql } from "../../src/index.ts";
import { runSpl } from "../../src/run-spl.ts";
import { knownColumns } from "../../src/schemas/known-tables.ts";
import { prepareEvents } from "../../src/splunk/run.ts";
import { transpileSpl } from "../../src/transpile-spl.ts";
import { hasShared, sharedLines, sharedText } from "../shared.ts";

type Event = Readonly<Record<string, unknown>>;
interface Detection {
  readonly name: string;
  readonly search: string;
}
interface Counted {
  readonly columns: readonly { readonly name: string }[];
  readonly rows: readonly (readonly unknown[])[];
}

describe.skipIf(!hasShared)("Splunk's detections of processes", () => {
  it("give as many rows, of as many events, as Splunk does", async () => {
    const macros = JSON.parse(sharedText("spl/macros.json"));
    const schemas = {
      DeviceProcessEvents: {
        ...Object.fromEntries((knownColumns("DeviceProcessEvents") ?? []).map((c) => [c.name, c.type])),
        _id: "dynamic",
      },
    };
    // Every process once: Windows' own log names accounts and computers otherwise than Sysmon does.
    const events = [
      ...sharedLines<Event>("events/DeviceProcessEvents.jsonl.gz"),
      ...sharedLines<Event>("events/synthetic.jsonl"),
    ];
    const chosen = events.filter((e) => e.ActionType === "ProcessCreated" && e._event !== "Security/4688");
    const ids = new Set(chosen.map((e) => e._id));
    const processes = [
      ...sharedLines<Event>("events/cim_processes.jsonl.gz"),
      ...sharedLines<Event>("events/synthetic_cim.jsonl"),
    ].filter((e) => ids.has(e._id));
    expect(processes.length).toBe(chosen.length);

    const prepared = await prepareEvents(processes);
    const detections = sharedLines<Detection>("spl/security_content.jsonl");
    const now = "2026-08-10T00:00:00Z";
    const wrong: string[] = [];
    let compared = 0;
    let withRows = 0;
    for (const { name, search } of detections.filter((d) => d.search.includes("=Endpoint.Processes"))) {
      const { text, fidelity, notes } = transpileSpl(search, { to: "kql", macros });
      if (!text.startsWith("DeviceProcessEvents") || compared++ % 8 !== 0) continue;
      const filters = notes.filter((n) => n.cause === "filter-macro");
      const empty = filters.map((n) => [search.slice(n.span.start + 1, n.span.end - 1), { definition: "search *" }]);
      const spl: Counted = await runSpl(search, {
        events: prepared,
        dataModels: { "Endpoint.Processes": {} },
        macros: { ...macros, ...Object.fromEntries(empty) },
        now,
      });
      const kql: Counted = await runKql(text, { schemas, tables: { DeviceProcessEvents: chosen }, now });
      if (spl.rows.length > 0) withRows++;
      const same = total(spl) === total(kql) && (fidelity !== "exact" || spl.rows.length === kql.rows.length);
      if (!same) wrong.push(`${name}: ${spl.rows.length} rows of ${total(spl)}, ${kql.rows.length} of ${total(kql)}`);
    }
    console.log(`${Math.ceil(compared / 8)} of ${compared} compared on ${chosen.length} events, ${withRows} with rows`);
    expect(wrong).toEqual([]);
    expect(withRows).toBeGreaterThan(10);
  });
});

function total({ columns, rows }: Counted): number | null {
  const at = columns.findIndex((c) => c.name === "count");
  return at < 0 ? null : rows.reduce((sum, row) => sum + Number(row[at]), 0);
}
