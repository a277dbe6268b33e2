import { describe, expect, test } from "vitest";
import { checkKql } from "../../src/index.ts";
import { codesOf } from "./codes.ts";

const processes = (condition: string) => `DeviceProcessEvents | where ${condition}`;

/** Code, a query that has the finding, and a near miss that has none of this code. */
const cases: readonly (readonly [code: string, gives: string, silent: string])[] = [
  ["KQL201", processes('FileName has @"\\net.exe"'), processes('FolderPath has @"\\net.exe"')],
  ["KQL201", processes('FileName in~ (@"C:\\a.exe", "b.exe")'), processes('FileName in~ ("a.exe", "b.exe")')],
  ["KQL201", processes('FileName =~ "net*.exe"'), processes('ProcessCommandLine has "net*.exe"')],
  [
    "KQL201",
    processes('FolderPath contains @"\\\\Temp\\\\x"'),
    processes('FolderPath startswith @"\\\\server\\share"'),
  ],
  ["KQL201", processes(`SHA1 == "${"a".repeat(64)}"`), processes(`SHA256 == "${"a".repeat(64)}"`)],
  ["KQL201", processes(`SHA1 == "${"A".repeat(40)}"`), processes(`SHA1 =~ "${"A".repeat(40)}"`)],
  ["KQL201", processes('ActionType == "Processcreated"'), processes('ActionType =~ "Processcreated"')],
  [
    "KQL201",
    'DeviceRegistryEvents | where RegistryKey startswith @"HKLM\\SOFTWARE"',
    'DeviceRegistryEvents | where RegistryKey startswith @"HKEY_LOCAL_MACHINE\\SOFTWARE"',
  ],
  [
    "KQL201",
    'DeviceNetworkEvents | where RemoteIP in ("10.0.0.0/8")',
    'DeviceNetworkEvents | where ipv4_is_in_range(RemoteIP, "10.0.0.0/8")',
  ],
  [
    "KQL201",
    'SecurityEvent | where NewProcessName =~ "cmd.exe"',
    'SecurityEvent | where NewProcessName endswith "cmd.exe"',
  ],
  [
    "KQL201",
    'let Names = dynamic([@"\\net.exe"]); DeviceProcessEvents | where ProcessVersionInfoOriginalFileName has_any (Names)',
    'let Names = dynamic(["net.exe"]); DeviceProcessEvents | where ProcessVersionInfoOriginalFileName has_any (Names)',
  ],
  // A column of another table, and one that is computed, may hold anything.
  ["KQL201", processes('FileName has @"\\x"'), 'CommonSecurityLog | where FileName has @"\\x"'],
  [
    "KQL201",
    'DeviceProcessEvents | project Name = FileName | where Name has @"\\x"',
    'DeviceProcessEvents | extend FileName = FolderPath | where FileName has @"\\x"',
  ],
  ["KQL201", processes('FileName has @"\\x"'), 'DeviceProcessEvents | where * has @"\\x"'],
  ["KQL202", processes('ProcessCommandLine has " /do"'), processes('ProcessCommandLine contains " /do"')],
  [
    "KQL202",
    processes('ProcessCommandLine has "-enc"'),
    processes('ProcessCommandLine has_any ("-enc", "-encodedcommand")'),
  ],
  [
    "KQL202",
    processes('ProcessCommandLine has "http" and ProcessCommandLine contains "https"'),
    processes('ProcessCommandLine has "http" or ProcessCommandLine contains "https"'),
  ],
  ["KQL202", processes('ProcessCommandLine has "/dom"'), processes('ProcessCommandLine has "run --dom"')],
  ["KQL203", processes('tolower(FileName) == "Net.exe"'), processes('tolower(FileName) == "net.exe"')],
  ["KQL203", processes('toupper(FileName) in ("net.exe")'), processes('toupper(FileName) in ("NET.EXE")')],
  [
    "KQL203",
    processes('tolower(FileName) matches regex "NET"'),
    processes('tolower(FileName) matches regex "[A-Z]|x"'),
  ],
  ["KQL203", processes('FileName !contains ""'), processes('FileName != ""')],
  [
    "KQL203",
    processes("ProcessId in (1) and ProcessId == 2"),
    processes("ProcessId in (dynamic([])) and ProcessId == 2"),
  ],
  ["KQL203", processes("isnull(AccountUpn)"), processes("isnull(Timestamp)")],
  ["KQL203", processes("isnotnull(AccountUpn)"), processes("isnotempty(AccountUpn)")],
  [
    "KQL203",
    processes('FileName =~ "a.exe" | where FileName =~ "b.exe"'),
    processes('FileName =~ "a.exe" | extend FileName = FolderPath | where FileName =~ "b.exe"'),
  ],
  ["KQL203", processes('ActionType != "A" or ActionType != "B"'), processes('ActionType != "A" and ActionType != "B"')],
  [
    "KQL203",
    processes('FileName startswith "a" and FileName startswith "b"'),
    processes('FileName startswith "a" and FileName startswith "ab"'),
  ],
  ["KQL203", processes("ProcessId > 5 and ProcessId < 3"), processes("ProcessId > 3 and ProcessId < 5")],
  [
    "KQL203",
    processes("Timestamp > ago(1d) and Timestamp < ago(7d)"),
    processes("Timestamp > ago(7d) and Timestamp < ago(1d)"),
  ],
  ["KQL203", processes("Timestamp between (ago(1d) .. ago(7d))"), processes("Timestamp between (ago(7d) .. ago(1d))")],
  [
    "KQL203",
    "DeviceProcessEvents | summarize Count = count() by DeviceId | where Count == 0",
    "DeviceProcessEvents | summarize Count = count() | where Count == 0",
  ],
  // The same name on the two sides of a join is not the same column.
  [
    "KQL203",
    processes('DeviceId == "a" and DeviceId == "b"'),
    'let T = DeviceProcessEvents | project DeviceId, ReportId; T | join kind=inner T on ReportId | where DeviceId == "a" and DeviceId1 == "b"',
  ],
  [
    "KQL204",
    'DeviceProcessEvents | extend x = case(FileName contains "group", 1, FileName contains "localgroup", 2, 3)',
    'DeviceProcessEvents | extend x = case(FileName has "group", 1, FileName has "localgroup", 2, 3)',
  ],
  [
    "KQL204",
    "DeviceProcessEvents | extend x = case(ProcessId > 5, 1, ProcessId > 7, 2, 3)",
    "DeviceProcessEvents | extend x = case(ProcessId > 7, 1, ProcessId > 5, 2, 3)",
  ],
  [
    "KQL204",
    'DeviceProcessEvents | extend x = case(FileName has "a", 1, FileName has "a b" and ProcessId > 1, 2, 3)',
    'DeviceProcessEvents | extend x = case(FileName has "a" and ProcessId > 1, 1, FileName has "a b", 2, 3)',
  ],
  ["KQL205", processes('FileName in~ ("a.exe", "A.EXE")'), processes('ActionType in ("a", "A")')],
  ["KQL205", processes('FileName has_any ("net", "net use")'), processes('FileName has_any ("net", "net1")')],
  ["KQL205", processes('FileName has_all ("net use", "net")'), processes('FileName has_all ("use", "net")')],
  [
    "KQL205",
    processes('ProcessCommandLine has "x" or ProcessCommandLine has "x y"'),
    processes('ProcessCommandLine has "x" or ProcessCommandLine has "xy"'),
  ],
  [
    "KQL205",
    processes('ProcessCommandLine has "x y" or ProcessCommandLine has "x"'),
    processes('ProcessCommandLine has "x y" or FileName has "x"'),
  ],
  [
    "KQL205",
    processes('FileName =~ "a.exe" and isnotempty(FileName)'),
    processes('FileName != "a.exe" and isnotempty(FileName)'),
  ],
  ["KQL206", processes('FileName == "net.exe"'), processes('FileName =~ "net.exe"')],
  ["KQL206", processes('FileName !in ("net.exe")'), processes('FileName in ("bash", "curl")')],
  ["KQL206", processes('ProcessCommandLine has_cs "-Enc x.exe"'), processes('ActionType == "ProcessCreated"')],
  ["KQL206", processes('DeviceName == "SRV01"'), processes('DeviceName == "srv01"')],
  ["KQL206", processes('FileName == "net.exe"'), processes('tolower(FileName) == "net.exe"')],
  [
    "KQL206",
    'union DeviceProcessEvents, DeviceFileEvents | where FileName == "net.exe"',
    'union DeviceProcessEvents, CommonSecurityLog | where FileName == "net.exe"',
  ],
  [
    "KQL207",
    processes('ProcessCommandLine matches regex "net +user"'),
    processes('ProcessCommandLine matches regex "(?i)net +user"'),
  ],
  ["KQL207", processes('FileName matches regex "abc[0-9]"'), processes('FileName matches regex "[a-z]{5}[0-9]"')],
  [
    "KQL211",
    "DeviceProcessEvents | join DeviceNetworkEvents on DeviceId",
    "DeviceProcessEvents | summarize count() by DeviceId | join DeviceNetworkEvents on DeviceId",
  ],
  [
    "KQL211",
    "DeviceProcessEvents | distinct DeviceId, FileName | join DeviceNetworkEvents on DeviceId",
    "DeviceProcessEvents | distinct DeviceId, FileName | join kind=innerunique DeviceNetworkEvents on DeviceId",
  ],
  [
    "KQL211",
    "DeviceProcessEvents | project DeviceId, FileName | join DeviceNetworkEvents on DeviceId",
    "DeviceProcessEvents | project DeviceId | join DeviceNetworkEvents on DeviceId",
  ],
  ["KQL211", "AlertInfo | join AlertEvidence on Title", "AlertInfo | join AlertEvidence on AlertId"],
  [
    "KQL212",
    'DeviceProcessEvents | mv-apply w = split(FileName, ".") to typeof(string) on (where w != "") | summarize arg_max(Timestamp, *) by DeviceId',
    'DeviceProcessEvents | mv-apply w = split(FileName, ".") to typeof(string) on (where w != "") | summarize arg_max(Timestamp, *) by DeviceId, w',
  ],
  [
    "KQL212",
    "DeviceProcessEvents | take 100 | summarize count()",
    "DeviceProcessEvents | top 100 by Timestamp | summarize count()",
  ],
  [
    "KQL212",
    "DeviceProcessEvents | take 100 | where ProcessId > 4",
    "DeviceProcessEvents | where ProcessId > 4 | take 100",
  ],
  [
    "KQL213",
    "DeviceProcessEvents | summarize arg_max(Timestamp, *) by ReportId",
    "DeviceProcessEvents | summarize arg_max(Timestamp, *) by ReportId, DeviceName",
  ],
  [
    "KQL214",
    "DeviceProcessEvents | sort by Timestamp | count",
    "DeviceProcessEvents | sort by Timestamp | take 5 | count",
  ],
  [
    "KQL214",
    "DeviceProcessEvents | sort by Timestamp | summarize dcount(FileName) by DeviceId",
    "DeviceProcessEvents | sort by Timestamp | summarize make_list(FileName) by DeviceId",
  ],
  [
    "KQL241",
    processes('ProcessCommandLine contains " localgroup "'),
    processes('ProcessCommandLine contains "localgroup "'),
  ],
  ["KQL242", processes('tolower(FileName) == "net.exe"'), processes("tolower(FileName) == tolower(AccountName)")],
  ["KQL243", processes('AccountSid matches regex "S-1-5"'), processes('AccountSid matches regex "S.1.5"')],
  ["KQL251", "let x = 1; DeviceProcessEvents | take 1", "let x = 1; DeviceProcessEvents | take x"],
  [
    "KQL251",
    "let f = () { DeviceProcessEvents }; DeviceProcessEvents | take 1",
    "let f = () { DeviceProcessEvents }; f() | take 1",
  ],
];

