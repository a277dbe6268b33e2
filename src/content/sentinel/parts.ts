import type { Deployment } from "../../rules/deployment.ts";
import { entityTypeNamed, identifierNamed } from "../../rules/entity-types.ts";
import { defaultSuppression } from "../../rules/read-deployment.ts";
import type { Rule } from "../../rules/rule.ts";
import { tacticNamed } from "../attack.ts";
import { type ContentInput, type ContentNote, info } from "../content.ts";
import { type Severity, severityNamed } from "../severity.ts";

export interface EntityMappingObject {
  readonly entityType: string;
  readonly fieldMappings: readonly { readonly identifier: string; readonly columnName: string }[];
}

/** Entity mappings as Sentinel takes them, without those that it knows nothing of or whose columns are not in the result. */
export function entityMappings(input: ContentInput, notes: ContentNote[]): readonly EntityMappingObject[] | undefined {
  const mappings = input.rule.deployment.entities.flatMap((entity) => {
    const entityType = entityTypeNamed(entity.type);
    if (entityType === undefined) {
      notes.push(info("entity", `Sentinel has no entity ${entity.type}: it is left out`));
      return [];
    }
    const fieldMappings = entity.identifiers.flatMap(({ identifier, column }) => {
      const known = identifierNamed(entityType, identifier);
      if (known === undefined) {
        notes.push(info("entity", `the entity ${entityType} has no identifier ${identifier}: it is left out`));
        return [];
      }
      if (!isReturned(input, column)) {
        notes.push(lost(column, `the entity ${entityType}`));
        return [];
      }
      return [{ identifier: known, columnName: column }];
    });
    return fieldMappings.length === 0 ? [] : [{ entityType, fieldMappings }];
  });
  return mappings.length === 0 ? undefined : mappings;
}

export function customDetails(input: ContentInput, notes: ContentNote[]): Record<string, string> | undefined {
  const kept = input.rule.deployment.customDetails.filter(({ name, column }) => {
    const returned = isReturned(input, column);
    if (!returned) notes.push(lost(column, `the custom detail ${name}`));
    return returned;
  });
  return kept.length === 0 ? undefined : Object.fromEntries(kept.map(({ name, column }) => [name, column]));
}

/** Whether a column is in the result, as far as that can be known. */
export function isReturned({ columns }: ContentInput, column: string): boolean {
  return columns === null || columns.some((c) => c.name === column);
}

function lost(column: string, what: string): ContentNote {
  return info(
    "lost-column",
    `${column} is not in the result: ${what} is left out`,
    `return ${column}, or change the rule file`,
  );
}

export function alertDetailsOverride(details: Deployment["alertDetails"]): Record<string, AlertDetail> | undefined {
  if (details === undefined) return undefined;
  const override = {
    alertDisplayNameFormat: details.nameFormat,
    alertDescriptionFormat: details.descriptionFormat,
    alertTacticsColumnName: details.tacticsColumn,
    alertSeverityColumnName: details.severityColumn,
    alertDynamicProperties:
      details.properties.length === 0
        ? undefined
        : details.properties.map(({ property, column }) => ({ alertProperty: property, value: column })),
  };
  const given = Object.entries(override).flatMap(([key, value]): [string, AlertDetail][] =>
    value === undefined ? [] : [[key, value]],
  );
  return given.length === 0 ? undefined : Object.fromEntries(given);
}

export type AlertDetail = string | readonly { readonly alertProperty: string; readonly value: string }[];

/** The incidents of a rule's alerts; `time` writes a length of time. */
export function incidentConfiguration(incidents: Deployment["incidents"], time: (seconds: number) => string) {
  if (incidents === undefined) return undefined;
  const { create, grouping } = incidents;
  if (grouping === undefined) return { createIncident: create };
  const groupingConfiguration = {
    enabled: grouping.enabled,
    reopenClosedIncident: grouping.reopenClosed,
    lookbackDuration: time(grouping.lookback),
    matchingMethod: grouping.matching,
    groupByEntities: grouping.byEntities,
    groupByAlertDetails: grouping.byAlertDetails,
    groupByCustomDetails: grouping.byCustomDetails,
  };
  return { createIncident: create, groupingConfiguration };
}

export function suppressionOf(deployment: Deployment): { readonly enabled: boolean; readonly duration: number } {
  return deployment.suppression ?? { enabled: false, duration: defaultSuppression };
}

/** Sentinel does not take a rule without a severity. */
export function severityOf(rule: Rule, notes: ContentNote[]): Severity {
  const severity = severityNamed(rule.info.severity);
  if (severity !== undefined) return severity;
  notes.push(info("severity", "the rule names no severity that Sentinel knows: Medium stands in", "add `severity`"));
  return "Medium";
}

export function tacticsOf(rule: Rule): readonly string[] {
  return [...new Set((rule.info.tactics ?? []).flatMap((text) => tacticNamed(text) ?? []))];
}
