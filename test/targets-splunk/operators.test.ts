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
      ['eval a=""', 'rex field=ProcessCommandLine "u:(?<a>[^\\s\\p{Z}]+)"'],
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
      ["eval old_FileName=FileName, FileName=DeviceName, DeviceName=old_FileName", "fields - old_FileName"],
    ],
    ["project FileName, Dev = DeviceName", ["rename DeviceName as Dev", "table FileName Dev"]],
    [
      "project FileName, DeviceName | project-rename Dev = DeviceName",
      ["rename DeviceName as Dev", "table FileName Dev"],
    ],
    ["project FileName, DeviceName | project-away FileName", ["table DeviceName"]],
    [
      "summarize n = count() by DeviceName | project-away DeviceName",
      ['fillnull value="" DeviceName', "stats count as n by DeviceName", "fields - DeviceName"],
    ],
    ["take 5 | project-away Timestamp", ["head 5"]],
    ["extend a = datetime_add('minute', -5, Timestamp)", ["eval a=_time-300"]],
    ["extend a = tostring(extract('(x+)', 1, FolderPath))", ['eval a=""', 'rex field=FolderPath "(?<a>x+)"']],
    ["extend a = toint(ProcessId == 4)", ["eval a=case(ProcessId==4, 1, isnull(ProcessId) OR ProcessId!=4, 0)"]],
    ["where tolower(strcat(FileName, 'x')) == 'ax'", ['where lower(FileName . "x")=="ax"']],
    ["where IsInitiatingProcessRemoteSession == 1", ['where IsInitiatingProcessRemoteSession=="true"']],
    [
      "where tostring(parse_json(AdditionalFields).a) has 'b'",
      ['where match(json_extract(AdditionalFields, "a"), "(?i)(?<![\\p{L}\\p{N}])b(?![\\p{L}\\p{N}])")'],
    ],
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
    // A key named like a field that is still read waits under another name.
    [
      "summarize max(ProcessId) by bin(ProcessId, 10)",
      [
        "eval ProcessId_key=floor(ProcessId/10)*10",
        'fillnull value="" ProcessId_key',
        "stats max(ProcessId) as max_ProcessId by ProcessId_key",
        "rename ProcessId_key as ProcessId",
      ],
    ],
    [
      "summarize arg_max(Timestamp, DeviceName) by DeviceName = tolower(DeviceName) | project DeviceName, DeviceName1",
      [
        'eval DeviceName_key=coalesce(lower(DeviceName), "")',
        "sort 0 - _time",
        "dedup DeviceName_key",
        "eval DeviceName1=DeviceName, DeviceName=DeviceName_key",
        "table DeviceName DeviceName1",
      ],
    ],
    [
      "summarize DeviceName = count() by Host = DeviceName",
      ["eval Host=DeviceName", 'fillnull value="" Host', "stats count as DeviceName by Host"],
    ],
    [
      "summarize by DeviceName = tolower(DeviceName), Old = DeviceName",
      [
        'eval Old=DeviceName, DeviceName=coalesce(lower(DeviceName), "")',
        'fillnull value="" Old',
        "dedup DeviceName Old",
        "table DeviceName Old",
      ],
    ],
    // The sum of nothing is 0; a key without a value is no number.
    [
      "summarize n = sum(ProcessId) by k = InitiatingProcessId | where k < 8",
      [
        'fillnull value="" InitiatingProcessId',
        "stats sum(ProcessId) as n by InitiatingProcessId",
        "rename InitiatingProcessId as k",
        "fillnull value=0 n",
        'where k!="" AND k<8',
      ],
    ],
    [
      "summarize make_set(DeviceName), take_any(DeviceName)",
      [
        'fillnull value="" DeviceName',
        'stats values(DeviceName) as set_DeviceName first(eval(nullif(DeviceName, ""))) as DeviceName',
      ],
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
    ["sort by DeviceName asc, ProcessId desc", ['fillnull value="" DeviceName', "sort 0 str(DeviceName), -ProcessId"]],
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
      "mv-apply FileName = split(FileName, '.') on (project part = FileName)",
      [
        'eval FileName_element=split(FileName, ".")',
        "mvexpand FileName_element",
        "eval part=FileName_element",
        "fields - FileName_element",
      ],
    ],
    [
      "parse ProcessCommandLine with * '/u:' who ' ' rest",
      ['eval who="", rest=""', 'rex field=ProcessCommandLine "(?s)^.*?/u:(?<who>.*?) (?<rest>.*?)\\z"'],
    ],
    [
      "parse ProcessCommandLine with * '/u:' ProcessCommandLine ' ' *",
      [
        'eval parsed=coalesce(ProcessCommandLine, ""), ProcessCommandLine=""',
        'rex field=parsed "(?s)^.*?/u:(?<ProcessCommandLine>.*?) "',
      ],
    ],
    ["project-away DeviceName", ["fields - DeviceName"]],
    [
      "project a = DeviceName, DeviceName = ProcessCommandLine, ProcessCommandLine = DeviceName",
      [
        "eval old_DeviceName=DeviceName,\n    a=DeviceName,\n    DeviceName=ProcessCommandLine,\n    ProcessCommandLine=old_DeviceName",
        "table a DeviceName ProcessCommandLine",
      ],
    ],
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
      "| table FileName",
      "",
    ]);
    expect(fidelity).toBe("approximate");
    expect(notes.map((n) => n.cause)).toEqual(["subsearch-limit"]);
  });
});

