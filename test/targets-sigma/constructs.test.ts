import { describe, expect, test } from "vitest";
import { detectionOf, port } from "./port.ts";

/** What Sigma makes of `where …` on process events. */
function detection(predicate: string): string {
  return detectionOf(port(`DeviceProcessEvents | where ${predicate}`).text);
}
const selection = (...lines: string[]) =>
  `selection:\n${lines.map((line) => `    ${line}\n`).join("")}condition: selection\n`;
const filter = (name: string, ...lines: string[]) =>
  `filter_main_${name}:\n${lines.map((line) => `    ${line}\n`).join("")}condition: not filter_main_${name}\n`;
const term = (text: string) => `(?:^|[^a-zA-Z0-9])${text}(?:[^a-zA-Z0-9]|$)`;

describe("a condition that Sigma says exactly", () => {
  test.each([
    // text
    ['ProcessCommandLine =~ "a b"', selection("CommandLine: 'a b'")],
    ['ProcessCommandLine == "a b"', selection("CommandLine|cased: 'a b'")],
    ['"a b" == ProcessCommandLine', selection("CommandLine|cased: 'a b'")],
    ['ProcessCommandLine != "\\"cmd.exe\\" "', filter("cli", `CommandLine|cased: '"cmd.exe" '`)],
    ['ProcessCommandLine !~ "a"', filter("cli", "CommandLine: 'a'")],
    ['ProcessCommandLine contains "it\'s"', selection("CommandLine|contains: 'it''s'")],
    ['ProcessCommandLine contains_cs "A"', selection("CommandLine|contains|cased: 'A'")],
    ['ProcessCommandLine !contains "a"', filter("cli", "CommandLine|contains: 'a'")],
    ['ProcessCommandLine startswith "a"', selection("CommandLine|startswith: 'a'")],
    ['ProcessCommandLine endswith_cs "a"', selection("CommandLine|endswith|cased: 'a'")],
    ['ProcessCommandLine contains "*?\\\\"', selection("CommandLine|contains: '\\*\\?\\'")],
    ['ProcessCommandLine contains ""', ""],
    // terms
    ['ProcessCommandLine has "use"', selection(`CommandLine|re|i: '${term("use")}'`)],
    ['ProcessCommandLine has_cs "a.b"', selection(`CommandLine|re: '${term("a\\.b")}'`)],
    ['ProcessCommandLine has "/user:"', selection("CommandLine|contains: '/user:'")],
    ['ProcessCommandLine has " /do"', selection("CommandLine|re|i: ' /do(?:[^a-zA-Z0-9]|$)'")],
    ['ProcessCommandLine hasprefix "a"', selection("CommandLine|re|i: '(?:^|[^a-zA-Z0-9])a'")],
    ['ProcessCommandLine hassuffix "a"', selection("CommandLine|re|i: 'a(?:[^a-zA-Z0-9]|$)'")],
    [
      'ProcessCommandLine has_all ("use", "/user:")',
      selection(`CommandLine|re|i: '${term("use")}'`, "CommandLine|contains: '/user:'"),
    ],
    ['ProcessCommandLine has_all (" a ", " b ")', selection("CommandLine|contains|all:", "    - ' a '", "    - ' b '")],
    ['ProcessCommandLine has_any (" a ", " b ")', selection("CommandLine|contains:", "    - ' a '", "    - ' b '")],
    [
      'ProcessCommandLine has_any (" a ", "b")',
      selection("- CommandLine|contains: ' a '", `- CommandLine|re|i: '${term("b")}'`),
    ],
    // lists
    ['ProcessCommandLine in~ ("a", "b")', selection("CommandLine:", "    - 'a'", "    - 'b'")],
    ['ProcessCommandLine in (dynamic(["a", "a"]))', selection("CommandLine|cased: 'a'")],
    [
      'ProcessCommandLine contains "a" or ProcessCommandLine contains "b"',
      selection("CommandLine|contains:", "    - 'a'", "    - 'b'"),
    ],
    [
      'ProcessCommandLine contains "a" and ProcessCommandLine contains "b"',
      selection("CommandLine|contains|all:", "    - 'a'", "    - 'b'"),
    ],
    // regular expressions
    ['ProcessCommandLine matches regex @"a\\d+"', selection("CommandLine|re: 'a\\d+'")],
    ['ProcessCommandLine matches regex @"(?is)a.b"', selection("CommandLine|re|i|s: 'a.b'")],
    [
      'ProcessCommandLine matches regex @"^(a|$)"',
      selection("- CommandLine|re: '^(a|$)'", "- CommandLine:", "      - ''", "      - null"),
    ],
    // absent
    ["isempty(ProcessCommandLine)", selection("CommandLine:", "    - ''", "    - null")],
    ['ProcessCommandLine == ""', selection("CommandLine:", "    - ''", "    - null")],
    ["isnotempty(ProcessCommandLine)", filter("cli", "CommandLine:", "    - ''", "    - null")],
    ["isnull(ProcessId)", selection("ProcessId: null")],
    // parts of fields
    ['FileName =~ "net.exe"', selection("Image|endswith: '\\net.exe'")],
    [
      'FileName in ("net.exe", "net1.exe")',
      selection("Image|endswith|cased:", "    - '\\net.exe'", "    - '\\net1.exe'"),
    ],
    ['FileName startswith "net"', selection("Image|re|i: '\\\\net[^\\\\]*$'")],
    ['FileName endswith ".exe"', selection("Image|endswith: '.exe'")],
    ['FileName contains "net"', selection("Image|re|i: 'net[^\\\\]*$'")],
    ['FileName has "net"', selection("Image|re|i: '(?:^|[^a-zA-Z0-9])net(?:[^a-zA-Z0-9\\\\][^\\\\]*$|$)'")],
    ['AccountName =~ "admin"', selection("User|endswith: '\\admin'")],
    ['AccountDomain =~ "corp"', selection("User|startswith: 'corp\\'")],
    [`MD5 == "${"a".repeat(32)}"`, selection(`Hashes|contains|cased: 'MD5=${"a".repeat(32)}'`)],
    // numbers
    ["ProcessId == 4", selection("ProcessId: 4")],
    ["ProcessId != 4", filter("process_id", "ProcessId: 4")],
    ["ProcessId in (4, 8)", selection("ProcessId:", "    - 4", "    - 8")],
    ["ProcessId > 4", selection("ProcessId|gt: 4")],
    ["not(ProcessId > 4)", selection("ProcessId|lte: 4")],
    ["ProcessId between (1 .. 4)", selection("ProcessId|gte: 1", "ProcessId|lte: 4")],
    ["ProcessId !between (1 .. 4)", selection("- ProcessId|lt: 1", "- ProcessId|gt: 4")],
    // constants
    ['ActionType == "ProcessCreated" and ProcessId == 4', selection("ProcessId: 4")],
  ])("%s", (predicate, expected) => {
    const ported = port(`DeviceProcessEvents | where ${predicate}`);
    expect(detectionOf(ported.text)).toBe(expected);
    // The end of a term is said for ASCII alone.
    const wider = expected.includes("a-zA-Z0-9");
    expect(ported.fidelity).toBe(expected === "" ? "unsupported" : wider ? "approximate" : "exact");
  });
});

