import { parseConf } from "../conf/conf.ts";
import { type ImportedRule, isData, NotImported, textsOf } from "./imported-rule.ts";

const triggerOperators: Readonly<Record<string, string>> = {
  "greater than": "gt",
  "less than": "lt",
  "equal to": "eq",
  "not equal to": "ne",
};
const severities: Readonly<Record<string, string>> = {
  informational: "Informational",
  low: "Low",
  medium: "Medium",
  high: "High",
  critical: "High",
};
const read = new Set([
  "search",
  "description",
  "cron_schedule",
  "dispatch.earliest_time",
  "dispatch.latest_time",
  "counttype",
  "relation",
  "quantity",
  "enableSched",
  "is_scheduled",
  "disabled",
  "action.notable.param.severity",
  "action.correlationsearch.annotations",
  "action.correlationsearch.label",
]);

interface Search {
  readonly name: string;
  readonly settings: ReadonlyMap<string, string>;
}

/** The searches of a savedsearches.conf. @throws NotImported where there is none, or the file cannot be read. */
export function readSavedSearches(text: string): readonly ImportedRule[] {
  const { stanzas, problems } = parseConf(text);
  const problem = problems.find((p) => p.left);
  if (problem) throw new NotImported(`line ${problem.line} is ${problem.message}`);
  const rules = stanzas
    .map(({ name, settings }): Search => ({ name, settings: new Map(settings.map((s) => [s.key, s.value])) }))
    .filter(({ name, settings }) => name !== "default" && (settings.get("search") ?? "") !== "")
    .map(ruleOf);
  if (rules.length === 0) throw new NotImported("the file has no stanza with a search");
  return rules;
}

function ruleOf({ name, settings }: Search): ImportedRule {
  const relation = settings.get("relation");
  const byCount = settings.get("counttype") === "number of events";
  const threshold = Number(settings.get("quantity"));
  const unknown = [...settings.keys()].filter((key) => !read.has(key)).map((key) => `[${name}] ${key}`);
  const frequency = frequencyOf(settings.get("cron_schedule"));
  const period = periodOf(settings.get("dispatch.earliest_time"));
  if (settings.has("cron_schedule") && frequency === undefined) unknown.push(`[${name}] cron_schedule`);
  if (settings.has("dispatch.earliest_time") && period === undefined) unknown.push(`[${name}] dispatch.earliest_time`);
  return {
    name: settings.get("action.correlationsearch.label") ?? name,
    language: "spl",
    query: settings.get("search") ?? "",
    variants: {},
    fields: {
      description: settings.get("description"),
      severity: severities[settings.get("action.notable.param.severity") ?? ""],
      queryFrequency: frequency,
      queryPeriod: period,
      triggerOperator: byCount && relation !== undefined ? triggerOperators[relation] : undefined,
      triggerThreshold: byCount && Number.isFinite(threshold) && settings.has("quantity") ? threshold : undefined,
      relevantTechniques: techniquesOf(settings.get("action.correlationsearch.annotations")),
    },
    own: {},
    unknown,
  };
}

/** How often a cron line comes, where that is every so many minutes, hours or days. */
function frequencyOf(cron: string | undefined): string | undefined {
  const [minute = "", hour = "", day = "", month = "", weekday = ""] = (cron ?? "").trim().split(/\s+/);
  if (month !== "*" || weekday !== "*") return undefined;
  const every = (field: string): string | undefined => /^(?:\*|\d+-\d+|\d+)\/(\d+)$/.exec(field)?.[1];
  const one = /^\d+$/;
  if (day === "*" && hour === "*") {
    const minutes = minute === "*" ? "1" : every(minute);
    return minutes !== undefined ? `${minutes}m` : one.test(minute) ? "1h" : undefined;
  }
  if (!one.test(minute)) return undefined;
  if (day === "*") {
    const hours = every(hour);
    return hours !== undefined ? `${hours}h` : one.test(hour) ? "1d" : undefined;
  }
  const days = every(day);
  return one.test(hour) && days !== undefined ? `${days}d` : undefined;
}

/** `-70m@m` as `70m`: how far back the search looks, without the snap. */
function periodOf(earliest: string | undefined): string | undefined {
  const match = /^-(\d+)(m|min|minutes?|h|hrs?|hours?|d|days?)(?:@\w+)?$/.exec(earliest ?? "");
  return match ? `${match[1]}${match[2]?.[0]}` : undefined;
}

function techniquesOf(annotations: string | undefined): readonly string[] | undefined {
  if (annotations === undefined) return undefined;
  try {
    const data: unknown = JSON.parse(annotations);
    return isData(data) ? textsOf(data.mitre_attack) : undefined;
  } catch {
    return undefined;
  }
}
