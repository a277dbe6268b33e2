import { expect } from "vitest";
import { parse } from "yaml";
import { portRule } from "../../src/cli/port-rule.ts";
import { type RuleContent, ruleContent } from "../../src/cli/rule-content.ts";
import { readRule } from "../../src/rules/read.ts";

const options = { schemas: {}, profiles: [] };

/** Everything that is deployed of a rule file. */
export function contentOf(text: string, path = "rule.yml"): RuleContent {
  const { rule, diagnostics } = readRule(text, path);
  if (rule === null) throw new Error(diagnostics.map((d) => d.message).join("; "));
  return ruleContent(rule, path, portRule(rule, options), options);
}

export function built(content: RuleContent, id: string) {
  const found = content.built.find((entry) => entry.id === id);
  if (found === undefined) throw new Error(`no ${id}`);
  return found;
}

/** The text of a format, which must be there. */
export function textOf(content: RuleContent, id: string): string {
  const { text, notes } = built(content, id);
  expect(notes.filter((note) => note.level === "unsupported")).toEqual([]);
  return text ?? "";
}

export function yamlOf(content: RuleContent, id: string): Record<string, unknown> {
  return parse(textOf(content, id));
}

/** A scheduled rule with everything that Sentinel has a field for. */
export const full = `id: 2fed0668-6d43-4c78-87e6-510f96f12145
name: Net use by script
description: Finds net use.
severity: High
requiredDataConnectors:
  - connectorId: MicrosoftThreatProtection
    dataTypes: [DeviceProcessEvents]
queryFrequency: 45m
queryPeriod: 2h
triggerOperator: GreaterThan
triggerThreshold: 3
tactics: [CredentialAccess, LateralMovement]
relevantTechniques: [T1552.001, T1021]
query: |
  // kept to the letter,   blanks included  
  DeviceProcessEvents
  | where FileName =~ "net.exe" and ProcessCommandLine has "use"
  | project Timestamp, DeviceId, ReportId, DeviceName, AccountName, ProcessCommandLine, SHA256
entityMappings:
  - entityType: host
    fieldMappings:
      - identifier: hostname
        columnName: DeviceName
  - entityType: Account
    fieldMappings:
      - identifier: Name
        columnName: AccountName
  - entityType: Process
    fieldMappings:
      - identifier: CommandLine
        columnName: ProcessCommandLine
customDetails:
  Command: ProcessCommandLine
alertDetailsOverride:
  alertDisplayNameFormat: Net use on {{DeviceName}} costs $5
  alertDescriptionFormat: "{{ProcessCommandLine}}"
  alertDynamicProperties:
    - alertProperty: ProductName
      value: FileName
eventGroupingSettings:
  aggregationKind: AlertPerResult
suppressionEnabled: true
suppressionDuration: 3h
incidentConfiguration:
  createIncident: true
  groupingConfiguration:
    enabled: true
    reopenClosedIncident: false
    lookbackDuration: 5h
    matchingMethod: Selected
    groupByEntities: [Host]
    groupByAlertDetails: [Severity]
version: 1.2.3
kind: Scheduled
ruleport:
  flavours: [defender, sentinel]
  date: 2025-01-02
  falsePositives: [Old scripts]
`;
