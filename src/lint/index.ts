import { type Diagnostic, Diagnostics } from "../diagnostics/diagnostic.ts";
import { planFacts } from "./plan-facts.ts";
import { noRule } from "./rule-facts.ts";
import type { Report, Subject, Warning } from "./subject.ts";
import { chance } from "./warnings/chance.ts";
import { conditions } from "./warnings/conditions.ts";
import { cutTerm } from "./warnings/cut-term.ts";
import { fasterTest } from "./warnings/faster-test.ts";
import { idleSort } from "./warnings/idle-sort.ts";
import { impossibleValue } from "./warnings/impossible-value.ts";
import { joinKind } from "./warnings/join-kind.ts";
import { letterCase } from "./warnings/letter-case.ts";
import { lostColumns } from "./warnings/lost-columns.ts";
import { nullText } from "./warnings/null-text.ts";
import { regex } from "./warnings/regex.ts";
import { repeatedWords } from "./warnings/repeated-words.ts";
import { timeWindow } from "./warnings/time-window.ts";
import { unusedLet } from "./warnings/unused-let.ts";

export { withoutDisabled } from "./disable-comments.ts";
export { noRule, type RuleFacts, ruleFactsOf } from "./rule-facts.ts";
export type { Subject } from "./subject.ts";

/** All warnings, in the order of their codes. */
export const warnings: readonly Warning[] = [
  impossibleValue,
  cutTerm,
  conditions,
  nullText,
  repeatedWords,
  letterCase,
  regex,
  joinKind,
  chance,
  idleSort,
  timeWindow,
  lostColumns,
  fasterTest,
  unusedLet,
];

/**
 * What a query does that its author cannot have meant, in the order of the text. Nothing here is an error: the query
 * runs. A query nested too deep to be walked has no findings.
 */
export function lint(subject: Omit<Subject, "rule"> & Partial<Pick<Subject, "rule">>): readonly Diagnostic[] {
  const found = new Diagnostics(subject.text);
  const seen = new Set<string>();
  const report: Report = (code, span, message, hint) => {
    const key = `${code} ${span.start} ${span.end} ${message}`;
    if (seen.has(key)) return;
    seen.add(key);
    found.add(code, span, message, hint);
  };
  const { plan } = subject;
  const whole: Subject = { rule: noRule, ...subject };
  try {
    const view = plan && { ...whole, plan, facts: planFacts(plan, subject.text) };
    for (const warning of warnings) {
      if (warning.needs === "tree") warning.find(whole, report);
      else if (view) warning.find(view, report);
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return [];
  }
  return found.list.sort((a, b) => a.start - b.start);
}
