import type { Expr } from "../../plan/nodes.ts";
import { testMatcher } from "../../sigma/match.ts";
import { type FieldTest, literalText, type Modifier, type SigmaValue } from "../../sigma/rule.ts";
import { isNumeric } from "../../types/scalar-type.ts";
import type { Value } from "../../types/value.ts";
import { constantValues, type TextComparison, textComparison } from "./comparison.ts";
import { emptyPart, fieldTests, inCase, partTests } from "./field-tests.ts";
import { always, and, type Logic, never, not, or, testing } from "./logic.ts";
import { type Subject, subjectOf } from "./subject.ts";
import { emptyTest } from "./text-tests.ts";

/** Expressions that share parts can be far larger written out than as they stand; no rule needs more tests than this. */
const mostSteps = 20_000;

/** What stands behind `has no field` and the like: reported where a part of a rule is left out. */
export interface Left {
  readonly expr: Expr;
  readonly reason: string;
}

export interface Translation {
  /** Fields that the events have. */
  readonly fields: ReadonlySet<string>;
  /** Parts that could not be said, in the order in which they were met. */
  readonly left: Left[];
  steps: number;
}

/**
 * `wider`: true for every event for which the expression is, perhaps for more. `narrower`: the reverse.
 * Both are the same condition where nothing is left out.
 */
type Bound = "wider" | "narrower";

/** The expression as a condition on the event; null where nothing of use can be said (always true, or never). */
export function translate(expr: Expr, bound: Bound, translation: Translation): Logic | null {
  if (translation.steps++ > mostSteps) return leave(expr, "the condition is too large", translation);
  switch (expr.kind) {
    case "and":
    case "or": {
      const sides = expr.operands.map((operand) => translate(operand, bound, translation));
      const said = sides.filter((side) => side !== null);
      // A conjunct may go where the condition may widen, an alternative where it may narrow.
      const mayDrop = (expr.kind === "and") === (bound === "wider");
      if (said.length === 0 || (said.length < sides.length && !mayDrop)) return null;
      return expr.kind === "and" ? and(said) : or(said);
    }
    case "not":
      return negated(expr.operand, bound, translation);
    case "literal":
      return expr.value === true ? always : never;
    case "column":
      return translation.fields.has(expr.name)
        ? testing({ field: expr.name, modifiers: [], values: [{ kind: "boolean", value: true }] })
        : leave(expr, noField(expr.name), translation);
    case "call":
      return call(expr, bound, translation);
    case "access":
      return leave(expr, "Sigma does not look inside a dynamic value", translation);
    case "in-table":
    case "toscalar":
      return leave(expr, "Sigma does not look into other tables", translation);
    case "let":
      return leave(expr, `the value of ${expr.name} is not known`, translation);
  }
}

function negated(operand: Expr, bound: Bound, translation: Translation): Logic | null {
  // An absent truth value is neither true nor false.
  if (operand.kind === "column" && translation.fields.has(operand.name)) {
    return testing({ field: operand.name, modifiers: [], values: [{ kind: "boolean", value: false }] });
  }
  if (operand.kind === "call") {
    // An ordering is null for an absent number, and so is its negation: the event goes, as it does with the opposite test.
    const opposite = opposites.get(operand.name);
    if (opposite !== undefined) return translate({ ...operand, name: opposite }, bound, translation);
    const [value, low, high] = operand.args;
    if (operand.name === "between" && value && low && high) {
      const outside = (name: string, limit: Expr): Expr => ({ ...operand, name, args: [value, limit] });
      return translate(
        { ...operand, kind: "or", operands: [outside("<", low), outside(">", high)] },
        bound,
        translation,
      );
    }
  }
  const inner = translate(operand, bound === "wider" ? "narrower" : "wider", translation);
  return inner && not(inner);
}

const opposites: ReadonlyMap<string, string> = new Map([
  ["<", ">="],
  [">=", "<"],
  [">", "<="],
  ["<=", ">"],
]);

