import { type CompileOptions, compileKql } from "./compile.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import { lint, noRule, ruleFactsOf, withoutDisabled } from "./lint/index.ts";
import type { Rule } from "./rules/rule.ts";

export interface CheckOptions extends CompileOptions {
  /** The rule file that the query stands in: what it needs of the result, and how far back its schedule lets it see. */
  readonly rule?: Rule;
}

/**
 * All findings about a KQL text, in the order of the text: errors, and warnings where the query cannot do what it says.
 * A comment `// ruleport-disable-next-line CODE` takes out what is not wanted. Never throws.
 */
export function checkKql(text: string, options: CheckOptions = {}): readonly Diagnostic[] {
  const { query, plan, columns, diagnostics } = compileKql(text, options);
  if (query === null) return diagnostics;
  const rule = options.rule === undefined ? noRule : ruleFactsOf(options.rule);
  const found = [...diagnostics, ...lint({ text, query, plan, columns, rule })];
  return withoutDisabled(text, query.comments, found).sort((a, b) => a.start - b.start);
}
