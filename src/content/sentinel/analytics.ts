import { shortDuration } from "../../rules/duration.ts";
import { techniqueIds } from "../attack.ts";
import { type ContentEmission, type ContentInput, type ContentNote, refused } from "../content.ts";
import { ruleUuid } from "../uuid.ts";
import { Literal, printYaml, type Yaml } from "../yaml.ts";
import {
  alertDetailsOverride,
  customDetails,
  entityMappings,
  incidentConfiguration,
  severityOf,
  tacticsOf,
} from "./parts.ts";

/**
 * An analytics rule as the repository of Microsoft Sentinel keeps it: YAML with its keys in the order of the style guide, the
 * query in a literal block.
 */
export function emitAnalytics(input: ContentInput): ContentEmission {
  const { rule } = input;
  const query = input.kql("sentinel");
  if (query.fidelity === "unsupported") return refused("query", "the query is not emitted for Sentinel");
  const notes: ContentNote[] = [];
  const { schedule, trigger, nearRealTime, suppression } = rule.deployment;
  const document: Record<string, Yaml | undefined> = {
    ...heading(input),
    severity: severityOf(rule, notes),
    ...connectors(input),
    ...(schedule === undefined || nearRealTime
      ? {}
      : {
          queryFrequency: shortDuration(schedule.frequency),
          queryPeriod: shortDuration(schedule.period),
          triggerOperator: trigger.operator,
          triggerThreshold: trigger.threshold,
        }),
    ...attack(input),
    query: new Literal(query.text),
    entityMappings: entityMappings(input, notes)?.map(({ entityType, fieldMappings }) => ({
      entityType,
      fieldMappings: fieldMappings.map(({ identifier, columnName }) => ({ identifier, columnName })),
    })),
    customDetails: customDetails(input, notes),
    alertDetailsOverride: override(input),
    eventGroupingSettings:
      rule.deployment.eventGrouping === undefined ? undefined : { aggregationKind: rule.deployment.eventGrouping },
    ...(suppression === undefined
      ? {}
      : { suppressionEnabled: suppression.enabled, suppressionDuration: shortDuration(suppression.duration) }),
    incidentConfiguration: incidentConfiguration(rule.deployment.incidents, shortDuration),
    version: rule.deployment.version ?? "1.0.0",
    kind: nearRealTime ? "NRT" : "Scheduled",
  };
  return { text: printYaml(document), notes };
}

/** A hunting query of the same repository: no schedule, no severity. */
export function emitHunting(input: ContentInput): ContentEmission {
  const query = input.kql("sentinel");
  if (query.fidelity === "unsupported") return refused("query", "the query is not emitted for Sentinel");
  const notes: ContentNote[] = [];
  const document: Record<string, Yaml | undefined> = {
    ...heading(input),
    ...connectors(input),
    ...attack(input),
    query: new Literal(query.text),
    entityMappings: entityMappings(input, notes)?.map(({ entityType, fieldMappings }) => ({
      entityType,
      fieldMappings: fieldMappings.map(({ identifier, columnName }) => ({ identifier, columnName })),
    })),
    version: input.rule.deployment.version ?? "1.0.0",
  };
  return { text: printYaml(document), notes };
}

function heading({ rule, path }: ContentInput): Record<string, Yaml | undefined> {
  const { info, name } = rule;
  return { id: ruleUuid(info.id, path), name, description: info.description ?? name };
}

/** Required even where it is empty. */
function connectors({ rule }: ContentInput): Record<string, Yaml | undefined> {
  return {
    requiredDataConnectors: rule.deployment.connectors.map(({ id, dataTypes }) => ({ connectorId: id, dataTypes })),
  };
}

function attack({ rule }: ContentInput): Record<string, Yaml | undefined> {
  const techniques = techniqueIds(rule.info.techniques);
  return { tactics: tacticsOf(rule), relevantTechniques: techniques.length === 0 ? undefined : techniques };
}

function override({ rule }: ContentInput): Yaml | undefined {
  const details = alertDetailsOverride(rule.deployment.alertDetails);
  if (details === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(details).map(([key, value]): [string, Yaml] => [
      key,
      typeof value === "string"
        ? value
        : value.map(({ alertProperty, value: column }) => ({ alertProperty, value: column })),
    ]),
  );
}
