import { describe, expect, it } from "vitest";
import { type Transpiled, transpile } from "../../src/transpile.ts";

const port = (kql: string, profile = "defender"): Transpiled => transpile(kql, { to: "spl", profile });

/** The commands behind the base search, and whether they are exact. */
function stages(operators: string): string[] {
  const { text, notes } = port(`DeviceProcessEvents | where FileName =~ "x" | ${operators}`);
  if (text === "") throw new Error(JSON.stringify(notes));
  return text
    .trim()
    .split(/\n(?=\|)/)
    .slice(1)
    .map((stage) => stage.slice(2));
}

describe("operators", () => {
  it.each<[string, string[]]>([
    ["extend a = tolower(DeviceName)", ['eval a=coalesce(lower(DeviceName), "")']],
    [
      "extend a = extract(@'u:(\\S+)', 1, ProcessCommandLine)",
      ['eval a=""', 'rex field=ProcessCommandLine "u:(?<a>[^\\s\\x85\\p{Z}]+)"'],
    ],
    [
      "extend a = strcat('<', extract('(x)', 1, FolderPath))",
      [
        'eval a="<" . if(match(coalesce(FolderPath, ""), "(x)"), replace(coalesce(FolderPath, ""), "^[\\s\\S]*?(x)[\\s\\S]*$", "\\1"), "")',
      ],
    ],
    ["extend a = trim_end('x|y', FileName)", ['eval a=replace(FileName, "(?:x|y)\\z", "")']],
    ["extend a = tostring(split(FileName, '.')[-1])", ['eval a=coalesce(mvindex(split(FileName, "."), -1), "")']],
    [
      "extend FileName = DeviceName, DeviceName = FileName",
      ["eval old_FileName=FileName", 'eval FileName=coalesce(DeviceName, ""), DeviceName=old_FileName'],
    ],
    ["project FileName, Dev = DeviceName", ["rename DeviceName as Dev", "table FileName Dev"]],
    ["summarize by DeviceName", ['fillnull value="" DeviceName', "dedup DeviceName", "table DeviceName"]],
    [
      "summarize count() by DeviceName, FileName",
      ['fillnull value="" DeviceName', "stats count as count_ by DeviceName FileName"],
    ],
    [
      "summarize n = countif(ProcessId > 4), make_set(FileName), dcount(FileName)",
      ["stats count(eval(ProcessId>4)) as n values(FileName) as set_FileName\n    dc(FileName) as dcount_FileName"],
    ],
    [
      "summarize max(Timestamp) by bin(Timestamp, 1d)",
      ["eval Timestamp=floor(_time/86400)*86400", "stats max(_time) as max_Timestamp by Timestamp"],
    ],
    [
      "summarize arg_max(Timestamp, *) by ReportId | summarize n = count() by DeviceName",
      [
        'fillnull value="" ReportId',
        "sort 0 - _time",
        "dedup ReportId",
        'fillnull value="" DeviceName',
        "stats count as n by DeviceName",
      ],
    ],
    ["count", ["stats count as Count"]],
    ["sort by DeviceName asc, ProcessId desc", ['fillnull value="" DeviceName', "sort 0 str(DeviceName), - ProcessId"]],
    [
      "sort by ProcessId asc",
      ["eval has_ProcessId=if(isnull(ProcessId), 0, 1)", "sort 0 has_ProcessId, ProcessId", "fields - has_ProcessId"],
    ],
    ["top 5 by Timestamp", ["sort 5 - _time"]],
    ["take 3", ["head 3"]],
    ["mv-expand w = split(FileName, '.') to typeof(string)", ['eval w=split(FileName, ".")', "mvexpand w"]],
    [
      "mv-apply w = split(FileName, '.') on (where w != 'exe' | project w)",
      ['eval w=split(FileName, ".")', "mvexpand w", 'where isnull(w) OR w!="exe"'],
    ],
    [
      "parse ProcessCommandLine with * '/u:' who ' ' rest",
      ['eval who="", rest=""', 'rex field=ProcessCommandLine "(?s)^.*?/u:(?<who>.*?) (?<rest>.*?)\\z"'],
    ],
    ["project-away DeviceName", ["fields - DeviceName"]],
    [
      "extend big = ProcessId > 4 | where big",
      ['eval big=case(ProcessId>4, "true", ProcessId<=4, "false")', 'where big=="true"'],
    ],
  ])("%s", (operators, expected) => {
    expect(stages(operators)).toEqual(expected);
  });
});

