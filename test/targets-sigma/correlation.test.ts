import { describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import type { RuleInfo } from "../../src/plan/emission.ts";
import { readSigma } from "../../src/sigma/read.ts";
import { transpile } from "../../src/transpile.ts";

const port = (kql: string, info: RuleInfo = {}) => transpile(kql, { to: "sigma", info: { name: "T", ...info } });

const net = 'DeviceProcessEvents | where FileName =~ "net.exe"';
const documents = (text: string): unknown[] => parseAllDocuments(text).map((document) => document.toJS());
const correlationOf = (kql: string, info: RuleInfo = {}): unknown => {
  const { text } = port(kql, info);
  const [, second] = documents(text) as [unknown, { correlation: unknown }?];
  return second?.correlation;
};

describe("a count by group that is compared becomes a correlation", () => {
  test.each([
    ["summarize n = count() by DeviceName, bin(Timestamp, 1h) | where n > 5", "event_count", "1h", { gt: 5 }],
    ["summarize count() by DeviceName, bin(Timestamp, 90m) | where count_ >= 5", "event_count", "90m", { gte: 5 }],
    ["summarize n = count() by DeviceName, bin(Timestamp, 1d) | where 5 > n", "event_count", "1d", { lt: 5 }],
    [
      "summarize n = dcount(ProcessCommandLine) by DeviceName, bin(Timestamp, 30s) | where n == 10",
      "value_count",
      "30s",
      { field: "CommandLine", eq: 10 },
    ],
    [
      "extend Host = DeviceName, C = ProcessCommandLine | summarize n = dcount(C), m = count() by Host, bin(Timestamp, 1h) | project Host, N = n | where N > 2 | sort by N",
      "value_count",
      "1h",
      { field: "CommandLine", gt: 2 },
    ],
  ])("%s", (rest, type, timespan, condition) => {
    expect(correlationOf(`${net} | ${rest}`)).toEqual({
      type,
      rules: ["t_events"],
      generate: false,
      "group-by": ["Computer"],
      timespan,
      condition,
    });
  });

  test("the span is that of the query's time filter, or of the rule's schedule", () => {
    const count = "summarize n = count() by DeviceName | where n > 5";
    expect(correlationOf(`${net} and Timestamp > ago(6h) | ${count}`)).toMatchObject({ timespan: "6h" });
    expect(correlationOf(`${net} | ${count}`, { period: 5400 })).toMatchObject({ timespan: "90m" });
    expect(correlationOf(`${net} | ${count}`)).toBeUndefined();
  });

  test("what the rule says of itself stands in the second document, the first has its name alone", () => {
    const id = "2fed0668-6d43-4c78-87e6-510f96f12145";
    const info = { name: "Net 1", id, severity: "High", techniques: ["T1021"], falsePositives: ["x"] };
    const { text } = port(`${net} | summarize n = count() by DeviceName, bin(Timestamp, 1h) | where n > 5`, info);
    const [events, correlation] = documents(text);
    expect(events).toMatchObject({ title: "Net 1: events", name: "net_1_events", logsource: {}, detection: {} });
    expect(Object.keys(events ?? {})).toEqual(["title", "name", "logsource", "detection"]);
    expect(correlation).toMatchObject({
      title: "Net 1",
      id,
      level: "high",
      tags: ["attack.t1021"],
      falsepositives: ["x"],
    });
    expect(correlation).not.toHaveProperty("detection");
    expect(readSigma(text)).toMatchObject({ title: "Net 1: events", name: "net_1_events" });
  });

  test("notes say where it is only approximate", () => {
    const causes = (rest: string) =>
      port(`${net} | ${rest}`).notes.flatMap((note) => (note.level === "approximate" ? [note.cause] : []));
    expect(causes("summarize n = count() by DeviceName, bin(Timestamp, 1h) | where n > 5")).toEqual([
      "timespan",
      "absent-group",
    ]);
    expect(causes("summarize n = count() by AccountName, bin(Timestamp, 1h) | where n > 5")).toEqual([
      "timespan",
      "absent-group",
      "group-field",
    ]);
  });
});

describe("what no correlation says stays a rule of single events, with a note", () => {
  test.each([
    ["no threshold", "summarize n = count() by DeviceName, bin(Timestamp, 1h)"],
    ["no group", "summarize n = count() by bin(Timestamp, 1h) | where n > 5"],
    ["another aggregate", "summarize n = max(ProcessId) by DeviceName, bin(Timestamp, 1h) | where n > 5"],
    [
      "a group of two fields",
      "summarize n = count() by k = strcat(DeviceName, FolderPath), bin(Timestamp, 1h) | where n > 5",
    ],
    ["a limit below", "take 10 | summarize n = count() by DeviceName, bin(Timestamp, 1h) | where n > 5"],
    [
      "two groupings",
      "summarize n = count() by DeviceName, AccountName, bin(Timestamp, 1h) | summarize m = count() by DeviceName | where m > 5",
    ],
    [
      "a count that is changed",
      "summarize n = count() by DeviceName, bin(Timestamp, 1h) | extend n = n * 2 | where n > 5",
    ],
    [
      "values of a computed field",
      "summarize n = dcount(tolower(FolderPath)) by DeviceName, bin(Timestamp, 1h) | where n > 5",
    ],
  ])("%s", (_, rest) => {
    const { text, notes } = port(`${net} | ${rest}`);
    expect(documents(text)).toHaveLength(1);
    expect(notes.map((note) => note.cause)).toContain("aggregation");
  });
});
