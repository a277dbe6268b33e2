import type { Expr } from "../../plan/nodes.ts";
import { quoted, wordList } from "../quote.ts";
import type { PlanView, Report } from "../subject.ts";
import { hasOtherCase, type TextTest, textTestOf, withoutCaseFunction } from "../text-test.ts";

/** A condition that is always true or always false by itself, whatever the rows; true where it was reported. */
export function intrinsicProblem(expr: Expr, view: PlanView, report: Report): boolean {
  const { text, facts } = view;
  const negated = expr.kind === "not";
  const test = textTestOf(negated ? expr.operand : expr, facts);
  if (!test) return false;
  const here = quoted(text, expr.span);
  if (test.way !== "equals" && emptyDecides(test)) {
    const hint = "name the text that is looked for, or leave the condition out";
    report("KQL203", expr.span, `${here} is always ${!negated}: every text has "" in it`, hint);
    return true;
  }
  const { letters } = withoutCaseFunction(test);
  if (letters === null || test.ignoreCase) return false;
  const impossible = test.words.filter((word) => hasOtherCase(word.text, letters));
  if (impossible.length === 0) return false;
  const whole = test.all || impossible.length === test.words.length;
  const words = wordList(impossible.map((word) => word.text));
  const reason = `\`${letters === "lower" ? "tolower" : "toupper"}\` leaves no ${letters === "lower" ? "upper" : "lower"}-case letters`;
  const span = whole ? expr.span : (impossible[0]?.span ?? expr.span);
  const message = whole ? `${here} is always ${negated}: ${reason}` : `${words} never matches: ${reason}`;
  report("KQL203", span, message, `write the text in ${letters} case`);
  return true;
}

function emptyDecides(test: TextTest): boolean {
  return test.all ? test.words.every((w) => w.text === "") : test.words.some((w) => w.text === "");
}
