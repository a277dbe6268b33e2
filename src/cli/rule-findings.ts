import { checkKql } from "../check.ts";
import { type Finding, toJson } from "../diagnostics/findings.ts";
import type { Source } from "../diagnostics/source.ts";
import { checkDeployment } from "../rules/check-deployment.ts";
import { queriesOf, type Rule } from "../rules/rule.ts";
import type { TableDeclarations } from "../schemas/declared.ts";
import type { Macros } from "../spl/macros.ts";
import { parseSplText } from "../spl/parse.ts";
import { findingsIn } from "./load-rule.ts";

export interface FindingOptions {
  readonly schemas: TableDeclarations;
  /** What the macros of rules in SPL stand for. */
  readonly macros?: Macros | undefined;
}

/** Everything that there is to say about a rule, its deployment and its queries; what variants share is said once. */
export function ruleFindings(rule: Rule, file: Source, { schemas, macros }: FindingOptions): readonly Finding[] {
  const found = queriesOf(rule).flatMap(({ query, rule: own }) =>
    findingsIn(
      query,
      rule.language === "spl" ? splFindings(query, macros) : checkKql(query.text, { schemas, rule: own }),
    ),
  );
  return distinct([...findingsIn(file, checkDeployment(rule, file.text)), ...found]);
}

export function splFindings(query: Source, macros: Macros | undefined): ReturnType<typeof parseSplText>["diagnostics"] {
  return parseSplText(query.text, macros === undefined ? {} : { macros }).diagnostics;
}

function distinct(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>();
  return findings.filter((finding) => {
    const { line, column, code, message } = toJson(finding);
    const key = `${line}:${column} ${code} ${message}`;
    return !seen.has(key) && seen.add(key);
  });
}