describe("several tables", () => {
  it("are one base search where they differ in it alone", () => {
    expect(port('union DeviceProcessEvents, DeviceFileEvents | where FileName endswith ".ps1"').text).toBe(
      'sourcetype="mscs:azure:eventhub:defender:advancedhunting"\n    category IN ("AdvancedHunting-DeviceProcessEvents", "AdvancedHunting-DeviceFileEvents")\n    FileName="*.ps1"\n',
    );
  });

  it("are joined with a note on the limits of a subsearch", () => {
    const { text, fidelity, notes } = port(
      "DeviceProcessEvents | join kind=leftanti (DeviceNetworkEvents | where RemotePort == 443) on DeviceName | project FileName",
    );
    expect(text.split("\n").slice(1)).toEqual([
      '| fillnull value="" DeviceName',
      "| join type=left DeviceName",
      '    [ search sourcetype="mscs:azure:eventhub:defender:advancedhunting" category="AdvancedHunting-DeviceNetworkEvents"',
      "          RemotePort=443",
      '      | fillnull value="" DeviceName',
      "      | dedup DeviceName",
      '      | eval matched="yes"',
      "      | table DeviceName matched ]",
      "| where isnull(matched)",
      "| fields - matched",
      "| table FileName",
      "",
    ]);
    expect(fidelity).toBe("approximate");
    expect(notes.map((n) => n.cause)).toEqual(["subsearch-limit"]);
  });
});

describe("a data model", () => {
  const cim = (kql: string, macros = false): Transpiled =>
    transpile(kql, { to: "spl", profile: "cim", macros, name: "My Rule" });

  it("takes over a summarize of fields", () => {
    const { text, fidelity } = cim(
      'DeviceProcessEvents | where FileName =~ "net.exe" | summarize n = count(), start = min(Timestamp) by DeviceName, AccountName',
    );
    expect(text).toBe(
      [
        "| tstats summariesonly=false allow_old_summaries=true fillnull_value=unknown count as n min(_time) as start FROM datamodel=Endpoint.Processes",
        '  WHERE Processes.process_name="net.exe"',
        "  BY Processes.dest Processes.user",
        "| rename Processes.dest as DeviceName, Processes.user as AccountName",
        "",
      ].join("\n"),
    );
    expect(fidelity).toBe("exact");
  });

  it("groups by what the rest reads, and counts with the groups' sizes", () => {
    const { text } = cim('DeviceProcessEvents | where FileName == "net.exe" | summarize n = count() by DeviceName');
    expect(text).toBe(
      [
        "| tstats summariesonly=false allow_old_summaries=true fillnull_value=unknown count FROM datamodel=Endpoint.Processes",
        '  WHERE Processes.process_name="net.exe"',
        "  BY Processes.dest Processes.process_name",
        "| rename Processes.* as *",
        '| where process_name=="net.exe"',
        "| stats sum(count) as n by dest",
        "| rename dest as DeviceName",
        "",
      ].join("\n"),
    );
  });

  it("says that whole events are folded, and uses the macros on request", () => {
    const { text, fidelity, notes } = cim('DeviceProcessEvents | where FileName =~ "net.exe"', true);
    expect(text).toBe(
      [
        "| tstats `security_content_summariesonly` count min(_time) as firstTime max(_time) as lastTime FROM datamodel=Endpoint.Processes",
        '  WHERE Processes.process_name="net.exe"',
        "  BY Processes.action Processes.dest Processes.original_file_name",
        "     Processes.parent_process Processes.parent_process_exec Processes.parent_process_id",
        "     Processes.parent_process_name Processes.parent_process_path Processes.process",
        "     Processes.process_exec Processes.process_hash Processes.process_id",
        "     Processes.process_integrity_level Processes.process_name Processes.process_path",
        "     Processes.user Processes.user_id Processes.vendor_product",
        "| `drop_dm_object_name(Processes)`",
        "| `security_content_ctime(firstTime)`",
        "| `security_content_ctime(lastTime)`",
        "| `my_rule_filter`",
        "",
      ].join("\n"),
    );
    expect(fidelity).toBe("approximate");
    expect(notes.map((n) => n.cause)).toEqual(["folded-events", "fill-macro", "event-fields"]);
  });

  it("gives computed columns the empty string for `unknown`", () => {
    const { text } = cim(
      'DeviceProcessEvents | where FileName =~ "x" | summarize make_set(trim_end("x", InitiatingProcessCommandLine))',
    );
    expect(text).toContain('replace(nullif(parent_process, "unknown"), "x\\z", "")');
  });
});

describe("what has no form", () => {
  it.each([
    ["extend a = reverse(FileName)", "function", "reverse"],
    ["summarize make_bag(bag_pack('a', FileName))", "aggregate", "make_bag"],
    ["mv-apply w = split(FileName, '.') on (summarize count())", "mv-apply", "mv-apply"],
    ["join kind=fullouter (DeviceProcessEvents) on DeviceName", "join", "kind=fullouter"],
    ["extend ['a*'] = 1", "column-name", "a*"],
  ])("%s is an unsupported note at its place", (operators, cause, construct) => {
    const kql = `DeviceProcessEvents | ${operators}`;
    const { text, fidelity, notes } = port(kql);
    const [note] = notes.filter((n) => n.level === "unsupported");
    expect([text, fidelity]).toEqual(["", "unsupported"]);
    expect(note?.cause).toBe(cause);
    expect(note?.construct).toContain(construct);
    expect(note?.span.end).toBeGreaterThan(note?.span.start ?? 0);
  });
});

it("writes times of a result in epoch seconds, and says so", () => {
  const { notes } = port('DeviceProcessEvents | where FileName =~ "x" | project Timestamp');
  expect(notes.map((n) => [n.level, n.cause])).toEqual([["info", "epoch-times"]]);
});
