import { describe, expect, it } from "vitest";
import { transpile } from "../../src/transpile.ts";

/** The search of a filter, without the terms that select the events. */
function filter(predicate: string, profile = "defender"): string {
  const { text, notes, diagnostics } = transpile(`DeviceProcessEvents | where ${predicate}`, { to: "spl", profile });
  if (text === "") throw new Error(JSON.stringify([notes, diagnostics]));
  return text.replace(/^.*?(?:DeviceProcessEvents"|EventCode=1)\s*/s, "").trim();
}

describe("what search says in full stays there", () => {
  it.each([
    ['FileName =~ "net.exe"', 'FileName="net.exe"'],
    ['FileName !~ "net.exe"', 'NOT FileName="net.exe"'],
    ['FileName in~ ("a.exe", "b.exe")', 'FileName IN ("a.exe", "b.exe")'],
    ['FileName =~ "a.exe" or FileName =~ "b.exe"', 'FileName IN ("a.exe", "b.exe")'],
    ['ProcessCommandLine contains "x"', 'ProcessCommandLine="*x*"'],
    ['ProcessCommandLine !contains " /add"', 'NOT ProcessCommandLine="* /add*"'],
    ['FolderPath startswith @"C:\\x"', 'FolderPath="C:\\\\x*"'],
    ['FolderPath endswith @"\\"', 'FolderPath="*\\\\"'],
    ['ProcessCommandLine has " /do "', 'ProcessCommandLine="* /do *"'],
    ['DeviceId == "123.4"', 'DeviceId="123.4"'],
    ["ProcessId == 4", "ProcessId=4"],
    ["ProcessId != 4", "NOT ProcessId=4"],
    ['tolower(FileName) == "net.exe"', 'FileName="net.exe"'],
    ['FileName =~ "007"', 'FileName="007"'],
    ['not(FileName =~ "a" or DeviceName =~ "b")', 'NOT FileName="a" NOT DeviceName="b"'],
    ['not(FileName =~ "a" and DeviceName =~ "b")', '(NOT FileName="a" OR NOT DeviceName="b")'],
  ])("%s", (predicate, expected) => {
    expect(filter(predicate)).toBe(expected);
  });
});

describe("what it says in part is said in full by where", () => {
  it.each([
    ['FileName == "net.exe"', 'FileName="net.exe"\n| where FileName=="net.exe"'],
    ['FileName in ("a", "B")', 'FileName IN ("a", "B")\n| where FileName IN ("a", "B")'],
    ['ProcessCommandLine contains "a*b"', 'ProcessCommandLine="*a*b*"\n| where match(ProcessCommandLine, "(?i)a\\*b")'],
    [
      'ProcessCommandLine has "use"',
      'ProcessCommandLine="*use*"\n| where match(ProcessCommandLine, "(?i)(?<![\\p{L}\\p{N}])use(?![\\p{L}\\p{N}])")',
    ],
    [
      'ProcessCommandLine has_all ("use", "/x:")',
      'ProcessCommandLine="*use*" ProcessCommandLine="*/x:*"\n| where match(ProcessCommandLine, "(?i)(?<![\\p{L}\\p{N}])use(?![\\p{L}\\p{N}])")',
    ],
    ['ProcessCommandLine matches regex @"\\d+"', '| where match(ProcessCommandLine, "\\p{Nd}+")'],
    ['FileName == "a" or FileName matches regex "b"', '| where FileName=="a" OR match(FileName, "b")'],
    ["ProcessId > 4", "| where ProcessId>4"],
    // Only the alternative that the search says in part comes back, and of that only the part.
    [
      '(FileName has "a" and FolderPath !contains "/x") or FileName =~ "b"',
      '((FileName="*a*" NOT FolderPath="*/x*") OR FileName="b")\n| where match(FileName, "(?i)(?<![\\p{L}\\p{N}])a(?![\\p{L}\\p{N}])") OR lower(FileName)=="b"',
    ],
    // Two texts at one place are one expression.
    [
      'FileName endswith ".a" or FileName endswith ".b" or FileName has "c"',
      'FileName IN ("*.a", "*.b", "*c*")\n| where match(FileName, "(?i)(?:\\.a|\\.b)\\z")\n    OR match(FileName, "(?i)(?<![\\p{L}\\p{N}])c(?![\\p{L}\\p{N}])")',
    ],
    ["FileName == AccountName", '| where coalesce(FileName, "")==coalesce(AccountName, "")'],
  ])("%s", (predicate, expected) => {
    expect(filter(predicate)).toBe(expected);
  });
});

it("says alternatives in full where the search says two of them in part: an event may have met the other one's terms", () => {
  const search = filter(
    '(FileName has "a" and FolderPath !contains "/x") or (FileName has "b" and FolderPath contains "/y")',
  );
  expect(search).toContain('AND (isnull(FolderPath) OR NOT match(FolderPath, "(?i)/x"))');
  expect(search).toContain('AND match(FolderPath, "(?i)/y")');
});

describe("an absent field is KQL's empty string", () => {
  it.each([
    // KQL keeps the event where the negated test is true for "".
    ['FileName != "a"', '| where isnull(FileName) OR FileName!="a"'],
    [
      'FileName !has "ab"',
      '| where isnull(FileName) OR NOT match(FileName, "(?i)(?<![\\p{L}\\p{N}])ab(?![\\p{L}\\p{N}])")',
    ],
    ['not(FileName matches regex "^a")', '| where isnull(FileName) OR NOT match(FileName, "^a")'],
    // A test that "" passes keeps it too.
    ['FileName matches regex "^a*$"', '| where isnull(FileName) OR match(FileName, "^a*\\z")'],
    // A test elsewhere that an absent field fails makes the guard needless.
    ['FileName != "a" and FileName contains "x"', 'FileName="*x*"\n| where FileName!="a"'],
    ["isempty(FileName)", '| where isnull(FileName) OR FileName==""'],
    ["isnotempty(FileName)", 'FileName=*\n| where FileName!=""'],
    // A number is null: not equal to anything, and in no order.
    [
      "ProcessId != 4 or FileName == 'a'",
      '(NOT ProcessId=4 OR FileName="a")\n| where isnull(ProcessId) OR ProcessId!=4 OR FileName=="a"',
    ],
    ["not(ProcessId > 4)", "| where ProcessId<=4"],
  ])("%s", (predicate, expected) => {
    expect(filter(predicate)).toBe(expected);
  });

  it.each([
    [
      'ProcessVersionInfoOriginalFileName != "-"',
      '| where isnull(OriginalFileName) OR OriginalFileName=="-" OR OriginalFileName!="-"',
    ],
    [
      "isempty(ProcessVersionInfoOriginalFileName)",
      '| where isnull(OriginalFileName) OR OriginalFileName=="-" OR OriginalFileName==""',
    ],
    [
      'ProcessVersionInfoOriginalFileName startswith "-"',
      'OriginalFileName="-*"\n| where OriginalFileName!="-" AND match(OriginalFileName, "^-")',
    ],
    ['ProcessVersionInfoOriginalFileName =~ "net.exe"', 'OriginalFileName="net.exe"'],
    ["isnotempty(ProcessVersionInfoOriginalFileName)", '| where OriginalFileName!="" AND OriginalFileName!="-"'],
  ])("and so is the text that stands for it: %s", (predicate, expected) => {
    expect(filter(predicate, "sysmon")).toBe(expected);
  });
});

describe("a part of a field", () => {
  it.each([
    ['FileName =~ "net.exe"', 'Image="*\\\\net.exe"'],
    ['FileName in~ ("net.exe", "net1.exe")', 'Image IN ("*\\\\net.exe", "*\\\\net1.exe")'],
    ['FileName endswith ".scr"', 'Image="*.scr"'],
    ['FileName startswith "net"', 'Image="*\\\\net*"\n| where match(mvindex(split(Image, "\\\\"), -1), "(?i)^net")'],
    ['FileName == "net.exe"', 'Image="*\\\\net.exe"\n| where mvindex(split(Image, "\\\\"), -1)=="net.exe"'],
    ['AccountName == "bob"', 'User="*\\\\bob"'],
    ['AccountDomain =~ "contoso"', 'User="contoso\\\\*"'],
    [
      'SHA256 == "aeb241959f4a7b7c29f45d27fd65c5326f9592d25badd1a7659de0da351bf96e"',
      'Hashes="*SHA256=aeb241959f4a7b7c29f45d27fd65c5326f9592d25badd1a7659de0da351bf96e*"',
    ],
    // Too short for a hash: the wildcard behind it would find longer ones.
    [
      'SHA256 =~ "AEB24195"',
      'Hashes="*SHA256=AEB24195*"\n| where if(match(Hashes, "SHA256="), lower(replace(Hashes, "^(?:.*,)?SHA256=([0-9A-Fa-f]+).*$", "\\1")), "")=="aeb24195"',
    ],
  ])("%s", (predicate, expected) => {
    expect(filter(predicate, "sysmon")).toBe(expected);
  });
});

describe("computed columns", () => {
  const port = (kql: string): string =>
    transpile(`DeviceProcessEvents | ${kql}`, { to: "spl", profile: "defender" }).text.replace(/^.*\n/, "");

  it("narrow the base search by what their filters imply", () => {
    expect(port('extend k = case(FileName =~ "a", "A", FileName =~ "b", "B", "other") | where k != "other"')).toBe(
      '    FileName IN ("a", "b")\n| eval k=case(lower(FileName)=="a", "A", lower(FileName)=="b", "B", true(), "other")\n| where k!="other"\n',
    );
  });

  it("let a filter behind them that does not read them move", () => {
    expect(port('extend n = strlen(FileName) | where DeviceName =~ "d"')).toBe(
      '    DeviceName="d"\n| eval n=len(coalesce(FileName, ""))\n',
    );
  });

  it("do not let a filter move before a limit", () => {
    expect(port('take 5 | where DeviceName =~ "d"')).toBe('| head 5\n| where lower(DeviceName)=="d"\n');
  });
});

describe("time", () => {
  it.each([
    ["Timestamp >= ago(7d)", "earliest=-168h"],
    ["Timestamp < ago(90m)", "latest=-90m"],
    ["Timestamp > ago(1h)", "earliest=-1h\n| where _time>now()-3600"],
    ["Timestamp > startofday(ago(30d))", "earliest=-744h\n| where _time>floor((now()-2592000)/86400)*86400"],
    [
      "Timestamp between (datetime(2024-01-01) .. 1d)",
      "earliest=1704067200 latest=1704153601\n| where _time<=1704153600",
    ],
    ["ago(1d) <= Timestamp", "earliest=-24h"],
    ["bin(Timestamp, 1h) == datetime(2024-01-01)", "| where floor(_time/3600)*3600==1704067200"],
  ])("%s", (predicate, expected) => {
    expect(filter(predicate)).toBe(expected);
  });
});
