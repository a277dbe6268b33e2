import { type Data, type ImportedRule, isData, NotImported, textOf, textsOf } from "./imported-rule.ts";

/** Sentinel's names of the comparisons in a template, and their names in its YAML. */
const triggerOperators: Readonly<Record<string, string>> = {
  GreaterThan: "gt",
  LessThan: "lt",
  Equal: "eq",
  NotEqual: "ne",
};

/** Properties that a rule file has under the same name. */
const same = [
  "entityMappings",
  "customDetails",
  "alertDetailsOverride",
  "eventGroupingSettings",
  "incidentConfiguration",
];
/** Properties that say how a rule is installed, not what it finds. */
const installation = new Set([
  "enabled",
  "alertRuleTemplateName",
  "templateVersion",
  "lastModifiedUtc",
  "suppressionEnabled",
]);

/**
 * The scheduled rules of an ARM template, wherever in it they stand. Values that are nothing but a parameter are taken from its
 * default. (Microsoft.SecurityInsights/alertRules)
 * @throws NotImported where there is none.
 */
export function readArmTemplate(text: string): readonly ImportedRule[] {
  const template = parsed(text);
  const parameters = isData(template.parameters) ? template.parameters : {};
  const resources = resourcesIn(template, 0);
  const rules = resources.filter((r) => /\/alertRules$/i.test(String(r.type)) && isData(r.properties));
  if (rules.length === 0) throw new NotImported("the template has no alert rule");
  return rules.map((resource) => ruleOf(resource, parameters));
}

function parsed(text: string): Data {
  let data: unknown;
  try {
    data = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch {
    throw new NotImported("the file is not JSON");
  }
  if (!isData(data)) throw new NotImported("the file is no template");
  return data;
}

function resourcesIn(value: unknown, depth: number): Data[] {
  if (depth > 20) return [];
  if (Array.isArray(value)) return value.flatMap((item) => resourcesIn(item, depth + 1));
  if (!isData(value)) return [];
  const below = ["resources", "properties", "template", "mainTemplate"].flatMap((k) =>
    resourcesIn(value[k], depth + 1),
  );
  return typeof value.type === "string" && value.type.includes("/") ? [value, ...below] : below;
}

function ruleOf(resource: Data, parameters: Data): ImportedRule {
  const properties = isData(resource.properties) ? resource.properties : {};
  const unknown: string[] = [];
  const read = (key: string): unknown => {
    const value = resolved(properties[key], parameters);
    if (value !== unresolved) return value;
    unknown.push(`properties.${key} (an expression)`);
    return undefined;
  };
  const query = textOf(read("query"));
  const name = textOf(read("displayName"));
  if (query === undefined) throw new NotImported(`the alert rule ${name ?? ""} has no query`.replace("  ", " "));
  const kind = textOf(resource.kind) ?? "Scheduled";
  const operator = textOf(read("triggerOperator"));
  const fields: Record<string, unknown> = {
    id: idOf(resource),
    description: textOf(read("description")),
    severity: textOf(read("severity")),
    queryFrequency: shortDuration(textOf(read("queryFrequency"))),
    queryPeriod: shortDuration(textOf(read("queryPeriod"))),
    triggerOperator: operator === undefined ? undefined : (triggerOperators[operator] ?? operator),
    triggerThreshold: read("triggerThreshold"),
    tactics: textsOf(read("tactics")),
    relevantTechniques: techniquesOf(textsOf(read("techniques")), textsOf(read("subTechniques"))),
    kind,
  };
  for (const key of same) fields[key] = read(key);
  if (properties.suppressionEnabled === true) {
    fields.suppressionEnabled = true;
    fields.suppressionDuration = shortDuration(textOf(read("suppressionDuration")));
  }
  const known = [...Object.keys(fields), "query", "displayName", "techniques", "subTechniques", "suppressionDuration"];
  for (const key of Object.keys(properties)) {
    if (!known.includes(key) && !installation.has(key) && properties[key] !== null) unknown.push(`properties.${key}`);
  }
  return { name: name ?? "alert rule", language: "kql", query, variants: {}, fields, own: {}, unknown };
}

const unresolved = Symbol("unresolved");

/** A text in brackets is an expression of the template; with two at its beginning it is a text that begins with one. */
function resolved(value: unknown, parameters: Data): unknown {
  if (typeof value !== "string" || !value.startsWith("[") || !value.endsWith("]")) return value;
  if (value.startsWith("[[")) return value.slice(1);
  const parameter = /^\[parameters\('([^']+)'\)\]$/.exec(value)?.[1];
  const declared = parameter === undefined ? undefined : parameters[parameter];
  return isData(declared) && declared.defaultValue !== undefined ? declared.defaultValue : unresolved;
}

function idOf(resource: Data): string | undefined {
  const text = `${String(resource.name)} ${String(resource.id)}`;
  return /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i.exec(text)?.[0];
}

/** `PT1H` as `1h`, `P14D` as `14d`; what is not of one unit stays as it is. */
function shortDuration(text: string | undefined): string | undefined {
  const match = /^P(?:(\d+)D|T(\d+)H|T(\d+)M)$/.exec(text ?? "");
  if (!match) return text;
  const [, days, hours, minutes] = match;
  return days !== undefined ? `${days}d` : hours !== undefined ? `${hours}h` : `${minutes}m`;
}

/** Templates name techniques and sub-techniques apart; a technique whose sub-technique is named goes without saying. */
function techniquesOf(techniques: readonly string[] = [], below: readonly string[] = []): readonly string[] {
  return [...techniques.filter((t) => !below.some((b) => b.startsWith(`${t}.`))), ...below];
}
