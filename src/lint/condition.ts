import type { Span } from "../diagnostics/source.ts";
import type { Expr, Relation } from "../plan/nodes.ts";
import {
  anyNumber,
  complement,
  type Interval,
  intersection,
  isWithin,
  type RangeTest,
  rangeTestOf,
} from "./number-range.ts";
import { operandKey } from "./operand-key.ts";
import type { PlanFacts } from "./plan-facts.ts";
import { type TextTest, textTestOf, withoutCaseFunction } from "./text-test.ts";
import { excludes, implies } from "./word-logic.ts";

/** A test that is known to hold, or known not to, for the rows at hand. */
export interface Fact {
  /** What is tested; only facts about the same thing are comparable. */
  readonly key: string;
  readonly test: TextTest | RangeTest;
  readonly holds: boolean;
  /** The condition in the source that says so. */
  readonly span: Span;
}

/** Whether a condition is decided by facts, and by which. */
export interface Verdict {
  readonly value: boolean;
  readonly because: Fact;
}

/** What a single condition says: a test of something, turned round by `not`; null where that is not understood. */
export function factOf(expr: Expr, input: Relation, facts: PlanFacts): Fact | null {
  if (expr.kind === "not") {
    const inner = factOf(expr.operand, input, facts);
    return inner && { ...inner, holds: !inner.holds, span: expr.span };
  }
  if (expr.kind === "call" && expr.name === "isnotempty" && expr.args[0]) {
    const inner = factOf({ ...expr, name: "isempty" }, input, facts);
    return inner && { ...inner, holds: !inner.holds };
  }
  const written = textTestOf(expr, facts);
  const test = written ? withoutCaseFunction(written).test : rangeTestOf(expr, facts);
  if (!test) return null;
  const key = operandKey(test.operand, input, facts);
  if (key === null) return null;
  return { key: test.kind === "text" ? key : `${key} ${test.scale}`, test, holds: true, span: expr.span };
}

/** What is known of rows where a condition is true (or, with `holds` false, not true). */
export function factsOf(expr: Expr, holds: boolean, input: Relation, facts: PlanFacts): readonly Fact[] {
  if (expr.kind === "not") return factsOf(expr.operand, !holds, input, facts);
  if (expr.kind === (holds ? "and" : "or") && "operands" in expr) {
    return expr.operands.flatMap((operand) => factsOf(operand, holds, input, facts));
  }
  const fact = factOf(expr, input, facts);
  return fact ? [{ ...fact, holds: fact.holds === holds }] : [];
}

/** Of more facts about one thing the latest count. */
const mostFacts = 24;

/** Whether a single condition is always true or always false where the facts hold. */
export function decide(wanted: Fact, known: readonly Fact[]): Verdict | null {
  const same = known.filter((fact) => fact.key === wanted.key).slice(-mostFacts);
  for (const fact of same) {
    const value = byOne(wanted, fact);
    if (value !== null) return { value, because: fact };
  }
  const { test } = wanted;
  const last = same.at(-1);
  if (test.kind !== "range" || !last || same.length < 2) return null;
  const possible = same.reduce<readonly Interval[]>((set, fact) => intersection(set, setOf(fact)), anyNumber);
  const value = inRange(wanted, possible);
  return value === null ? null : { value, because: last };
}

function byOne(wanted: Fact, fact: Fact): boolean | null {
  if (wanted.test.kind === "range" || fact.test.kind === "range") {
    return fact.test.kind === "range" ? inRange(wanted, setOf(fact)) : null;
  }
  if (fact.holds) {
    if (implies(fact.test, wanted.test)) return wanted.holds;
    return excludes(fact.test, wanted.test) ? !wanted.holds : null;
  }
  return implies(wanted.test, fact.test) ? !wanted.holds : null;
}

function setOf(fact: Fact): readonly Interval[] {
  if (fact.test.kind !== "range") return anyNumber;
  return fact.holds ? fact.test.set : complement(fact.test.set);
}

function inRange(wanted: Fact, possible: readonly Interval[]): boolean | null {
  if (possible.length === 0) return null;
  const set = setOf(wanted);
  if (intersection(possible, set).length === 0) return false;
  return isWithin(possible, set) ? true : null;
}
