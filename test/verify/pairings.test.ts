import { describe, expect, it } from "vitest";
import { knownProfile } from "../../src/fields/profiles.ts";
import { transpile } from "../../src/index.ts";
import { languageOf, type Subject, type Verification, verificationToJunit, verify } from "../../src/verify/index.ts";

const profile = knownProfile("sysmon");
if (profile === undefined) throw new Error("no profile");

/** A rule in all the languages that verify reads, and what it says about itself in each. */
function editionsOf(kql: string): readonly Subject[] {
  const module = (name: string, standalone: boolean): Subject => ({
    text: transpile(kql, { to: "typescript", standalone }).text,
    language: "typescript",
    name,
  });
  const spl = transpile(kql, { to: "spl", profile });
  const sigma = transpile(kql, { to: "sigma" });
  return [
    { text: kql, language: "kql", name: "KQL" },
    { text: spl.text, language: "spl", name: "SPL", notes: spl.notes },
    { text: sigma.text, language: "sigma", name: "Sigma", notes: sigma.notes },
    module("a module", false),
    module("a standalone module", true),
  ];
}

const options = { profile, generate: 600 };
const rule = `DeviceProcessEvents
| where FileName =~ "net.exe" and ProcessCommandLine contains "user"
| project Timestamp, DeviceName, ProcessCommandLine`;
const other = rule.replace("contains", "startswith");

describe("every pairing of languages", () => {
  const editions = editionsOf(rule);
  const others = editionsOf(other);
  const pairs = editions.flatMap((a) => others.map((b) => ({ a, b })));

  it.each(pairs)("$a.name and $b.name", async ({ a, b }) => {
    const same = editions.find((e) => e.name === b.name) ?? b;
    expect((await verify(a, same, options)).comparisons[0]?.counterexample ?? null).toBeNull();
    const [comparison] = (await verify(a, b, options)).comparisons;
    expect(comparison?.verdict).toBe("differs");
    expect(comparison?.counterexample?.events).toHaveLength(1);
    expect(comparison?.counterexample?.responsible.message).not.toBe("");
  });

  it("knows each by its text", () => {
    expect(editions.map((e) => languageOf(e.text))).toEqual(editions.map((e) => e.language));
  });
});

describe("rules on several tables and on dynamic columns", () => {
  const verifyPorts = async (kql: string, changed: string): Promise<readonly Verification[]> => {
    const defender = knownProfile("defender");
    const spl = transpile(kql, { to: "spl", profile: "defender" });
    const first: Subject = { text: kql, language: "kql", name: "rule" };
    const seconds: readonly Subject[] = [
      { text: spl.text, language: "spl", name: "SPL", notes: spl.notes, ...(defender && { profile: defender }) },
      { text: transpile(kql, { to: "typescript" }).text, language: "typescript", name: "module" },
      { text: changed, language: "kql", name: "changed" },
    ];
    return Promise.all(seconds.map((b) => verify(first, b, { generate: 1500 })));
  };

  it.each([
    [
      "a join",
      `DeviceProcessEvents | where FileName =~ "a.exe"
       | join kind=inner (DeviceNetworkEvents | where RemotePort == 445 | project DeviceId, RemoteUrl) on DeviceId
       | project DeviceId, RemoteUrl`,
      ["RemotePort == 445", "RemotePort >= 445"],
      "DeviceNetworkEvents",
    ],
    [
      "a join for rows without a partner",
      `DeviceProcessEvents | where FileName =~ "a.exe"
       | join kind=leftanti (DeviceNetworkEvents | where RemoteUrl has "evil") on DeviceId
       | summarize n = count() by DeviceId`,
      ["leftanti", "leftsemi"],
      "",
    ],
    [
      "a union",
      `union (DeviceProcessEvents | where FileName =~ "a.exe"), (DeviceFileEvents | where FolderPath endswith "b.dll")
       | summarize n = count() by DeviceName`,
      ["endswith", "contains"],
      "",
    ],
    [
      "a dynamic column",
      `DeviceEvents | extend d = parse_json(AdditionalFields) | where tostring(d.Kind) == "x"
       | summarize n = count() by Name = tostring(d.Name)`,
      ["d.Kind", "d.Name"],
      "DeviceEvents",
    ],
    [
      "the elements of an array",
      `DeviceProcessEvents | extend part = split(ProcessCommandLine, " ") | mv-expand part to typeof(string)
       | where part startswith "/add" | summarize n = count() by part`,
      ["startswith", "has"],
      "",
    ],
  ])("%s", { timeout: 60_000 }, async (_, kql, [from = "", to = ""], table) => {
    const [spl, module, changed] = await verifyPorts(kql, kql.replace(from, to));
    expect(spl?.comparisons[0]?.verdict).toBe("equal");
    expect(module?.comparisons[0]?.verdict).toBe("equal");
    const found = changed?.comparisons[0]?.counterexample;
    expect(found?.events.length).toBeGreaterThan(0);
    expect(found?.events.length).toBeLessThanOrEqual(3);
    if (table !== "") expect(found?.events.some((e) => e.table === table)).toBe(true);
    for (const { missed } of spl?.comparisons[0]?.coverage ?? []) expect(missed).toEqual([]);
  });
});

it("asks of a Sigma rule no less where the rule has a condition that Sigma lacks a field for", async () => {
  const kql = 'DeviceProcessEvents | where FileName =~ "a.exe" and AccountUpn has "b"';
  const { text, notes } = transpile(kql, { to: "sigma" });
  const narrow: Subject = { text: text.replace("a.exe", "aa.exe"), language: "sigma", name: "Sigma", notes };
  const rule: Subject = { text: kql, language: "kql", name: "KQL" };
  const [comparison] = (await verify(rule, { ...narrow, text }, options)).comparisons;
  expect(comparison?.counterexample).toBeNull();
  expect(comparison?.coverage[0]?.missed).toEqual([]);
  expect((await verify(rule, narrow, { generate: 600 })).equal).toBe(false);
});

it("writes what it found for a CI", async () => {
  const a: Subject = { text: 'DeviceEvents | where FileName == "<a>"', language: "kql", name: 'a "rule"' };
  const b: Subject = { text: 'DeviceEvents | where FileName =~ "<a>"', language: "kql", name: "b & c" };
  const xml = verificationToJunit(await verify(a, b, { generate: 300 }));
  expect(xml).toContain('<testsuite name="ruleport verify" tests="1" failures="1" errors="0" skipped="0">');
  expect(xml).toContain('<testcase classname="a &quot;rule&quot;" name="b &amp; c"><failure message="');
  expect(xml).toContain("&lt;A&gt;");
  expect(xml).toContain("drops the event at `where FileName == &quot;&lt;a&gt;&quot;`");
});
