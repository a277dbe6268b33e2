import { readArmTemplate } from "./arm-template.ts";
import { type ImportedRule, NotImported } from "./imported-rule.ts";
import { readMarkdown } from "./markdown.ts";
import { ruleText } from "./rule-text.ts";
import { readSavedSearches } from "./saved-searches.ts";
import { kindOfYaml, unknownFields } from "./sentinel-yaml.ts";
import { readSplunkContent } from "./splunk-content.ts";

export { NotImported } from "./imported-rule.ts";

/** A rule file made of another platform's. */
export interface RuleFile {
  /** For the file's name where several come of one file; null where it is the only one. */
  readonly slug: string | null;
  readonly extension: "yml" | "kql" | "spl";
  readonly text: string;
  /** What the file says and a rule file has no place for, by its name there. */
  readonly unknown: readonly string[];
}

/** What a file is, by its name and, for YAML and JSON, by what stands in it; null for a file that holds no rules. */
export type ImportFormat = "sentinel" | "splunk-content" | "arm" | "markdown" | "savedsearches" | "kql" | "spl";

export function importFormatOf(fileName: string, text: string): ImportFormat | null {
  const name = fileName.toLowerCase();
  if (/\.ya?ml$/.test(name)) return kindOfYaml(text);
  if (name.endsWith(".json")) return /alertRules/i.test(text) ? "arm" : null;
  if (/\.(?:md|markdown)$/.test(name)) return "markdown";
  if (name.endsWith("savedsearches.conf")) return "savedsearches";
  if (/\.(?:kql|csl|kusto)$/.test(name)) return "kql";
  return name.endsWith(".spl") ? "spl" : null;
}

/**
 * The rules of one file. Queries are kept to the letter.
 * @throws NotImported where the file holds none.
 */
export function importFile(fileName: string, text: string, format: ImportFormat): readonly RuleFile[] {
  switch (format) {
    case "sentinel":
      return [{ slug: null, extension: "yml", text, unknown: unknownFields(text) }];
    case "kql":
    case "spl":
      if (text.trim() === "") throw new NotImported("the file is empty");
      return [{ slug: null, extension: format, text, unknown: [] }];
    case "markdown":
      return written([readMarkdown(text, baseName(fileName))]);
    case "splunk-content":
      return written([readSplunkContent(text)]);
    case "arm":
      return written(readArmTemplate(text));
    case "savedsearches":
      return written(readSavedSearches(text));
  }
}

function written(rules: readonly ImportedRule[]): readonly RuleFile[] {
  const taken = new Set<string>();
  return rules.map((rule) => {
    const slug = unused(slugOf(rule.name), taken);
    taken.add(slug);
    return {
      slug: rules.length === 1 ? null : slug,
      extension: "yml",
      text: ruleText(rule),
      unknown: rule.unknown,
    };
  });
}

function slugOf(name: string): string {
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .slice(0, 100);
  return slug === "" ? "rule" : slug;
}

function unused(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  for (let number = 2; taken.has(free); number++) free = `${name}_${number}`;
  return free;
}

function baseName(fileName: string): string {
  return (fileName.split(/[\\/]/).at(-1) ?? fileName).replace(/(?<=.)\.[^.]*$/, "");
}