describe("a computed column is put back to what it is computed from", () => {
  test.each([
    ['extend C = tolower(ProcessCommandLine) | where C has "x y"', selection(`CommandLine|re|i: '${term("x y")}'`)],
    ['extend C = tolower(ProcessCommandLine) | where C == "x"', selection("CommandLine: 'x'")],
    ['extend C = toupper(ProcessCommandLine) | where C in ("X", "y")', selection("CommandLine: 'X'")],
    ['extend C = tolower(ProcessCommandLine) | where C == "X"', ""],
    [
      'extend T = case(ProcessCommandLine contains "a", "A", ProcessCommandLine contains "b", "B", "Other") | where T != "Other"',
      selection("CommandLine|contains:", "    - 'a'", "    - 'b'"),
    ],
    [
      'extend T = case(ProcessCommandLine contains "a", "A", ProcessCommandLine contains "b", "B", "Other") | where T == "B"',
      "selection:\n    CommandLine|contains: 'b'\nfilter_main_cli:\n    CommandLine|contains: 'a'\ncondition: selection and not filter_main_cli\n",
    ],
    ["extend B = iff(ProcessId == 4, true, false) | where B", selection("ProcessId: 4")],
    ['extend U = strcat("<", ProcessCommandLine, ">") | where U =~ "<a>"', selection("CommandLine: 'a'")],
    ['project C = ProcessCommandLine | where C == "a"', selection("CommandLine|cased: 'a'")],
    ['summarize count() by C = ProcessCommandLine | where C == "a"', selection("CommandLine|cased: 'a'")],
  ])("%s", (steps, expected) => {
    expect(detectionOf(port(`DeviceProcessEvents | ${steps}`).text)).toBe(expected);
  });
});

