import { checkKql } from "../../src/index.ts";
import { readRule } from "../../src/rules/read.ts";

/** The codes of a query's warnings, each once, without the bound in time that short examples leave out. */
export function codesOf(text: string): string[] {
  return [...new Set(checkKql(text).map((d) => d.code))].filter((code) => code !== "KQL221");
}

/** The same for a rule file. */
export function codesOfRule(text: string): string[] {
  const { rule } = readRule(text, "rule.yml");
  if (rule === null) throw new Error("not a rule");
  return [...new Set(checkKql(rule.query.text, { rule }).map((d) => d.code))];
}
