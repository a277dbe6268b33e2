import { describe, expect, test } from "vitest";
import { codesOfRule } from "./codes.ts";

const rule = (query: string, more = "") => `name: R
queryPeriod: 1d
query: |
  ${query}
entityMappings:
  - entityType: Host
    fieldMappings:
      - identifier: HostName
        columnName: Computer
${more}`;

describe("columns that the file needs", () => {
  test.each([
    ["SecurityEvent | summarize count() by EventID", ["KQL231"]],
    ["SecurityEvent | summarize count() by Computer", []],
    ["SecurityEvent | project Computer", []],
    ["SecurityEvent | project-away Computer", ["KQL231"]],
    ["SecurityEvent | project-rename Host = Computer", ["KQL231"]],
    // What an unknown table holds, nobody knows.
    ["MyTable | where x == 1", ["KQL110"]],
    ["MyTable | project x", ["KQL110", "KQL231"]],
  ])("%s", (query, expected) => expect(codesOfRule(rule(query)).sort()).toEqual(expected));

  test("custom details", () => {
    const details = "customDetails:\n  Who: Account\n";
    expect(codesOfRule(rule("SecurityEvent | project Computer", details))).toEqual(["KQL231"]);
    expect(codesOfRule(rule("SecurityEvent | project Computer, Account", details))).toEqual([]);
  });

  test("a custom detection of Defender", () => {
    const detection = (query: string) => `name: R\ndetectionAction: {}\nquery: ${query}\n`;
    expect(codesOfRule(detection("DeviceEvents | project DeviceId"))).toEqual(["KQL231"]);
    expect(codesOfRule(detection("DeviceEvents | project DeviceId, Timestamp, ReportId"))).toEqual([]);
  });
});

describe("how far the rule sees", () => {
  const sees = (period: string, filter: string) =>
    codesOfRule(`name: R\nqueryPeriod: ${period}\nquery: |\n  SecurityEvent\n  | where ${filter}\n`);
  test.each([
    ["1d", "TimeGenerated > ago(1d)", []],
    ["1d", "TimeGenerated > ago(25h)", ["KQL222"]],
    ["P1D", "TimeGenerated > ago(2d)", ["KQL222"]],
    ["PT24H", "TimeGenerated > ago(1d)", []],
    ["14d", "TimeGenerated between (ago(30d) .. ago(1d))", ["KQL222"]],
    ["1d", "TimeGenerated > now() - 3d", ["KQL222"]],
    ["1d", "TimeGenerated > startofday(ago(7d))", ["KQL222"]],
    ["1d", "EventID == 4625", []],
  ])("%s: %s", (period, filter, expected) => expect(sees(period, filter)).toEqual(expected));
});
