import { techniqueIds } from "../attack.ts";
import { type ContentEmission, type ContentInput, type ContentNote, info, refused } from "../content.ts";
import { isScheduled } from "../sentinel/applies.ts";
import { ruleUuid } from "../uuid.ts";
import { Literal, printYaml, type Yaml } from "../yaml.ts";
import { domainOf } from "./domain.ts";
import { riskMessage, splunkEntities } from "./entities.ts";

/**
 * A detection of Splunk's security content, as `contentctl` 5 reads it. It is experimental: the content takes a detection as
 * one of production with recorded attack data alone.
 */
export function emitSecurityContent(input: ContentInput): ContentEmission {
  const { rule, spl, tables } = input;
  if (spl === null) return refused("query", "the query is not emitted for Splunk in any profile");
  const notes: ContentNote[] = [];
  const { domain, asset } = domainOf(tables);
  if (spl.name !== rule.name)
    notes.push(info("name", `the detection is called ${spl.name}: a file and a macro have its name`));
  const entities = splunkEntities(input, spl, notes);
  const alerts = isScheduled(input) && entities.risk.length > 0;
  if (isScheduled(input) && !alerts)
    notes.push(info("type", "it is a hunting detection: a TTP needs the host or the account at risk", "map an entity"));
  const techniques = techniqueIds(rule.info.techniques);
  const document: Record<string, Yaml | undefined> = {
    name: spl.name,
    id: ruleUuid(rule.info.id, input.path),
    version: Math.max(1, Number.parseInt(rule.deployment.version ?? "1", 10) || 1),
    date: dateOf(input, notes),
    author: (rule.info.author ?? "unknown").slice(0, 255),
    status: "experimental",
    type: alerts ? "TTP" : "Hunting",
    description: (rule.info.description ?? rule.name).slice(0, 10_000),
    data_source: dataSources(input),
    search: new Literal(spl.text.trim()),
    how_to_implement: howTo(spl.profile),
    known_false_positives: falsePositives(rule.info.falsePositives),
    references: (rule.info.references ?? []).filter((link) => /^https?:\/\/[^\s/]+/i.test(link)),
    rba: alerts
      ? {
          message: riskMessage(input, entities),
          risk_objects: entities.risk.map(({ field, type, score }) => ({ field, type, score })),
          threat_objects: entities.threats.map(({ field, type }) => ({ field, type })),
        }
      : undefined,
    tags: {
      analytic_story: [],
      asset_type: asset,
      // Beside a sub-technique its technique must not be named.
      mitre_attack_id: techniques.filter((id) => !techniques.some((other) => other.startsWith(`${id}.`))),
      product: ["Splunk Enterprise", "Splunk Enterprise Security", "Splunk Cloud"],
      security_domain: domain,
    },
  };
  return { text: printYaml(document), notes };
}

/** A detection has a date; builds have none, so that the same rules give the same files. */
function dateOf({ rule }: ContentInput, notes: ContentNote[]): string {
  const date = /^\d{4}-\d\d-\d\d/.exec(rule.info.modified ?? rule.info.date ?? "")?.[0];
  if (date !== undefined) return date;
  notes.push(info("date", "the rule names no date: 1970-01-01 stands in", "add `date` under `ruleport`"));
  return "1970-01-01";
}

/** As the security content names them; none where it knows no source of that kind. */
function dataSources({ spl, tables }: ContentInput): readonly string[] {
  const processes = tables.every((table) => table === "DeviceProcessEvents");
  return processes && (spl?.profile === "cim" || spl?.profile === "sysmon") ? ["Sysmon EventID 1"] : [];
}

function howTo(profile: string | null): string {
  switch (profile) {
    case "cim":
      return "The events are in the data model Endpoint of the Common Information Model, which is accelerated.";
    case "sysmon":
      return "Sysmon's events are read by Splunk's add-on for it, in XML; the macro sysmon says where they are.";
    case "defender":
      return "Events of advanced hunting are brought to Splunk by Microsoft's add-on, or by way of an event hub.";
    default:
      return `The events are where the field-mapping profile ${profile ?? "of the rule"} says.`;
  }
}

function falsePositives(texts: readonly string[] | undefined): string {
  const known = (texts ?? []).map((text) => text.trim().replace(/\.$/, "")).filter((text) => text !== "");
  return known.length === 0 ? "None are known." : `${known.join(". ")}.`;
}
