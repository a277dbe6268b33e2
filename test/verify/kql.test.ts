import { describe, expect, it } from "vitest";
import { type Counterexample, type Subject, verify } from "../../src/verify/index.ts";

const kql = (text: string, name: string): Subject => ({ text: `DeviceProcessEvents | ${text}`, language: "kql", name });
const made = 3000;

async function counterexample(a: string, b: string): Promise<Counterexample> {
  const { comparisons } = await verify(kql(a, "A"), kql(b, "B"), { generate: made });
  const found = comparisons[0]?.counterexample;
  if (!found) throw new Error("no counterexample");
  return found;
}

describe("two KQL rules that differ", () => {
  it("differ on the shortest text that tells `has` from `contains`", async () => {
    const { events, responsible } = await counterexample(
      'where ProcessCommandLine has "net"',
      'where ProcessCommandLine contains "net"',
    );
    expect(events).toHaveLength(1);
    const text = String(events[0]?.fields.ProcessCommandLine);
    expect(text.toLowerCase()).toContain("net");
    expect(text).toHaveLength(4);
    expect(responsible.message).toBe('A drops the event at `where ProcessCommandLine has "net"`');
  });

  it("differ in case alone for `==` and `=~`", async () => {
    const { events } = await counterexample('where FileName == "net.exe"', 'where FileName =~ "net.exe"');
    expect(events).toHaveLength(1);
    const { Timestamp: _, ...fields } = events[0]?.fields ?? {};
    expect(Object.keys(fields)).toEqual(["FileName"]);
    expect(String(fields.FileName).toLowerCase()).toBe("net.exe");
    expect(fields.FileName).not.toBe("net.exe");
  });

  it.each([
    [
      "a filter that is not there",
      'where FileName =~ "a.exe" and not(AccountName == "bob")',
      'where FileName =~ "a.exe"',
    ],
    ["a bound that is not included", "where Timestamp > ago(1d)", "where Timestamp >= ago(1d)"],
    ["a list with one item less", 'where FileName in ("a", "b", "c")', 'where FileName in ("a", "b")'],
    ["`and` for `or`", 'where FileName == "a" or AccountName == "b"', 'where FileName == "a" and AccountName == "b"'],
    ["an escape", "where FolderPath endswith @'\\net.exe'", "where FolderPath matches regex @'(?i)\\\\net.exe$'"],
    ["a dot in a pattern", 'where FileName matches regex "^net\\\\.exe$"', 'where FileName matches regex "^net.exe$"'],
    ["has_any for has_all", 'where FileName has_any ("x", "y")', 'where FileName has_all ("x", "y")'],
  ])("differ by %s on one event", async (_, a, b) => {
    const { comparisons } = await verify(kql(a, "A"), kql(b, "B"), { generate: made });
    expect(comparisons[0]?.counterexample?.events).toHaveLength(1);
  });

  it("differ on two events of one group for `max` and `min`", async () => {
    const { events, responsible } = await counterexample(
      "summarize latest = max(Timestamp) by DeviceName",
      "summarize latest = min(Timestamp) by DeviceName",
    );
    expect(events).toHaveLength(2);
    expect(responsible.message).toContain("latest differ");
  });

  it("differ on as many events of one group as the count says", async () => {
    const { events } = await counterexample(
      "summarize n = count() by DeviceName | where n > 4",
      "summarize n = count() by DeviceName | where n >= 4",
    );
    expect(events).toHaveLength(4);
  });

  it("differ in the order of rows where the rule sorts", async () => {
    const { difference } = await counterexample(
      "summarize n = count() by DeviceName | sort by n desc",
      "summarize n = count() by DeviceName | sort by n asc",
    );
    expect(difference.summary).toContain("sorted differently");
  });
});

describe("two KQL rules that say the same", () => {
  it.each([
    [
      'where FileName =~ "net.exe" | where ProcessCommandLine has "use"',
      'where ProcessCommandLine has "USE" and FileName =~ "NET.exe"',
    ],
    ['where not(FileName has "a" or FileName has "b")', 'where FileName !has "a" and FileName !has "b"'],
    [
      "summarize arg_max(Timestamp, FileName) by DeviceName",
      "sort by FileName desc | summarize arg_max(Timestamp, FileName) by DeviceName",
    ],
    [
      "summarize s = make_set(FileName) by DeviceName",
      "sort by FileName asc | summarize s = make_set(FileName) by DeviceName",
    ],
    ['where FileName in ("a", "b")', 'where FileName == "b" or FileName == "a"'],
    ["where not(ProcessId == 5)", "where ProcessId != 5"],
  ])("have no counterexample, at full coverage: %s", async (a, b) => {
    const { comparisons, equal } = await verify(kql(a, "A"), kql(b, "B"), { generate: made });
    expect(comparisons[0]?.counterexample).toBeNull();
    expect(equal).toBe(true);
    for (const coverage of comparisons[0]?.coverage ?? []) expect(coverage.missed).toEqual([]);
  });
});

it("makes the same events for the same seed, and others for another", async () => {
  const a = kql('where ProcessCommandLine has "net" and FileName == "x"', "A");
  const b = kql('where ProcessCommandLine contains "net" and FileName == "x"', "B");
  const run = async (seed: number): Promise<string> =>
    JSON.stringify((await verify(a, b, { generate: 500, seed })).comparisons[0]?.counterexample?.events);
  expect(await run(1)).toBe(await run(1));
  expect(await run(1)).not.toBe(await run(2));
});

it("finds a difference that is on a given event alone", async () => {
  const a = kql('where FileName != "a.exe"', "A");
  const b = kql('where FileName != "a.exe" and strlen(FileName) != 173', "B");
  const events = {
    DeviceProcessEvents: [{ FileName: "b.exe" }, { FileName: "b".repeat(173), Timestamp: "2026-03-05T10:00:00Z" }],
  };
  const { comparisons } = await verify(a, b, { generate: 100, events });
  expect(comparisons[0]?.events).toEqual({ given: 2, made: 100 });
  expect(comparisons[0]?.counterexample?.events.map((e) => e.id)).toEqual(["given:2"]);
  expect((await verify(a, b, { generate: 100 })).equal).toBe(true);
});
