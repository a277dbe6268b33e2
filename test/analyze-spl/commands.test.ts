import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileKql } from "../../src/compile.ts";
import { type TranspiledSpl, transpileSpl } from "../../src/transpile-spl.ts";

const sysmon = 'source="XmlWinEventLog:Microsoft-Windows-Sysmon/Operational" EventCode=1 ';
const defender =
  'sourcetype="mscs:azure:eventhub:defender:advancedhunting" category="AdvancedHunting-DeviceProcessEvents" ';
const kql = (search: string): TranspiledSpl => transpileSpl(search, { to: "kql" });
/** The operators behind the table, each on a line. */
const operators = (search: string): string[] => {
  const { text, notes } = kql(search);
  if (text === "") throw new Error(notes.map((n) => n.message).join("; "));
  return text.trim().split("\n| ").slice(1);
};
const noteOf = (search: string, level: string): string[] =>
  kql(search)
    .notes.filter((n) => n.level === level)
    .map((n) => `${n.cause} @ ${search.slice(n.span.start, n.span.end)}`);

describe("terms of a search", () => {
  it.each([
    ['Image="*\\\\net.exe"', 'FileName =~ "net.exe"'],
    ['Image="*\\\\a.exe" OR Image="*\\\\b.exe"', 'FileName in~ ("a.exe", "b.exe")'],
    ['Image="*\\\\net*.exe"', 'FolderPath matches regex @"(?is)\\\\net.*\\.exe$"'],
    ['CommandLine="*use*"', 'ProcessCommandLine contains "use"'],
    ['CommandLine="net*"', 'ProcessCommandLine startswith "net"'],
    ['CommandLine="net*use*"', 'ProcessCommandLine matches regex "(?is)^net.*use"'],
    [
      "CommandLine=a OR CommandLine=b CommandLine!=c",
      'ProcessCommandLine in~ ("a", "b") and ProcessCommandLine !~ "c"',
    ],
    ['NOT User="NT AUTHORITY\\\\*"', 'AccountDomain !~ "NT AUTHORITY"'],
    ["ProcessId=4", "ProcessId == 4"],
    ['OriginalFileName="-"', "isempty(ProcessVersionInfoOriginalFileName)"],
    [`Hashes="*MD5=${"A1".repeat(16)}*"`, `MD5 =~ "${"a1".repeat(16)}"`],
    ["earliest=-24h@h", "Timestamp >= bin(ago(1d), 1h)"],
  ])("%s", (terms, expected) => {
    expect(operators(sysmon + terms)).toEqual([`where ${expected}`]);
    expect(kql(sysmon + terms).fidelity).toBe("exact");
  });

  it("tell != from NOT where a field may be absent", () => {
    expect(operators(`${defender}AccountUpn!=a`)).toEqual(['where isnotempty(AccountUpn) and AccountUpn !~ "a"']);
    expect(operators(`${defender}NOT AccountUpn=a`)).toEqual(['where AccountUpn !~ "a"']);
  });

  it("that look into the raw event, or at what no column holds, are located", () => {
    expect(noteOf(`${sysmon}mimikatz`, "unsupported")).toEqual(["raw-text @ mimikatz"]);
    expect(noteOf(`${sysmon}Foo=1`, "unsupported")).toEqual(["no-field @ Foo=1"]);
    expect(noteOf("index=web status=200", "unsupported")[0]).toMatch(/^no-table @ /);
  });

  it("select a table only where they select its events", () => {
    expect(kql(sysmon.replace("=1", "=3")).fidelity).toBe("unsupported");
    expect(kql("index=main EventCode=1 Image=x").fidelity).toBe("unsupported");
    expect(transpileSpl("Image=x", { to: "kql", from: "sysmon" }).text).toContain('FolderPath =~ "x"');
  });
});