function call(expr: Expr & { kind: "call" }, bound: Bound, translation: Translation): Logic | null {
  const [first] = expr.args;
  if (first === undefined) return leave(expr, unsayable(expr), translation);
  switch (expr.name) {
    case "isempty":
      return emptiness(first, bound, translation);
    case "isnotempty":
      return negated({ ...expr, name: "isempty" }, bound, translation);
    case "isnull":
      return first.type === "string" ? never : emptiness(first, bound, translation);
    case "isnotnull":
      return negated({ ...expr, name: "isnull" }, bound, translation);
    case "iff":
    case "iif":
    case "case":
      return choice(subjectOf(expr), expr, (value) => value, bound, translation);
    case "tobool":
      return translate(first, bound, translation);
  }
  const compared = textComparison(expr);
  if (compared !== null) return textLogic(expr, compared.subject, compared.comparison, bound, translation);
  return valueLogic(expr, translation);
}

function emptiness(operand: Expr, bound: Bound, translation: Translation): Logic | null {
  const subject = subjectOf(operand);
  switch (subject.kind) {
    case "field":
      if (!translation.fields.has(subject.field)) return leave(operand, noField(subject.field), translation);
      return testing(
        operand.type === "string" || operand.type === "unknown" ? emptyTest(subject.field) : nullTest(subject.field),
      );
    case "part":
      return emptyPart(subject.part, subject.field, subject.argument);
    case "constant":
      return subject.value === "" || subject.value === null ? always : never;
    case "affixed":
      if (subject.before + subject.after !== "") return never;
      return emptiness(subject.of, bound, translation);
    case "choice": {
      const isEmpty = (value: Expr): Expr => ({
        kind: "call",
        name: "isempty",
        args: [value],
        type: "bool",
        span: value.span,
      });
      return choice(subject, operand, isEmpty, bound, translation);
    }
    case "other":
      return leave(operand, unsayable(operand), translation);
  }
}

function textLogic(
  expr: Expr & { kind: "call" },
  operand: Expr,
  comparison: TextComparison,
  bound: Bound,
  translation: Translation,
): Logic | null {
  const subject = subjectOf(operand);
  const again = (of: Expr, changed: TextComparison = comparison): Logic | null =>
    textLogic(expr, of, changed, bound, translation);
  if (subject.kind === "choice") {
    const compareWith = (value: Expr): Expr => ({
      ...expr,
      args: [value, ...expr.args.filter((arg) => arg !== operand)],
    });
    return choice(subject, operand, compareWith, bound, translation);
  }
  if (subject.kind === "other") return leave(operand, unsayable(operand), translation);
  const inThatCase = subject.kind === "constant" ? comparison : inCase(comparison, subject.lettercase);
  if (inThatCase === null) return leave(expr, "the case of the text matters here", translation);
  switch (subject.kind) {
    case "field": {
      if (!translation.fields.has(subject.field)) return leave(operand, noField(subject.field), translation);
      return fieldTests(subject.field, inThatCase) ?? leave(expr, unsayable(expr), translation);
    }
    case "part":
      return (
        partTests(subject.part, subject.field, subject.argument, inThatCase) ??
        leave(expr, unsayable(expr), translation)
      );
    case "affixed": {
      const inner = withoutAffixes(inThatCase, subject.before, subject.after);
      return inner === null ? leave(operand, unsayable(operand), translation) : again(subject.of, inner);
    }
    case "constant":
      return constantLogic(inThatCase, subject.value) ?? leave(expr, unsayable(expr), translation);
  }
}

/** `strcat("a", x) == "ab"` is `x == "b"`. */
function withoutAffixes(comparison: TextComparison, before: string, after: string): TextComparison | null {
  if (comparison.relation !== "equals") return null;
  const fold = (text: string) => (comparison.cased ? text : text.toLowerCase());
  const texts = comparison.texts.flatMap((text) => {
    const fits =
      text.length >= before.length + after.length &&
      fold(text).startsWith(fold(before)) &&
      fold(text).endsWith(fold(after));
    return fits ? [text.slice(before.length, text.length - after.length)] : [];
  });
  return { ...comparison, texts };
}

