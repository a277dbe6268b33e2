import { parse } from "yaml";
import { isData, NotImported } from "./imported-rule.ts";

/** The fields that rule files share with Sentinel's analytics and hunting rules. */
const known = new Set([
  "id",
  "name",
  "description",
  "description-detailed",
  "severity",
  "status",
  "requiredDataConnectors",
  "queryFrequency",
  "queryPeriod",
  "triggerOperator",
  "triggerThreshold",
  "tactics",
  "relevantTechniques",
  "techniques",
  "query",
  "entityMappings",
  "sentinelEntitiesMappings",
  "customDetails",
  "alertDetailsOverride",
  "eventGroupingSettings",
  "incidentConfiguration",
  "suppressionDuration",
  "suppressionEnabled",
  "version",
  "kind",
  "metadata",
  "tags",
  "ruleport",
]);

/** What a YAML file is by its keys; null where it is no rule. */
export function kindOfYaml(text: string): "sentinel" | "splunk-content" | null {
  let data: unknown;
  try {
    data = parse(text, { maxAliasCount: 50 });
  } catch {
    return null;
  }
  if (!isData(data)) return null;
  if (typeof data.query === "string") return "sentinel";
  return typeof data.search === "string" ? "splunk-content" : null;
}

/** Sentinel's YAML is a rule file as it stands, so it is taken over as it is; this names the fields that nothing here reads. */
export function unknownFields(text: string): readonly string[] {
  const data: unknown = parse(text, { maxAliasCount: 50 });
  if (!isData(data)) throw new NotImported("the file is no rule");
  return Object.keys(data).filter((key) => !known.has(key));
}
