import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { type Cell, runKql, transpile } from "../../src/index.ts";
import { readRule } from "../../src/rules/read.ts";
import { knownColumns } from "../../src/schemas/known-tables.ts";
import { transpileSpl } from "../../src/transpile-spl.ts";
import { hasShared, sharedLines, sharedText } from "../shared.ts";

const rules = resolve(import.meta.dirname, "../../rules");

/** Macros of Splunk's security content that the rule calls. */
const macros = {
  security_content_summariesonly: {
    definition: "summariesonly=false allow_old_summaries=true fillnull_value=null",
  },
  security_content_ctime: {
    definition: 'convert timeformat="%Y-%m-%dT%H:%M:%S" ctime($field$)',
    arguments: ["field"],
  },
  drop_dm_object_name: { definition: 'rename "$object$.*" as "*"', arguments: ["object"] },
  process_net: {
    definition:
      '(Processes.process_name="net.exe" OR Processes.original_file_name="net.exe" OR Processes.process_name="net1.exe" OR Processes.original_file_name="net1.exe")',
  },
};
const schemas = {
  DeviceProcessEvents: {
    ...Object.fromEntries((knownColumns("DeviceProcessEvents") ?? []).map((c) => [c.name, c.type])),
    _id: "dynamic",
  },
};
type Event = Readonly<Record<string, unknown>>;
const events = (): Event[] => [
  ...sharedLines<Event>("events/DeviceProcessEvents.jsonl.gz"),
  ...sharedLines<Event>("events/synthetic.jsonl"),
];

describe("the Splunk rule about net use", () => {
  const search = readFileSync(resolve(rules, "windows_network_connection_discovery_via_net.spl"), "utf8");

  it.each(["defender", "sentinel"] as const)("is a query of %s", (flavour) => {
    const ported = transpileSpl(search, { to: "kql", macros, flavour });
    const time = flavour === "defender" ? "Timestamp" : "TimeGenerated";
    expect(ported.diagnostics).toEqual([]);
    expect(ported.text).toBe(`DeviceProcessEvents
| where (
        FileName in~ ("net.exe", "net1.exe") or ProcessVersionInfoOriginalFileName in~ ("net.exe", "net1.exe")
    )
    and ProcessCommandLine endswith "use"
| summarize count = count(),
            firstTime = min(${time}),
            lastTime = max(${time})
    by DeviceName,
       ProcessVersionInfoOriginalFileName,
       InitiatingProcessCommandLine,
       InitiatingProcessFileName,
       InitiatingProcessId,
       InitiatingProcessFolderPath,
       ProcessCommandLine,
       FileName,
       SHA256,
       ProcessId,
       ProcessIntegrityLevel,
       FolderPath,
       AccountName,
       AccountSid
`);
    expect(ported.notes.map((n) => `${n.level} ${n.cause}`)).toEqual([
      "approximate hashes",
      "approximate left-out-fields",
      "info time-format",
      "info time-format",
      "info filter-macro",
    ]);
  });

  it("becomes every other target too", () => {
    for (const to of ["spl", "typescript"]) {
      const { text, fidelity } = transpileSpl(search, { to, from: "cim", macros });
      expect(fidelity, to).toBe("approximate");
      expect(text.length, to).toBeGreaterThan(500);
    }
  });

  it.skipIf(!hasShared)("gives the rows that were worked by hand", async () => {
    const expected = JSON.parse(sharedText("events/expected.json"))["real+synthetic"].rule4;
    const { text } = transpileSpl(search, { to: "kql", macros });
    const result = await runKql(text, { schemas, tables: { DeviceProcessEvents: events() } });
    const pairs: Readonly<Record<string, string>> = {
      dest: "DeviceName",
      original_file_name: "ProcessVersionInfoOriginalFileName",
      parent_process: "InitiatingProcessCommandLine",
      parent_process_id: "InitiatingProcessId",
      parent_process_name: "InitiatingProcessFileName",
      process: "ProcessCommandLine",
      process_id: "ProcessId",
      process_name: "FileName",
      process_path: "FolderPath",
      user: "AccountName",
      count: "count",
      firstTime: "firstTime",
      lastTime: "lastTime",
    };
    const plain = (cell: unknown): string =>
      cell === "unknown" || cell === null ? "" : String(cell).replace(/^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\..*Z$/, "$1");
    const wanted = (expected.table as Cell[][]).map((row) =>
      Object.keys(pairs).map((name) => plain(row[expected.columns.indexOf(name)])),
    );
    const found = result.rows.map((row) =>
      Object.values(pairs).map((name) => plain(row[result.columns.findIndex((c) => c.name === name)])),
    );
    expect(wanted.length).toBe(7);
    expect(found.map(String).sort()).toEqual(wanted.map(String).sort());
  });
});

describe.skipIf(!hasShared)("a rule ported to SPL and back", () => {
  const cases = [
    ["net_use_credentials_in_batch_script", "defender", "exact"],
    ["net_use_credentials_in_batch_script", "sysmon", "exact"],
    ["net_use_credentials_in_batch_script", "cim", "exact"],
    ["net_query_statistics", "defender", "exact"],
    ["net_group_and_account_recon", "defender", "exact"],
    ["net_group_and_account_recon", "sysmon", "exact"],
    ["windows_network_connection_discovery_via_net", "defender", "approximate"],
    ["windows_network_connection_discovery_via_net", "cim", "approximate"],
  ] as const;

  it.each(cases)("%s over %s selects the same", async (name, profile, fidelity) => {
    const { rule } = readRule(readFileSync(resolve(rules, `${name}.yml`), "utf8"), `${name}.yml`);
    if (!rule) throw new Error(`${name} cannot be read`);
    const spl = transpile(rule.query.text, { to: "spl", profile });
    const back = transpileSpl(spl.text, { to: "kql", from: profile });
    expect(back.notes.filter((n) => n.level === "unsupported")).toEqual([]);
    expect(back.fidelity).toBe(fidelity);
    const options = { schemas, now: "2020-09-22T12:00:00Z" };
    // Sysmon and the data model have single starts of processes, no reports that sum them up.
    const rows = events().filter((e) => profile === "defender" || e.ActionType === "ProcessCreated");
    const [original, ported] = await Promise.all(
      [rule.query.text, back.text].map((text) => runKql(text, { ...options, tables: { DeviceProcessEvents: rows } })),
    );
    if (!original || !ported) throw new Error("no result");
    const shared = original.columns.map((c) => c.name).filter((n) => ported.columns.some((c) => c.name === n));
    expect(shared.length).toBe(original.columns.length);
    const rowsOf = ({ columns, rows }: typeof original): string[] =>
      rows
        .map((row) =>
          JSON.stringify(
            shared.map((n) => {
              const cell = row[columns.findIndex((c) => c.name === n)];
              return Array.isArray(cell) ? [...cell].sort() : cell;
            }),
          ),
        )
        .sort();
    expect(original.rows.length).toBeGreaterThan(0);
    expect(rowsOf(ported)).toEqual(rowsOf(original));
  });
});