describe("what Sigma cannot say", () => {
  const base = 'DeviceProcessEvents | where ProcessCommandLine contains "a" ';
  const said = selection("CommandLine|contains: 'a'");
  test.each([
    ["| where strlen(ProcessCommandLine) > 9", "strlen(ProcessCommandLine) > 9", /no word for/],
    ['| where AccountUpn == "x"', 'AccountUpn == "x"', /no field for AccountUpn/],
    ["| summarize n = count() by DeviceName", "summarize n = count() by DeviceName", /does not group/],
    ["| summarize n = count() by DeviceName | where n > 3", "n > 3", /n is not a value of a single event/],
    [
      "| where DeviceName in ((DeviceProcessEvents | distinct DeviceName))",
      "DeviceName in ((DeviceProcessEvents | distinct DeviceName))",
      /other tables/,
    ],
    [
      "| mv-expand x = split(ProcessCommandLine, ' ')",
      "mv-expand x = split(ProcessCommandLine, ' ')",
      /does not expand/,
    ],
    ["| take 3", "take 3", /no limit/],
    [
      "| join kind=inner (DeviceNetworkEvents | project DeviceId) on DeviceId",
      "join kind=inner (DeviceNetworkEvents | project DeviceId) on DeviceId",
      /does not join/,
    ],
    ["| where Timestamp > datetime(2024-01-01)", "Timestamp > datetime(2024-01-01)", /points in time/],
    [
      '| where ProcessCommandLine matches regex @"\\p{Lu}"',
      'ProcessCommandLine matches regex @"\\p{Lu}"',
      /no word for matches regex/,
    ],
    ['| where ProcessCommandLine contains "b" or AccountUpn == "x"', 'AccountUpn == "x"', /no field for AccountUpn/],
  ])("is left out and stated: %s", (steps, source, message) => {
    const { text, notes, fidelity } = port(base + steps);
    expect(detectionOf(text)).toBe(said);
    expect(fidelity).toBe("approximate");
    const about = notes.filter((n) => message.test(n.message));
    expect(about.map((n) => n.level)).toEqual(["approximate"]);
    expect(source).toContain(about[0]?.source);
    expect(text).toContain("# The query that this was made from says more");
  });

  test("a time window up to now is the schedule's", () => {
    const { notes, fidelity } = port(`${base}| where Timestamp > startofday(ago(30d)) | sort by ProcessId`);
    expect(fidelity).toBe("exact");
    expect(notes.map((n) => [n.level, n.source])).toEqual([
      ["info", "Timestamp > startofday(ago(30d))"],
      ["info", "sort by ProcessId"],
    ]);
  });

  test("under a negation nothing is left out that would narrow the rule", () => {
    const unknown = 'AccountUpn == "x"';
    const known = 'ProcessCommandLine contains "b"';
    expect(detectionOf(port(`${base}| where not(${known} and ${unknown})`).text)).toBe(said);
    const kept = port(`${base}| where not(${known} or ${unknown})`);
    expect(detectionOf(kept.text)).toContain("condition: selection and not filter_main_cli\n");
    expect(kept.fidelity).toBe("approximate");
  });

  test("a part inside an alternative widens only that alternative", () => {
    const { text } = port(`DeviceProcessEvents | where (ProcessId == 4 and AccountUpn == "x") or ProcessId == 8`);
    expect(detectionOf(text)).toBe(selection("ProcessId:", "    - 4", "    - 8"));
  });

  test.each([
    ["DeviceProcessEvents | take 5", /no condition/],
    ['DeviceProcessEvents | where AccountUpn == "x"', /no condition/],
    ["DeviceProcessEvents | where false", /never holds/],
    ['DeviceNetworkEvents | where RemoteUrl == "x"', /no log source for DeviceNetworkEvents/],
    ["print x = 1", /one table of events/],
    ["union DeviceProcessEvents, DeviceFileEvents | where FileName == 'x'", /one table of events/],
  ])("and nothing is left: %s", (query, message) => {
    const { text, notes, fidelity } = port(query);
    expect([text, fidelity]).toEqual(["", "unsupported"]);
    expect(notes.find((n) => n.level === "unsupported")?.message).toMatch(message);
  });
});

