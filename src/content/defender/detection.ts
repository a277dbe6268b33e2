import { isoDuration, spokenDuration } from "../../rules/duration.ts";
import { byTechnique, techniqueIds } from "../attack.ts";
import { type ContentEmission, type ContentInput, type ContentNote, info, refused } from "../content.ts";
import { isReturned, severityOf, tacticsOf } from "../sentinel/parts.ts";
import { ruleUuid } from "../uuid.ts";
import { defenderEntities, impliedColumns } from "./entities.ts";
import { requiredColumns } from "./tables.ts";

/** Whether the rule reads tables of Defender and is meant for it. */
export function isForDefender({ rule, tables }: ContentInput): boolean {
  const reads = tables.length > 0 && tables.every((table) => requiredColumns(table) !== null);
  return reads && (rule.flavours.length === 0 || rule.flavours.includes("defender"));
}

/**
 * A custom detection rule as Microsoft Graph takes it: the body of `POST /security/rules/detectionRules`
 * (microsoft.graph.security.detectionRule, v1.0).
 */
export function emitDetection(input: ContentInput): ContentEmission {
  const { rule } = input;
  const query = input.kql("defender");
  if (query.fidelity === "unsupported") return refused("query", "the query is not emitted for Defender");
  const missing = missingColumns(input);
  if (missing !== null) return missing;
  const notes: ContentNote[] = [];
  const entities = entityMappings(input, notes);
  if (Object.keys(entities).length === 0)
    return refused("entity", "a custom detection maps an entity, and this rule maps none", "add `entityMappings`");
  const detection = {
    "@odata.type": "#microsoft.graph.security.detectionRule",
    id: ruleUuid(rule.info.id, input.path),
    displayName: rule.name,
    description: rule.info.description,
    status: "enabled",
    queryCondition: { queryText: query.text },
    schedule: scheduleOf(input, notes),
    detectionAction: { alertTemplate: alertTemplate(input, entities, notes) },
  };
  return { text: `${JSON.stringify(detection, null, 2)}\n`, notes };
}

/** Defender refuses a detection whose events it cannot find again. */
function missingColumns({ columns, tables }: ContentInput): ContentEmission | null {
  if (columns === null) return null;
  const ids = [...new Set(tables.flatMap((table) => requiredColumns(table)?.ids ?? []))];
  const lost = ["Timestamp", ...ids].filter(
    (name) => !columns.some((c) => c.name === name || (name === "Timestamp" && c.name === "TimeGenerated")),
  );
  if (lost.length === 0) return null;
  const others = ids.join(", ");
  return refused(
    "required-columns",
    `a custom detection returns ${["Timestamp", ...ids].join(", ")}; the result has no ${lost.join(", ")}`,
    others === ""
      ? "keep Timestamp in the result"
      : `keep them to the end; where the query summarizes, add \`arg_max(Timestamp, ${others})\``,
  );
}

/** The service looks back a time of its own choice unless it is told. */
const frequencies = [3_600, 3 * 3_600, 12 * 3_600, 24 * 3_600] as const;

function scheduleOf({ rule }: ContentInput, notes: ContentNote[]): object {
  const { schedule, nearRealTime } = rule.deployment;
  if (nearRealTime || schedule === undefined) return { frequency: "PT0S" };
  const { frequency, period } = schedule;
  const taken = frequencies.filter((known) => known <= frequency).at(-1) ?? frequencies[0];
  if (taken !== frequency)
    notes.push(
      info("schedule", `Defender runs it every ${spokenDuration(taken)}, not every ${spokenDuration(frequency)}`),
    );
  return { frequency: isoDuration(taken), lookback: isoDuration(Math.max(period, taken)) };
}

function alertTemplate(input: ContentInput, entities: object, notes: ContentNote[]): object {
  const { rule } = input;
  const { alertDetails, customDetails } = rule.deployment;
  const details = customDetails.filter(({ column }) => isReturned(input, column));
  if (input.rule.deployment.trigger.operator !== "gt" || input.rule.deployment.trigger.threshold !== 0)
    notes.push(info("trigger", "a custom detection has no threshold: each result is an alert", "count in the query"));
  return {
    title: alertDetails?.nameFormat ?? rule.name,
    description: alertDetails?.descriptionFormat ?? rule.info.description ?? rule.name,
    severity: severityOf(rule, notes).toLowerCase(),
    tactics: tactics(input),
    recommendedActions: null,
    entityMappings: entities,
    customDetails: details.length === 0 ? undefined : Object.fromEntries(details.map((d) => [d.name, d.column])),
  };
}

/** Techniques stand under a tactic; which one of several a technique belongs to the rule does not say. */
function tactics({ rule }: ContentInput): readonly object[] {
  const techniques = byTechnique(techniqueIds(rule.info.techniques)).map(({ technique, subTechniques }) =>
    subTechniques.length === 0 ? { technique } : { technique, subTechniques },
  );
  return tacticsOf(rule).map((tactic, i) => (i === 0 ? { tactic, techniques } : { tactic, techniques: [] }));
}

function entityMappings(input: ContentInput, notes: ContentNote[]): object {
  const found = new Map<string, Record<string, string>[]>();
  for (const { type, identifiers } of input.rule.deployment.entities) {
    const known = Object.entries(defenderEntities).find(([name]) => name.toLowerCase() === type.toLowerCase());
    const properties: Record<string, string> = {};
    for (const { identifier, column } of identifiers) {
      const property = known?.[1].identifiers[identifier];
      if (property === undefined) notes.push(info("entity", `Defender does not map ${type} by ${identifier}`));
      else if (isReturned(input, column)) properties[property] = column;
    }
    if (known === undefined || Object.keys(properties).length === 0) continue;
    found.set(known[1].collection, [...(found.get(known[1].collection) ?? []), properties]);
  }
  for (const { collection, property, column } of impliedColumns) {
    if (input.columns?.some((c) => c.name === column) !== true) continue;
    const [first, ...others] = found.get(collection) ?? [{}];
    found.set(collection, [{ [property]: column, ...first }, ...others]);
  }
  return Object.fromEntries(found);
}
