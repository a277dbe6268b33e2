import { noSpan, type Span } from "../../diagnostics/source.ts";
import { expressionsOf, inputsOf, operandsOf } from "../../plan/children.ts";
import type { Expr, Relation } from "../../plan/nodes.ts";
import { decide, type Fact, factOf, factsOf, type Verdict } from "../condition.ts";
import { definitionOf } from "../definition.ts";
import { type FilterFacts, factsBelow } from "../known-rows.ts";
import { quoted } from "../quote.ts";
import type { PlanView, Report, Warning } from "../subject.ts";
import { intrinsicProblem } from "./always.ts";

/**
 * Conditions that other conditions decide: never true behind an earlier filter, always true, alternatives that an earlier
 * one covers, branches of `case` and `iff` that are never taken.
 */
export const conditions: Warning = {
  codes: ["KQL203", "KQL204", "KQL205"],
  needs: "plan",
  find(view, report) {
    const read: FilterFacts = new Map();
    for (const relation of view.facts.relations) {
      const input = inputsOf(relation)[0];
      const expressions = expressionsOf(relation);
      if (!input || relation.kind === "union" || expressions.length === 0) continue;
      const known = factsBelow(input, view.facts, read);
      const looking = { view, report, input };
      for (const expr of expressions) look(expr, { known, before: [] }, looking);
    }
  },
};

/** More alternatives than this are those of a `search` over all columns. */
const mostAlternatives = 500;

interface Looking {
  readonly view: PlanView;
  readonly report: Report;
  readonly input: Relation;
}

interface Situation {
  /** Holds for the rows that come here. */
  readonly known: readonly Fact[];
  /** The alternatives in front were not true; otherwise this condition does not matter. */
  readonly before: readonly Fact[];
}

function look(expr: Expr, situation: Situation, looking: Looking): void {
  const { view, input } = looking;
  const facts = (e: Expr, holds: boolean) => factsOf(e, holds, input, view.facts);
  const { known, before } = situation;
  if (expr.kind === "and") {
    let here = known;
    for (const operand of expr.operands) {
      look(operand, { known: here, before }, looking);
      here = [...here, ...facts(operand, true)];
    }
  } else if (expr.kind === "or") {
    if (expr.operands.length > mostAlternatives) return;
    let here = before;
    for (const operand of expr.operands) {
      look(operand, { known, before: here }, looking);
      here = [...here, ...facts(operand, false)];
    }
    lookBack(expr.operands, looking);
  } else if (expr.kind === "call" && (expr.name === "case" || expr.name === "iff" || expr.name === "iif")) {
    branches(expr.args, known, looking);
  } else if (!single(expr, situation, looking)) {
    for (const operand of operandsOf(expr)) look(operand, { known, before: [] }, looking);
  }
}

/** A single condition; false where it is none. */
function single(expr: Expr, { known, before }: Situation, { view, report, input }: Looking): boolean {
  const fact = factOf(expr, input, view.facts);
  if (!fact) return false;
  const { text } = view;
  if (intrinsicProblem(expr, view, report)) return true;
  const here = quoted(text, expr.span);
  if (fact.test.kind === "range" && fact.test.set.length === 0) {
    report(
      "KQL203",
      expr.span,
      `${here} is always ${!fact.holds}: its range ends before it begins`,
      "put the smaller bound first",
    );
    return true;
  }
  const counted = neverCounted(fact, { view, report, input });
  if (counted) {
    report("KQL203", expr.span, `${here} is never true: ${counted}`, "count what is missing with `join kind=leftanti`");
    return true;
  }
  const decided = decide(fact, known);
  if (decided && apart(decided.because.span, expr.span)) {
    const other = quoted(text, decided.because.span);
    if (decided.value)
      report("KQL205", expr.span, `${here} changes nothing: ${covers(here, other, "says so")}`, "leave it out");
    else report("KQL203", expr.span, `${here} is never true here: ${other} rules it out`);
    return true;
  }
  const alternative = decide(fact, [...known, ...before]);
  if (alternative && apart(alternative.because.span, expr.span)) {
    const other = quoted(text, alternative.because.span);
    if (!alternative.value)
      report("KQL205", expr.span, `${here} adds nothing: ${covers(here, other, "covers it")}`, "leave it out");
    else report("KQL203", expr.span, `${here} or ${other}: one of the two is always true`, "join the two with `and`");
  }
  return true;
}