describe.each(cases)("%s", (code, gives, silent) => {
  test(gives, () => expect(codesOf(gives)).toContain(code));
  test(`not: ${silent}`, () => expect(codesOf(silent)).not.toContain(code));
});

describe("KQL221", () => {
  const bounded = (text: string) => !checkKql(text).some((d) => d.code === "KQL221");
  test.each([
    ["DeviceProcessEvents | where FileName == 'x'", false],
    ["DeviceProcessEvents | where Timestamp > ago(1d)", true],
    ["let T = DeviceProcessEvents; T | where Timestamp between (ago(1d) .. now())", true],
    ["DeviceProcessEvents | project When = Timestamp | where When > ago(1d)", true],
    ["DeviceProcessEvents | take 10", true],
    ["DeviceInfo | where OSPlatform == 'Linux'", true],
    ["union DeviceProcessEvents, DeviceFileEvents | where FileName == 'x'", false],
    ["Unknown_CL | where TimeGenerated > ago(1d)", true],
    ["DeviceProcessEvents | extend Age = now() - Timestamp | where Age < 7d", true],
    ["print 1", true],
  ])("%s", (text, expected) => expect(bounded(text)).toBe(expected));
});

test("a finding has its place, the source's words and what would work", () => {
  const text = 'DeviceProcessEvents\n| where Timestamp > ago(1d)\n| where FileName in ("net.exe", "net1.exe")';
  expect(checkKql(text)).toEqual([
    {
      code: "KQL206",
      severity: "warning",
      message:
        "`in` minds case, and `FileName` holds a file name in any case: other spellings of `net.exe`, `net1.exe` are missed",
      hint: "use `in~`",
      start: text.indexOf("FileName"),
      end: text.length,
      line: 3,
      column: 9,
    },
  ]);
});

test("comparisons of one column in a row make one finding", () => {
  const text = processes('FileName == "a.exe" or FileName == "b.exe" or FileName == "c.exe"');
  expect(
    checkKql(text)
      .filter((d) => d.code === "KQL206")
      .map((d) => d.message),
  ).toEqual([expect.stringContaining("`a.exe`, `b.exe`, `c.exe`")]);
});
