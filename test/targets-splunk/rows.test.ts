import { describe, expect, it } from "vitest";
import { runKql, runSpl, transpile } from "../../src/index.ts";

// The emitted search gives the rows that KQL gives. Absent strings are "" in KQL, missing fields or a text of the source in Splunk.

const start = Date.UTC(2026, 0, 1) / 1000;
const now = "2026-01-02T00:00:00Z";

interface Process {
  readonly FileName: string;
  readonly ProcessCommandLine: string;
  readonly DeviceName: string;
  readonly AccountName: string;
  readonly ProcessId: number | null;
}

const processes: readonly Process[] = ["net.exe", "NET.EXE", "net1.exe", "cmd.exe"].flatMap((FileName, i) =>
  ["net use x", "use", "abuse /add", "007", "7", ""].map((ProcessCommandLine, j) => ({
    FileName,
    ProcessCommandLine,
    DeviceName: ["d1", "d2", ""][(i + j) % 3] ?? "",
    AccountName: ["bob", "", "system"][(i * j) % 3] ?? "",
    ProcessId: (i + j) % 4 === 0 ? null : 4 * (i + 1),
  })),
);
const kqlEvents = processes.map((p, i) => ({ ...p, Timestamp: new Date((start + i * 600) * 1000).toISOString() }));

/** The event with absent values as the profile says that its source writes them. */
function event(fields: Readonly<Record<string, string | number | null>>, i: number, missing: string | null): object {
  const own = Object.entries(fields).flatMap(([name, value]) => {
    if (value !== null && value !== "") return [[name, value] as const];
    return missing === null || i % 2 === 0 ? [] : [[name, missing] as const];
  });
  return { _time: start + i * 600, ...Object.fromEntries(own) };
}

const defender = {
  profile: "defender",
  missing: "",
  events: processes.map((p, i) => ({
    ...event({ ...p }, i, null),
    sourcetype: "mscs:azure:eventhub:defender:advancedhunting",
    category: "AdvancedHunting-DeviceProcessEvents",
  })),
  dataModels: {},
};
const cim = {
  profile: "cim",
  missing: "unknown",
  events: processes.map((p, i) =>
    event(
      {
        process_name: p.FileName,
        process: p.ProcessCommandLine,
        dest: p.DeviceName,
        user: p.AccountName,
        process_id: p.ProcessId,
      },
      i,
      "unknown",
    ),
  ),
  dataModels: { "Endpoint.Processes": {} },
};

/** Cells as texts, absent ones alike, elements of a set in one order. */
function shown(value: unknown, missing: string): string {
  if (value === null || value === undefined || value === missing) return "";
  if (Array.isArray(value))
    return value
      .map((v) => shown(v, missing))
      .sort()
      .join(",");
  return typeof value === "string" && /^\d{4}-\d\d-\d\dT/.test(value)
    ? String(Date.parse(value) / 1000)
    : String(value);
}

describe.each([defender, cim])("$profile gives the rows of KQL", ({ profile, missing, events, dataModels }) => {
  it.each([
    'where (FileName has "net" and ProcessCommandLine !contains "x") or AccountName =~ "bob" | project Timestamp, FileName',
    'where ProcessCommandLine !has "use" and AccountName != "bob" | project Timestamp, ProcessCommandLine',
    "where isnotempty(AccountName) and isempty(DeviceName) | project Timestamp, AccountName",
    'where ProcessCommandLine in ("007", "use") | project Timestamp, ProcessCommandLine',
    'extend c = strcat(ProcessCommandLine, "") | where c == "007" | project Timestamp, c',
    "where ProcessId < 9 or FileName == 'net1.exe' | project Timestamp, ProcessId",
    "summarize m = max(ProcessId), n = sum(ProcessId) by ProcessId = bin(ProcessId, 5)",
    "summarize s = make_set(FileName), d = dcount(AccountName) by FileName = tolower(FileName)",
    "summarize s = make_set(FileName), arg_max(Timestamp, FileName) by Host = toupper(DeviceName)",
    "summarize DeviceName = count() by Host = DeviceName",
    "summarize n = sum(ProcessId) by AccountName, k = ProcessId | where k < 9",
    "summarize began = min(Timestamp), n = countif(ProcessId > 4) by DeviceName",
    "summarize by DeviceName = tolower(FileName), Old = DeviceName",
    "project Timestamp, FileName = DeviceName, DeviceName = FileName",
    "project Timestamp, a = DeviceName, AccountName = FileName, DeviceName = AccountName | project-rename b = a",
    'parse ProcessCommandLine with ProcessCommandLine " " rest | project Timestamp, ProcessCommandLine, rest',
    "sort by AccountName asc, Timestamp asc | take 3 | project Timestamp, AccountName",
    "join kind=inner (DeviceProcessEvents | where FileName =~ 'cmd.exe' | project DeviceName, T = Timestamp) on DeviceName | summarize n = count(), t = max(T) by DeviceName",
    "join kind=leftanti (DeviceProcessEvents | where ProcessId == 8 | project DeviceName) on DeviceName | project Timestamp, DeviceName",
    "where FileName =~ 'net.exe' | union (DeviceProcessEvents | where FileName has 'cmd') | summarize n = count() by bin(Timestamp, 1h), AccountName",
  ])("%s", async (operators) => {
    const query = `DeviceProcessEvents | ${operators}`;
    const { text, notes } = transpile(query, { to: "spl", profile });
    expect(text, JSON.stringify(notes)).not.toBe("");
    const wanted = await runKql(query, { tables: { DeviceProcessEvents: kqlEvents }, now });
    const found = await runSpl(text, { events, dataModels, now });
    const columns = wanted.columns.map(({ name }) => found.columns.findIndex((c) => c.name === name));
    const rows = found.rows.map((row) => columns.map((c) => shown(row[c], missing)).join(" | "));
    expect(rows.sort(), text).toEqual(wanted.rows.map((row) => row.map((v) => shown(v, missing)).join(" | ")).sort());
  });
});
