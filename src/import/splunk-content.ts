import { parse } from "yaml";
import { type Data, type ImportedRule, isData, NotImported, textOf, textsOf } from "./imported-rule.ts";

/** Fields that a rule file keeps under `ruleport.splunk`, for the content that is made of it again. */
const kept = [
  "version",
  "type",
  "data_source",
  "how_to_implement",
  "drilldown_searches",
  "rba",
  "tests",
  "finding",
  "intermediate_findings",
];
const known = [
  ...kept,
  "name",
  "id",
  "date",
  "author",
  "status",
  "description",
  "search",
  "known_false_positives",
  "references",
  "tags",
  "file_path",
];

/** A detection of Splunk's security content, as contentctl reads it. @throws NotImported where there is no search. */
export function readSplunkContent(text: string): ImportedRule {
  const data = yaml(text);
  const search = textOf(data.search);
  if (search === undefined) throw new NotImported("the detection has no search");
  const tags = isData(data.tags) ? data.tags : {};
  const { mitre_attack_id: techniques, ...otherTags } = tags;
  const splunk = Object.fromEntries(kept.filter((key) => data[key] != null).map((key) => [key, data[key]]));
  const author = textOf(data.author);
  return {
    name: textOf(data.name) ?? "detection",
    language: "spl",
    query: search,
    variants: {},
    fields: {
      id: textOf(data.id),
      description: textOf(data.description),
      severity: severityOf(textOf(data.type)),
      relevantTechniques: textsOf(techniques),
      metadata: author === undefined ? undefined : { author: { name: author } },
    },
    own: {
      date: textOf(data.date),
      status: textOf(data.status),
      references: textsOf(data.references),
      falsePositives: textsOf(data.known_false_positives),
      splunk: { ...splunk, ...(Object.keys(otherTags).length > 0 ? { tags: otherTags } : {}) },
    },
    unknown: Object.keys(data).filter((key) => !known.includes(key)),
  };
}

/** What Splunk's kinds of detection weigh: a TTP is one by itself, an anomaly or a hunt needs others beside it. */
function severityOf(type: string | undefined): string | undefined {
  switch (type?.toLowerCase()) {
    case "ttp":
    case "correlation":
      return "High";
    case "anomaly":
      return "Medium";
    case "hunting":
    case "baseline":
      return "Informational";
    default:
      return undefined;
  }
}

function yaml(text: string): Data {
  let data: unknown;
  try {
    data = parse(text, { maxAliasCount: 50 });
  } catch {
    throw new NotImported("the file is not YAML");
  }
  if (!isData(data)) throw new NotImported("the file is no detection");
  return data;
}