/** A constant is tested as a field that holds it would be. */
function constantLogic(comparison: TextComparison, value: Value): Logic | null {
  if (typeof value !== "string") return null;
  const logic = fieldTests("", comparison);
  return logic && evaluated(logic, value);
}

function evaluated(logic: Logic, value: string): Logic {
  switch (logic.kind) {
    case "constant":
      return logic;
    case "test":
      return testMatcher({ ...logic.test, field: "value" })({ value }) ? always : never;
    case "and":
      return and(logic.operands.map((operand) => evaluated(operand, value)));
    case "or":
      return or(logic.operands.map((operand) => evaluated(operand, value)));
    case "not":
      return not(evaluated(logic.operand, value));
  }
}

/** A test of the value that a choice gives: each branch where its condition is the first to hold. */
function choice(
  subject: Subject,
  expr: Expr,
  test: (value: Expr) => Expr,
  bound: Bound,
  translation: Translation,
): Logic | null {
  if (subject.kind !== "choice") return leave(expr, unsayable(expr), translation);
  let rest = translate(test(subject.otherwise), bound, translation);
  for (const { condition, value } of subject.branches.toReversed()) {
    const then = translate(test(value), bound, translation);
    const holds = translate(condition, bound, translation);
    const fails = negated(condition, bound, translation);
    if (then === null || rest === null || holds === null || fails === null)
      return leave(expr, unsayable(expr), translation);
    rest = ifElse(holds, fails, then, rest);
  }
  return rest;
}

function ifElse(holds: Logic, fails: Logic, then: Logic, rest: Logic): Logic {
  if (then.kind === "constant") return then.value ? or([holds, rest]) : and([fails, rest]);
  if (rest.kind === "constant") return rest.value ? or([fails, then]) : and([holds, then]);
  return or([and([holds, then]), and([fails, rest])]);
}

const orderings: ReadonlyMap<string, Modifier> = new Map([
  ["<", "lt"],
  ["<=", "lte"],
  [">", "gt"],
  [">=", "gte"],
]);

/** Comparisons of numbers and truth values. */
function valueLogic(expr: Expr & { kind: "call" }, translation: Translation): Logic | null {
  const [operand, ...others] = expr.args;
  const constants = constantValues(others);
  if (operand === undefined || constants === null || operand.kind !== "column")
    return leave(expr, unsayable(expr), translation);
  const field = operand.name;
  if (!translation.fields.has(field)) return leave(operand, noField(field), translation);
  const values = constants.map(plainValue);
  const ordering = orderings.get(expr.name);
  const [low, high] = values;
  if (values.includes(null) || low === undefined) return leave(expr, unsayable(expr), translation);
  const said = values.filter((value) => value !== null);
  const test = (modifiers: readonly Modifier[], list: readonly SigmaValue[]): Logic =>
    testing({ field, modifiers, values: list });
  if (expr.name === "==" || expr.name === "in") return test([], said);
  if (!isNumeric(operand.type) && operand.type !== "unknown") return leave(expr, unsayable(expr), translation);
  if (ordering !== undefined) return test([ordering], said.slice(0, 1));
  if (expr.name === "between" && low && high) return and([test(["gte"], [low]), test(["lte"], [high])]);
  return leave(expr, unsayable(expr), translation);
}

function plainValue(value: Value): SigmaValue | null {
  switch (typeof value) {
    case "number":
      return Number.isFinite(value) ? { kind: "number", value } : null;
    case "bigint":
      return { kind: "number", value };
    case "boolean":
      return { kind: "boolean", value };
    case "string":
      return literalText(value);
    default:
      return null;
  }
}

function nullTest(field: string): FieldTest {
  return { field, modifiers: [], values: [{ kind: "null" }] };
}

function leave(expr: Expr, reason: string, translation: Translation): null {
  translation.left.push({ expr, reason });
  return null;
}

export function noField(name: string): string {
  return `there is no field for ${name}`;
}

function unsayable(expr: Expr): string {
  return expr.kind === "call"
    ? `Sigma has no word for ${expr.name.replace(/^\$/, "")} here`
    : "Sigma has no word for it";
}