describe("where and eval", () => {
  it.each([
    ['where CommandLine="Net"', ['where ProcessCommandLine == "Net"']],
    ['where like(CommandLine, "%a_b%")', ['where ProcessCommandLine matches regex "(?s)a.b"']],
    ['where NOT match(CommandLine, "(?i)^net$")', ['where ProcessCommandLine !~ "net"']],
    [
      'where match(CommandLine, "(?i)(?<![\\p{L}\\p{N}])use(?![\\p{L}\\p{N}])")',
      ['where ProcessCommandLine has "use"'],
    ],
    ["where ProcessId/2>3", ["where toreal(ProcessId) / 2 > 3"]],
    ['where _time>relative_time(now(),"-1h")', ["where Timestamp > ago(1h)"]],
    [
      'eval s=case(match(CommandLine,"(?i)x"),"high",true(),1)',
      ['extend s = iff(ProcessCommandLine contains "x", "high", "1")'],
    ],
    ["eval a=len(CommandLine), b=a+1", ["extend a = strlen(ProcessCommandLine)", "extend b = a + 1"]],
    ['eval p=mvindex(split(Image,"\\\\"),-1)', ['extend p = tostring(split(FolderPath, "\\\\")[-1])']],
  ])("%s", (command, expected) => {
    expect(operators(`${sysmon}| ${command}`).map((o) => o.replace('@"\\"', '"\\\\"'))).toEqual(expected);
  });

  it("keep Splunk's null: a comparison with an absent field is neither true nor false", () => {
    const has = "isnotempty(AccountUpn) and ";
    expect(operators(`${defender}| where AccountUpn!="a"`)).toEqual([`where ${has}AccountUpn != "a"`]);
    expect(operators(`${defender}| where NOT AccountUpn="a"`)).toEqual([`where ${has}AccountUpn != "a"`]);
    expect(operators(`${defender}| where isnull(AccountUpn) OR AccountUpn!="a"`)).toEqual(['where AccountUpn != "a"']);
  });

  it("say where the column lost the letter case", () => {
    expect(operators(`${sysmon}| where Computer="ABC"`)).toEqual(['where DeviceName =~ "ABC"']);
    expect(noteOf(`${sysmon}| where Computer="ABC"`, "approximate")).toEqual(['letter-case @ Computer="ABC"']);
  });

  it("do not guess a regular expression that KQL does not have", () => {
    expect(noteOf(`${sysmon}| rex field=CommandLine "a(?=b)(?<x>.)"`, "unsupported")[0]).toMatch(/^regex @ rex/);
  });
});

