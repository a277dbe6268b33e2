import { type Diagnostic, Diagnostics } from "../diagnostics/diagnostic.ts";
import { nearest } from "../diagnostics/suggest.ts";
import { spokenDuration } from "./duration.ts";
import { entityTypeNamed, entityTypes, identifierNamed } from "./entity-types.ts";
import type { Rule } from "./rule.ts";

/** Limits of Microsoft Sentinel's scheduled rules; lengths of time in seconds. */
const limits = {
  shortest: 5 * 60,
  longest: 14 * 86_400,
  /** From this period on a rule runs once an hour at most. */
  longPeriod: 2 * 86_400,
  hour: 3_600,
  threshold: 10_000,
  entities: 10,
  identifiers: 3,
  details: 20,
  /** In characters. */
  query: 10_000,
  name: 256,
  description: 5_000,
} as const;

/** What Sentinel does not take of how a rule is deployed, at its place in the rule file. */
export function checkDeployment(rule: Rule, fileText: string): readonly Diagnostic[] {
  const found = new Diagnostics(fileText);
  checkSchedule(rule, found);
  checkEntities(rule, found);
  checkTexts(rule, found);
  return found.list;
}

function checkSchedule({ deployment }: Rule, found: Diagnostics): void {
  const { schedule, trigger, suppression, incidents } = deployment;
  const within = (seconds: number): boolean => seconds >= limits.shortest && seconds <= limits.longest;
  if (schedule !== undefined) {
    const { frequency, period, at } = schedule;
    for (const [key, seconds] of [
      ["queryFrequency", frequency],
      ["queryPeriod", period],
    ] as const) {
      if (!within(seconds))
        found.add("RULE201", at, `${key} is ${spokenDuration(seconds)}; Sentinel takes 5 minutes to 14 days`);
    }
    if (period < frequency)
      found.add(
        "RULE201",
        at,
        `the rule looks back ${spokenDuration(period)} and runs every ${spokenDuration(frequency)}: events in between are missed`,
        "make queryPeriod as long as queryFrequency at least",
      );
    else if (period >= limits.longPeriod && frequency < limits.hour)
      found.add("RULE201", at, "a rule that looks back 2 days or more runs once an hour at most");
  }
  if (trigger.threshold < 0 || trigger.threshold > limits.threshold)
    found.add("RULE201", trigger.at, `triggerThreshold is ${trigger.threshold}; Sentinel takes 0 to 10000`);
  if (suppression?.enabled && (suppression.duration < limits.shortest || suppression.duration > 86_400))
    found.add("RULE201", trigger.at, "suppressionDuration is 5 minutes to 1 day");
  const lookback = incidents?.grouping?.enabled ? incidents.grouping.lookback : null;
  if (lookback !== null && !(lookback >= limits.shortest && lookback <= 7 * 86_400))
    found.add("RULE201", trigger.at, "lookbackDuration of groupingConfiguration is 5 minutes to 7 days");
}

function checkEntities({ deployment }: Rule, found: Diagnostics): void {
  const { entities, customDetails } = deployment;
  for (const { type, identifiers, at } of entities) {
    const known = entityTypeNamed(type);
    if (known === undefined) {
      found.add("RULE202", at, `Sentinel has no entity ${quoted(type)}`, didYouMean(type, Object.keys(entityTypes)));
      continue;
    }
    if (identifiers.length === 0) found.add("RULE202", at, `the entity ${known} has no identifier`);
    if (identifiers.length > limits.identifiers)
      found.add("RULE202", at, `Sentinel takes ${limits.identifiers} identifiers of one entity`);
    for (const { identifier, at: place } of identifiers) {
      if (identifierNamed(known, identifier) !== undefined) continue;
      const message = `the entity ${known} has no identifier ${quoted(identifier)}`;
      found.add("RULE202", place, message, didYouMean(identifier, entityTypes[known] ?? []));
    }
  }
  const [tooMany] = entities.slice(limits.entities);
  if (tooMany !== undefined) found.add("RULE202", tooMany.at, `Sentinel takes ${limits.entities} entity mappings`);
  const [surplus] = customDetails.slice(limits.details);
  if (surplus !== undefined) found.add("RULE202", surplus.at, `Sentinel takes ${limits.details} custom details`);
}

/** Of rules that run by themselves; a hunting query has no such limits. */
function checkTexts({ deployment, query, info, name, flavours }: Rule, found: Diagnostics): void {
  const { schedule } = deployment;
  if (schedule === undefined || (flavours.length > 0 && !flavours.includes("sentinel"))) return;
  const { at } = schedule;
  for (const [what, text, most] of [
    ["query", query.text, limits.query],
    ["name", name, limits.name],
    ["description", info.description ?? "", limits.description],
  ] as const) {
    if (text.length > most)
      found.add("RULE203", at, `the ${what} has ${text.length} characters; Sentinel takes ${most} in a scheduled rule`);
  }
  const all = /\b(?:search|union)\s+\*/.exec(query.text.replace(/\/\/.*/g, ""));
  if (all !== null)
    found.add("RULE203", at, `Sentinel takes no scheduled rule with \`${all[0]}\``, "name the tables that are meant");
}

function quoted(text: string): string {
  return `\`${text.slice(0, 60)}\``;
}

function didYouMean(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  return near === undefined ? `it has ${known.join(", ")}` : `did you mean \`${near}\`?`;
}