/** Alternatives that one behind them covers; those that one in front covers are found on the way. */
function lookBack(operands: readonly Expr[], { view, report, input }: Looking): void {
  if (operands.length > 100) return;
  const all = operands.map((operand) => factOf(operand, input, view.facts));
  for (const [i, fact] of all.entries()) {
    const covering = all.slice(i + 1).find((later) => {
      const verdict = fact && later ? decide(later, [fact]) : null;
      // Where each covers the other, the second one was reported already.
      return verdict?.value === true && fact && later && decide(fact, [later])?.value !== true;
    });
    if (!fact || !covering || !apart(fact.span, covering.span)) continue;
    const message = `${quoted(view.text, fact.span)} adds nothing: ${quoted(view.text, covering.span)} covers it`;
    report("KQL205", fact.span, message, "leave it out");
  }
}

/** The branches of `case(condition, value, …, otherwise)`. */
function branches(args: readonly Expr[], known: readonly Fact[], looking: Looking): void {
  const { view, report, input } = looking;
  let earlier: readonly Fact[] = [];
  for (let i = 0; i + 1 < args.length; i += 2) {
    const condition = args[i];
    const value = args[i + 1];
    if (!condition || !value) return;
    const verdict = verdictOf(condition, earlier, looking);
    if (verdict && !verdict.value && apart(verdict.because.span, condition.span)) {
      const here = quoted(view.text, condition.span);
      const other = quoted(view.text, verdict.because.span);
      const message = `the branch ${here} is never taken: ${here === other ? "the same" : other} in front of it takes its rows`;
      report(
        "KQL204",
        condition.span,
        message,
        here === other ? "change one of them" : "put the narrower condition first",
      );
    } else look(condition, { known, before: [] }, looking);
    look(value, { known: [...known, ...earlier, ...factsOf(condition, true, input, view.facts)], before: [] }, looking);
    earlier = [...earlier, ...factsOf(condition, false, input, view.facts)];
  }
  const last = args.length % 2 === 1 ? args.at(-1) : undefined;
  if (last) look(last, { known: [...known, ...earlier], before: [] }, looking);
}

/** Whether a condition of any form is decided. */
function verdictOf(expr: Expr, known: readonly Fact[], looking: Looking): Verdict | null {
  if (expr.kind === "and" || expr.kind === "or") {
    const verdicts = expr.operands.map((operand) => verdictOf(operand, known, looking));
    const deciding = verdicts.find((v) => v?.value === (expr.kind === "or"));
    if (deciding) return deciding;
    const [first] = verdicts;
    return first && verdicts.every((v) => v !== null) ? first : null;
  }
  const fact = factOf(expr, looking.input, looking.view.facts);
  return fact && decide(fact, known);
}

/** What makes a comparison with a count impossible: a group has a row at least. */
function neverCounted(fact: Fact, { view, input }: Looking): string | null {
  const { test } = fact;
  if (test.kind !== "range" || test.operand.kind !== "column") return null;
  const { relation, name } = definitionOf(input, test.operand.name, view.facts);
  if (relation.kind !== "aggregate" || relation.keys.length === 0) return null;
  const call = relation.aggregates.find((a) => a.columns.some((c) => c.name === name));
  if (call?.function !== "count") return null;
  const low = { low: 1, lowOpen: false, high: Number.POSITIVE_INFINITY, highOpen: true };
  const verdict = decide(fact, [{ ...fact, test: { ...test, set: [low] }, holds: true, span: noSpan }]);
  return verdict?.value === false
    ? `\`${name}\` counts the rows of a group, and a group without rows is not there`
    : null;
}

const covers = (here: string, other: string, how: string): string =>
  here === other ? "it stands here twice" : `${other} already ${how}`;

const apart = (a: Span, b: Span): boolean => a.end <= b.start || b.end <= a.start;
