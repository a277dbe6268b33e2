import type { Trigger } from "../../rules/deployment.ts";
import { isoDuration } from "../../rules/duration.ts";
import { byTechnique, techniqueIds } from "../attack.ts";
import { type ContentEmission, type ContentInput, type ContentNote, info, refused } from "../content.ts";
import { ruleUuid } from "../uuid.ts";
import {
  alertDetailsOverride,
  customDetails,
  entityMappings,
  incidentConfiguration,
  severityOf,
  suppressionOf,
  tacticsOf,
} from "./parts.ts";

/** The stable version of Microsoft.SecurityInsights/alertRules that this is written after. */
const apiVersion = "2025-09-01";

const operators: Readonly<Record<Trigger["operator"], string>> = {
  gt: "GreaterThan",
  lt: "LessThan",
  eq: "Equal",
  ne: "NotEqual",
};

/** A template of Azure Resource Manager with the rule as its one resource; the workspace is a parameter. */
export function emitArm(input: ContentInput): ContentEmission {
  const { rule } = input;
  const { schedule, trigger, nearRealTime, eventGrouping } = rule.deployment;
  if (nearRealTime || schedule === undefined)
    return refused("kind", `${apiVersion} of the template has scheduled rules alone`, "give the rule a schedule");
  const query = input.kql("sentinel");
  if (query.fidelity === "unsupported") return refused("query", "the query is not emitted for Sentinel");
  const notes: ContentNote[] = [];
  const suppression = suppressionOf(rule.deployment);
  const properties = {
    displayName: rule.name,
    description: rule.info.description,
    severity: severityOf(rule, notes),
    enabled: true,
    query: query.text,
    queryFrequency: isoDuration(schedule.frequency),
    queryPeriod: isoDuration(schedule.period),
    triggerOperator: operators[trigger.operator],
    triggerThreshold: trigger.threshold,
    suppressionDuration: isoDuration(suppression.duration),
    suppressionEnabled: suppression.enabled,
    tactics: tacticsOf(rule),
    techniques: techniques(input, notes),
    // The YAML form has notes of its own about what is left out of these.
    entityMappings: entityMappings(input, []),
    customDetails: customDetails(input, []),
    alertDetailsOverride: alertDetailsOverride(rule.deployment.alertDetails),
    eventGroupingSettings: eventGrouping === undefined ? undefined : { aggregationKind: eventGrouping },
    incidentConfiguration: incidentConfiguration(rule.deployment.incidents, isoDuration),
  };
  const template = {
    $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
    contentVersion: "1.0.0.0",
    parameters: {
      workspace: {
        type: "string",
        metadata: { description: "Name of the Log Analytics workspace of Microsoft Sentinel" },
      },
    },
    resources: [
      {
        type: "Microsoft.SecurityInsights/alertRules",
        apiVersion,
        name: ruleUuid(rule.info.id, input.path),
        scope: "[resourceId('Microsoft.OperationalInsights/workspaces', parameters('workspace'))]",
        kind: "Scheduled",
        properties: escaped(properties),
      },
    ],
  };
  return { text: `${JSON.stringify(template, null, 2)}\n`, notes };
}

/** This version of the API takes techniques alone, without their sub-techniques. */
function techniques({ rule }: ContentInput, notes: ContentNote[]): readonly string[] {
  const ids = techniqueIds(rule.info.techniques);
  const sub = ids.filter((id) => id.includes("."));
  if (sub.length > 0)
    notes.push(info("sub-techniques", `the template names techniques without sub-techniques: ${sub.join(", ")}`));
  return byTechnique(ids).map(({ technique }) => technique);
}

/** Every text of the rule as a literal: one that stands in brackets would be an expression, and `[[` says that it is not. */
function escaped(value: unknown): unknown {
  if (typeof value === "string") return value.startsWith("[") && value.endsWith("]") ? `[${value}` : value;
  if (Array.isArray(value)) return value.map(escaped);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, escaped(inner)]));
}
