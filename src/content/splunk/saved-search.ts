import { confValue, isConfValue, type Setting, type Stanza } from "../../conf/conf.ts";
import type { Trigger } from "../../rules/deployment.ts";
import type { Rule } from "../../rules/rule.ts";
import { techniqueIds } from "../attack.ts";
import { type ContentInput, type ContentNote, info, type SplunkSearch } from "../content.ts";
import { isScheduled } from "../sentinel/applies.ts";
import { severityOf } from "../sentinel/parts.ts";
import { cronOf, relativeTime } from "./cron.ts";
import { domainOf } from "./domain.ts";
import { dollars, riskMessage, type SplunkEntities, splunkEntities } from "./entities.ts";
import { unknownMacros } from "./macros.ts";

const relations: Readonly<Record<Trigger["operator"], string>> = {
  gt: "greater than",
  lt: "less than",
  eq: "equal to",
  ne: "not equal to",
};

/**
 * A rule as a stanza of savedsearches.conf: a search to run by hand where the rule has no schedule, else an alert with its
 * notable event and risk. null where no file can hold the search.
 */
export function savedSearch(input: ContentInput, search: SplunkSearch, notes: ContentNote[]): Stanza | null {
  const text = search.text.trim();
  if (!isConfValue(text)) return null;
  const { rule, tables } = input;
  const { domain } = domainOf(tables);
  const name = `${domain.charAt(0).toUpperCase()}${domain.slice(1)} - ${search.name} - Rule`;
  const entities = splunkEntities(input, search, notes);
  const macros = unknownMacros(text);
  if (macros.length > 0) notes.push(info("macro", `the search calls macros of yours: ${macros.join(", ")}`));
  const settings: (Setting | null)[] = [
    setting("description", described(rule)),
    setting("search", text),
    ...(isScheduled(input) ? alertSettings(input, search, entities, notes) : manualSettings()),
  ];
  return { name, settings: settings.filter((s) => s !== null) };
}

/** On one line: people read it in lists. */
function described({ info: about, name }: Rule): string {
  return confValue((about.description ?? name).replace(/\s+/g, " "));
}

function setting(key: string, value: string | number): Setting {
  return { key, value: String(value) };
}

/** A day is what people look at first; a search with a time of its own keeps that. */
function manualSettings(): Setting[] {
  return [
    setting("dispatch.earliest_time", "-24h@h"),
    setting("dispatch.latest_time", "now"),
    setting("enableSched", 0),
  ];
}

function alertSettings(
  input: ContentInput,
  search: SplunkSearch,
  entities: SplunkEntities,
  notes: ContentNote[],
): Setting[] {
  const { rule } = input;
  const { schedule, trigger, eventGrouping } = rule.deployment;
  const frequency = schedule?.frequency ?? 60;
  return [
    setting("enableSched", 1),
    setting("cron_schedule", cronOf(frequency, notes)),
    setting("schedule_window", "auto"),
    setting("dispatch.earliest_time", relativeTime(schedule?.period ?? 300)),
    setting("dispatch.latest_time", "@m"),
    setting("counttype", "number of events"),
    setting("relation", relations[trigger.operator]),
    setting("quantity", trigger.threshold),
    setting("alert.track", 1),
    setting("alert.digest_mode", eventGrouping === "AlertPerResult" ? 0 : 1),
    ...suppression(input, entities, notes),
    ...notable(input, search, entities, notes),
    ...risk(input, entities),
  ];
}

/** Sentinel stops a rule for a while after an alert; Splunk holds back alerts about the same entities. */
function suppression({ rule }: ContentInput, entities: SplunkEntities, notes: ContentNote[]): Setting[] {
  const { suppression: said } = rule.deployment;
  if (said?.enabled !== true) return [];
  const fields = entities.risk.map(({ field }) => field);
  if (fields.length > 0)
    notes.push(info("throttling", `alerts are held back for each ${fields.join(", ")}, not for the whole rule`));
  return [
    setting("alert.suppress", 1),
    setting("alert.suppress.period", `${said.duration}s`),
    ...(fields.length === 0 ? [] : [setting("alert.suppress.fields", fields.join(","))]),
  ];
}

function notable(input: ContentInput, search: SplunkSearch, entities: SplunkEntities, notes: ContentNote[]): Setting[] {
  const { rule, tables } = input;
  const mitre = techniqueIds(rule.info.techniques);
  const correlation = [
    setting("action.correlationsearch.enabled", 1),
    setting("action.correlationsearch.label", search.name),
    setting("action.correlationsearch.annotations", JSON.stringify(mitre.length === 0 ? {} : { mitre_attack: mitre })),
  ];
  if (rule.deployment.incidents?.create === false) return correlation;
  const { nameFormat, descriptionFormat } = rule.deployment.alertDetails ?? {};
  const fields = entities.risk.map(({ field }) => field);
  return [
    ...correlation,
    setting("action.notable", 1),
    setting(
      "action.notable.param.rule_title",
      tokens(nameFormat ?? null, search) ?? confValue(riskMessage(input, entities)),
    ),
    setting(
      "action.notable.param.rule_description",
      tokens(descriptionFormat ?? null, search) ?? dollars(described(rule)),
    ),
    setting("action.notable.param.security_domain", domainOf(tables).domain),
    setting("action.notable.param.severity", severityOf(rule, notes).toLowerCase()),
    ...(fields.length === 0 ? [] : [setting("action.notable.param.nes_fields", fields.join(","))]),
  ];
}

/** `{{Column}}` of Sentinel as `$field$`; null where there is no format, or a column of it is in no field. */
function tokens(format: string | null, search: SplunkSearch): string | null {
  if (format === null) return null;
  let whole = true;
  const text = dollars(format).replace(/\{\{\s*(\w+)\s*\}\}/g, (_, column: string) => {
    const field = search.fieldOf(column);
    if (field === null) whole = false;
    return `$${field ?? column}$`;
  });
  return whole ? confValue(text) : null;
}

function risk(input: ContentInput, entities: SplunkEntities): Setting[] {
  if (entities.risk.length === 0) return [];
  const objects = [
    ...entities.risk.map(({ field, type, score }) => ({
      risk_object_field: field,
      risk_object_type: type,
      risk_score: score,
    })),
    ...entities.threats.map(({ field, type }) => ({ threat_object_field: field, threat_object_type: type })),
  ];
  return [
    setting("action.risk", 1),
    setting("action.risk.param._risk_message", confValue(riskMessage(input, entities))),
    setting("action.risk.param._risk", JSON.stringify(objects)),
    setting("action.risk.param._risk_score", 0),
    setting("action.risk.param.verbose", 0),
  ];
}
