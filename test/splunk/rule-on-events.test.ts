import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it } from "vitest";
import { runSpl } from "../../src/run-spl.ts";
import { hasShared, sharedLines, sharedText } from "../shared.ts";

const rule = resolve(import.meta.dirname, "../../rules/windows_network_connection_discovery_via_net.spl");

it.skipIf(!hasShared)("a published tstats rule finds what was worked out by hand", async () => {
  const events = [
    ...sharedLines<object>("events/cim_processes.jsonl.gz"),
    ...sharedLines<object>("events/synthetic_cim.jsonl"),
  ];
  const macros = JSON.parse(sharedText("spl/macros.json"));
  macros.windows_network_connection_discovery_via_net_filter = { definition: "search *" };
  const expected = JSON.parse(sharedText("events/expected.json"))["real+synthetic"].rule4;
  const { columns, rows } = await runSpl(readFileSync(rule, "utf8"), {
    events,
    macros,
    dataModels: { "Endpoint.Processes": {} },
  });
  expect(columns.map((c) => c.name)).toEqual(expected.columns);
  const texts = (table: readonly (readonly unknown[])[]): string[] =>
    table.map((row) => JSON.stringify(row.map(String))).sort();
  expect(texts(rows)).toEqual(texts(expected.table));
});
