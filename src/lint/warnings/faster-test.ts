import type { Expr } from "../../plan/nodes.ts";
import { operatorName } from "../operator-name.ts";
import { eachExpression } from "../plan-facts.ts";
import { quoted } from "../quote.ts";
import type { PlanView, Report, Warning } from "../subject.ts";
import { hasOtherCase, type TextTest, textTestOf, withoutCaseFunction } from "../text-test.ts";

const letterOrDigit = /[\p{L}\p{N}]/u;

/** Tests that another operator does faster with the same result: whole terms with `contains`, `tolower` in front of `==`. */
export const fasterTest: Warning = {
  codes: ["KQL241", "KQL242"],
  needs: "plan",
  find(view, report) {
    for (const relation of view.facts.relations) {
      if (relation.kind !== "filter") continue;
      const negated = new Set<Expr>();
      eachExpression(relation.predicate, (expr) => {
        if (expr.kind === "not") negated.add(expr.operand);
        const test = textTestOf(expr, view.facts);
        if (!test) return;
        wholeTerm(test, negated.has(expr), view, report);
        caseFunction(test, negated.has(expr), view, report);
      });
    }
  },
};

function wholeTerm(test: TextTest, negated: boolean, { text }: PlanView, report: Report): void {
  const [word] = test.words;
  if (test.way !== "contains" || !word || !holdsWholeTerm(word.text)) return;
  const written = operatorName(test.operator, negated);
  const instead = operatorName(test.ignoreCase ? "has" : "has_cs", negated);
  const message = `${quoted(text, word.span)} begins and ends between terms: \`${instead}\` finds the same as \`${written}\`, and faster`;
  report("KQL241", test.span, message, `use \`${instead}\``);
}

/** Whether a word begins and ends with characters that no term has, and has a term in between that an index can find. */
function holdsWholeTerm(word: string): boolean {
  const first = word[0];
  const last = word.at(-1);
  if (!first || !last || letterOrDigit.test(first) || letterOrDigit.test(last)) return false;
  return /[\p{L}\p{N}]{4,}/u.test(word);
}

const relaxed: Readonly<Record<string, string>> = { "==": "=~", in: "in~" };

function caseFunction(test: TextTest, negated: boolean, { text }: PlanView, report: Report): void {
  const { letters } = withoutCaseFunction(test);
  const other = test.ignoreCase ? test.operator : relaxed[test.operator];
  if (letters === null || other === undefined) return;
  if (!test.ignoreCase && test.words.some((word) => hasOtherCase(word.text, letters))) return;
  const instead = operatorName(other, negated);
  const reason = test.ignoreCase ? "does not mind case by itself" : "finds the same without it, and faster";
  const message = `${quoted(text, test.operand.span)} is not needed: \`${instead}\` ${reason}`;
  report("KQL242", test.operand.span, message, `use \`${instead}\` on the column itself`);
}
