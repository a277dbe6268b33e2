import { Document, parse, Scalar } from "yaml";
import type { ImportedRule } from "./imported-rule.ts";

/** The order in which Sentinel's repository has its fields; others follow. */
const order = [
  "id",
  "name",
  "description",
  "severity",
  "status",
  "requiredDataConnectors",
  "queryFrequency",
  "queryPeriod",
  "triggerOperator",
  "triggerThreshold",
  "tactics",
  "relevantTechniques",
  "query",
];

/** The rule file for an imported rule: YAML with its queries kept to the letter. */
export function ruleText(rule: ImportedRule): string {
  const document = new Document({});
  const fields = new Map<string, unknown>(
    Object.entries({ ...rule.fields, name: rule.name, query: exact(rule.query) }),
  );
  const set = (key: string): void => {
    const value = fields.get(key);
    if (!isEmpty(value)) document.set(key, document.createNode(value));
    fields.delete(key);
  };
  for (const key of order) set(key);
  for (const key of [...fields.keys()]) set(key);
  const variants = Object.entries(rule.variants).map(([name, query]) => [name, { query: exact(query) }] as const);
  const own = {
    ...(rule.language === "spl" ? { language: "spl" } : {}),
    ...Object.fromEntries(Object.entries(rule.own).filter(([, value]) => !isEmpty(value))),
    ...(variants.length > 0 ? { variants: Object.fromEntries(variants) } : {}),
  };
  if (Object.keys(own).length > 0) document.set("ruleport", document.createNode(own));
  return document.toString({ lineWidth: 0, blockQuote: "literal" });
}

/** A block where YAML reads it back as it was, else a quoted text: a block has no place for a carriage return. */
function exact(text: string): Scalar<string> {
  const scalar = new Scalar(text);
  scalar.type = "BLOCK_LITERAL";
  const document = new Document({ text: scalar });
  const back: unknown = parse(document.toString({ lineWidth: 0, blockQuote: "literal" }));
  const same = typeof back === "object" && back !== null && "text" in back && back.text === text;
  if (!same) scalar.type = "QUOTE_DOUBLE";
  return scalar;
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === "") return true;
  if (value instanceof Scalar) return false;
  return typeof value === "object" && Object.keys(value).length === 0;
}