describe("a filter behind a join", () => {
  const join = (kind: string, filter: string): string =>
    port(
      `DeviceProcessEvents | join kind=${kind} (DeviceFileEvents | project DeviceId, F = FileName) on DeviceId | where ${filter}`,
    ).text;

  it("stands in the table that it asks of", () => {
    expect(join("inner", "F =~ 'a' and FileName =~ 'b'")).toMatch(
      /^\S+ \S+\n {4}FileName="b"\n[\s\S]*\n {10}FileName="a"\n/,
    );
    expect(join("leftouter", "FileName =~ 'b'")).toMatch(/^\S+ \S+\n {4}FileName="b"\n/);
    expect(join("innerunique", "F =~ 'a'")).toContain('FileName="a"\n');
  });

  it("stays where it is if rows without a partner would pass it, or if it asks of both", () => {
    expect(join("leftouter", "F =~ 'a'")).toMatch(/\n\| where lower\(F\)=="a"\n$/);
    expect(join("inner", "F == FileName")).toMatch(/\n\| where .*F.*==.*FileName.*\n$/);
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
        "| tstats fillnull_value=unknown count as n min(_time) as start FROM datamodel=Endpoint.Processes",
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
        "| tstats fillnull_value=unknown count FROM datamodel=Endpoint.Processes",
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

  const both = (command: string): string =>
    `DeviceProcessEvents | where FileName =~ "a" | ${command} (DeviceProcessEvents | where FileName =~ "b" | project DeviceName, Began = Timestamp) on DeviceName`;

  it("gives both sides of a join what is read of them, and writes absent keys alike", () => {
    const { text } = cim(`${both("join kind=inner")} | project Timestamp, DeviceName, Began`);
    expect(text).toBe(
      [
        "| tstats fillnull_value=unknown count FROM datamodel=Endpoint.Processes",
        '  WHERE Processes.process_name="a"',
        "  BY _time span=1s Processes.dest",
        "| rename Processes.* as *",
        "| eval Timestamp=_time, DeviceName=dest",
        "| join type=inner max=0 DeviceName",
        "    [ | tstats fillnull_value=unknown count as count_2 FROM datamodel=Endpoint.Processes",
        '        WHERE Processes.process_name="b"',
        "        BY _time span=1s Processes.dest",
        "      | rename Processes.* as *",
        "      | rename dest as DeviceName, _time as Began",
        "      | table DeviceName Began ]",
        "| table Timestamp DeviceName Began",
        "",
      ].join("\n"),
    );
  });

  it("counts the pairs of a join, not its rows", () => {
    const { text } = cim(`${both("join kind=inner")} | summarize n = count() by DeviceName`);
    expect(text).toContain("| eval count=count*count_2\n| stats sum(count) as n by DeviceName\n");
  });

  it("gives the tables of a union one number of events and the time where it is read", () => {
    const { text } = cim(
      'union (DeviceProcessEvents | where FileName =~ "a"), (DeviceProcessEvents | where FileName =~ "b") | summarize n = count() by bin(Timestamp, 1h)',
    );
    expect(text.match(/BY _time span=1s$/gm)).toHaveLength(2);
    expect(text).toContain("| rename count_2 as count ]");
    expect(text).toContain("| stats sum(count) as n by Timestamp");
  });

  it("has the time of whole events where an operator reads it", () => {
    const { text } = cim("DeviceProcessEvents | extend Hour = bin(Timestamp, 1h)");
    expect(text).toContain("  BY _time span=1s Processes.action");
  });

  it("does not take the text for an absent value for a number", () => {
    const { text } = cim("DeviceProcessEvents | summarize max(ProcessId) by bin(InitiatingProcessId, 10)");
    expect(text).toContain('eval InitiatingProcessId=floor(nullif(parent_process_id, "unknown")/10)*10');
    expect(text).toContain('max(eval(nullif(process_id, "unknown")))');
  });

  it("writes time modifiers first and without AND", () => {
    const { text } = cim(
      'DeviceProcessEvents | where FileName =~ "x" and Timestamp >= ago(7d) and Timestamp < ago(1d) | summarize n = count() by DeviceName',
    );
    expect(text).toContain('  WHERE earliest=-168h latest=-24h Processes.process_name="x"\n');
  });

  it("tests what is left of a filter before fields get the names of the result", () => {
    const { text } = cim(
      'DeviceProcessEvents | where FileName has "net" | summarize n = count() by FileName, Hash = SHA256',
    );
    const stages = text.split(/\n(?=\|)/).map((stage) => stage.split("(")[0]);
    expect(stages.map((s) => s?.trimEnd())).toEqual([
      '| tstats fillnull_value=unknown count as n FROM datamodel=Endpoint.Processes\n  WHERE Processes.process_name="*net*"\n  BY Processes.process_name Processes.process_hash',
      "| rename Processes.* as *",
      "| where match",
      "| eval Hash=if",
      "| rename process_name as FileName",
      "| fields - process_hash",
    ]);
  });

  it("says that whole events are folded, and uses the macros on request", () => {
    const { text, fidelity, notes } = cim('DeviceProcessEvents | where FileName =~ "net.exe"', true);
    expect(text).toBe(
      [
        "| tstats `security_content_summariesonly` count min(_time) as firstTime max(_time) as lastTime",
        "  FROM datamodel=Endpoint.Processes",
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

it("says that a field in lower case never equals a constant with capitals", () => {
  const query = 'DeviceProcessEvents | where AccountName !in ("SYSTEM", "bob")';
  expect(port(query, "sysmon").notes.map((n) => [n.cause, n.construct])).toContainEqual(["lower-case", '"SYSTEM"']);
  expect(port(query, "defender").notes.map((n) => n.cause)).not.toContain("lower-case");
});

it("writes times of a result in epoch seconds, and says so", () => {
  const { notes } = port('DeviceProcessEvents | where FileName =~ "x" | project Timestamp');
  expect(notes.map((n) => [n.level, n.cause])).toEqual([["info", "epoch-times"]]);
});