describe("commands", () => {
  it.each([
    ["stats count by Image", ["summarize count = count() by FolderPath"]],
    [
      "stats dc(Image) as n values(Image) as all latest(CommandLine) as c by OriginalFileName | where n>3 | sort 0 -n",
      [
        "summarize n = count_distinct(FolderPath),\n            all = make_set(FolderPath),\n            (c_time, c) = arg_max(Timestamp, ProcessCommandLine)\n    by ProcessVersionInfoOriginalFileName",
        "project-away c_time",
        "where n > 3",
        "sort by n desc",
      ],
    ],
    [
      "dedup Image | table _time Image",
      ["summarize arg_max(Timestamp, *) by FolderPath", "project Timestamp, FolderPath"],
    ],
    ["head", ["top 10 by Timestamp desc"]],
    ["sort 5 ProcessId", ["top 5 by ProcessId asc nulls last"]],
    [
      "bin _time span=1h | stats count by _time",
      ["extend Timestamp = bin(Timestamp, 1h)", "summarize count = count() by Timestamp"],
    ],
    [
      "stats count by Image | rename Image as path",
      ["summarize count = count() by FolderPath", "project-rename path = FolderPath"],
    ],
    ["stats count by Image | fields - count", ["summarize count = count() by FolderPath", "project-away count"]],
    [
      'rex field=CommandLine "/user:(?<u>\\S+)" | search u=adm*',
      ['extend u = extract(@"/user:(\\S+)", 1, ProcessCommandLine)', 'where u startswith "adm"'],
    ],
    ["top limit=3 showperc=f Image", ["summarize count = count() by FolderPath", "top 3 by count desc"]],
  ])("%s", (command, expected) => {
    expect(operators(`${sysmon}| ${command}`)).toEqual(expected);
  });

  it("drop rows without a key, as stats does", () => {
    expect(operators(`${defender}| stats count by AccountUpn`)).toEqual([
      "where isnotempty(AccountUpn)",
      "summarize count = count() by AccountUpn",
    ]);
    expect(operators(`${defender}| fillnull value="" AccountUpn | stats count by AccountUpn`)).toEqual([
      "summarize count = count() by AccountUpn",
    ]);
  });

  it.each(["lookup x.csv Image OUTPUT y", "eventstats count by Image", "transaction Image", "dedup 2 Image"])(
    "%s is located",
    (command) => {
      const [note = ""] = noteOf(`${sysmon}| ${command}`, "unsupported");
      expect(note.slice(note.indexOf("@") + 2)).toBe(command);
    },
  );

  it("leave a filter macro out and no other one", () => {
    expect(noteOf(`${sysmon}| \`my_rule_filter\``, "info")).toEqual(["filter-macro @ `my_rule_filter`"]);
    expect(noteOf(`${sysmon}| \`my_rule\``, "unsupported")).toEqual(["macro @ `my_rule`"]);
  });
});

describe("data models", () => {
  const tstats = (rest: string): string => `| tstats count from datamodel=Endpoint.${rest}`;

  it("name what no column holds", () => {
    const search = tstats("Processes by Processes.dest Processes.action Processes.process_guid");
    const left = kql(search).notes.find((n) => n.cause === "left-out-fields");
    expect(left?.message).toContain("action and process_guid");
    expect(operators(search)).toEqual(["summarize count = count() by DeviceName"]);
  });

  it("know what every started process has", () => {
    const search = tstats("Processes where Processes.action!=blocked Processes.process_exec=net.exe by Processes.dest");
    expect(operators(search)[0]).toBe('where FileName =~ "net.exe"');
  });

  it("want the dataset before a field's name", () => {
    expect(noteOf(tstats("Processes by process_name"), "unsupported")[0]).toMatch(/^no-field @ tstats/);
  });

  it("read the registry as Defender writes it", () => {
    const search = tstats(
      'Registry where Registry.registry_path="*\\\\Control\\\\Lsa\\\\RunAsPPL" Registry.registry_value_data="0x0000000a" by Registry.dest',
    );
    expect(operators(search)[0]).toBe(
      'where RegistryKey endswith @"\\Control\\Lsa" and RegistryValueName =~ "RunAsPPL" and RegistryValueData == "10"',
    );
    expect(kql(search).fidelity).toBe("approximate");
  });
});

describe("hostile text", () => {
  it("that would grow without end is given up", () => {
    const search = `${sysmon}| eval x=${"nullif(".repeat(60)}Image${',"a")'.repeat(60)}`;
    expect(noteOf(search, "unsupported")[0]).toMatch(/^too-long @ /);
  });

  it("stays in its quotes", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.constantFrom("search", "where"), (value, command) => {
        const text = value.replaceAll(/[*`]/g, "");
        fc.pre(text !== "" && text !== "-");
        const quoted = `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
        const { text: written } = kql(`${sysmon}| ${command} CommandLine=${quoted}`);
        const { plan, diagnostics } = compileKql(written);
        expect(diagnostics).toEqual([]);
        if (plan?.body.kind !== "filter" || plan.body.predicate.kind !== "call") throw new Error(written);
        const constant = plan.body.predicate.args[1];
        expect(constant?.kind === "literal" && constant.value).toBe(text);
      }),
      { numRuns: 100 },
    );
  });
});