describe("searches are named and joined as SigmaHQ does", () => {
  test("by the role of their fields, with a filter", () => {
    expect(
      detection(
        'FolderPath endswith @"\\net.exe" or ProcessVersionInfoOriginalFileName =~ "net.exe"' +
          '| where ProcessCommandLine contains " use " | where InitiatingProcessFileName !in~ ("a.exe", "b.exe") and ProcessCommandLine !contains "x"',
      ),
    ).toBe(`selection_img:
    - Image|endswith: '\\net.exe'
    - OriginalFileName: 'net.exe'
selection_cli:
    CommandLine|contains: ' use '
filter_main_parent_img:
    ParentImage|endswith:
        - '\\a.exe'
        - '\\b.exe'
filter_main_cli:
    CommandLine|contains: 'x'
condition: all of selection_* and not 1 of filter_main_*
`);
  });

  test("one by one where the condition is of another form", () => {
    expect(
      detection(
        'ProcessId == 4 and ((ProcessCommandLine contains "a" and not(ProcessCommandLine contains "b")) or ProcessCommandLine contains "c")',
      ),
    ).toBe(`selection_process_id:
    ProcessId: 4
selection_cli_1:
    CommandLine|contains: 'a'
filter_main_cli:
    CommandLine|contains: 'b'
selection_cli_2:
    CommandLine|contains: 'c'
condition: selection_process_id and ((selection_cli_1 and not filter_main_cli) or selection_cli_2)
`);
  });
});

test("the rule says who made it and what it is about, as far as Sigma has a form for it", () => {
  const { text } = port('DeviceProcessEvents | where ProcessCommandLine == "x"', {
    id: "c9e6a6d0-5c3b-4a9f-b6f4-3f5f1f7f2b90",
    name: "Net: use",
    description: "Two\nlines.",
    author: "A",
    date: "2025/10/4",
    modified: "soon",
    status: "Available",
    severity: "Medium",
    tactics: ["CredentialAccess", "CommandAndControl", "§"],
    techniques: ["T1552.001", "none"],
    references: ["https://example.org"],
    falsePositives: ["Admins"],
  });
  expect(text).toBe(`title: 'Net: use'
id: c9e6a6d0-5c3b-4a9f-b6f4-3f5f1f7f2b90
status: test
description: |
    Two
    lines.
references:
    - https://example.org
author: A
date: 2025-10-04
tags:
    - attack.credential-access
    - attack.command-and-control
    - attack.t1552.001
logsource:
    category: process_creation
    product: windows
detection:
    selection:
        CommandLine|cased: 'x'
    condition: selection
falsepositives:
    - Admins
level: medium
`);
});
