import type { Call, Expr } from "../../plan/nodes.ts";
import { type TextComparison, textComparison } from "./comparison.ts";
import { constantLogic, withoutAffixes } from "./constant-text.ts";
import { emptyPart, fieldTests, inCase, partTests } from "./field-tests.ts";
import { always, and, type Logic, never, not, or, testing } from "./logic.ts";
import { partsOf } from "./parts-of.ts";
import { type Subject, subjectOf } from "./subject.ts";
import { emptyTest, hasTermEnd } from "./text-tests.ts";
import { leave, noField, type Translation, unsayable } from "./translation.ts";
import { nullTest, valueLogic } from "./value-tests.ts";

/** Expressions that share parts can be far larger written out than as they stand; no rule needs more tests than this. */
const mostSteps = 20_000;

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
    case "in-table":
    case "toscalar":
    case "let":
      return leave(expr, unsayable(expr, translation), translation);
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
  if ((operand.kind === "and" || operand.kind === "or") && canBeNull(operand)) {
    const operands = operand.operands.map(
      (part): Expr => ({ kind: "not", operand: part, type: "bool", span: part.span }),
    );
    return translate({ ...operand, kind: operand.kind === "and" ? "or" : "and", operands }, bound, translation);
  }
  const inner = translate(operand, bound === "wider" ? "narrower" : "wider", translation);
  return inner && not(inner);
}

/** Whether an absent field can make a condition null, which is not the same as false once it is negated. */
function canBeNull(condition: Expr): boolean {
  const orders = (part: Expr) => part.kind === "call" && (opposites.has(part.name) || part.name === "between");
  return partsOf(condition).some((part) => orders(part) || (part.kind === "column" && part.type === "bool"));
}

const opposites: ReadonlyMap<string, string> = new Map([
  ["<", ">="],
  [">=", "<"],
  [">", "<="],
  ["<=", ">"],
]);

function call(expr: Call, bound: Bound, translation: Translation): Logic | null {
  const [first] = expr.args;
  if (first === undefined) return leave(expr, unsayable(expr, translation), translation);
  switch (expr.name) {
    case "isempty":
      return emptiness(expr, first, bound, translation);
    case "isnotempty":
      return negated({ ...expr, name: "isempty" }, bound, translation);
    case "isnull":
      return first.type === "string" ? never : emptiness(expr, first, bound, translation);
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

/** `isempty(x)`, and `isnull(x)` of what is no string. */
function emptiness(expr: Call, operand: Expr, bound: Bound, translation: Translation): Logic | null {
  const subject = subjectOf(operand);
  switch (subject.kind) {
    case "field": {
      if (!translation.fields.has(subject.field)) return leave(expr, noField(subject.field), translation);
      const isText = operand.type === "string" || operand.type === "unknown";
      return testing(isText ? emptyTest(subject.field) : nullTest(subject.field));
    }
    case "part":
      return emptyPart(subject.part, subject.field, subject.argument);
    case "constant":
      return subject.value === "" || subject.value === null ? always : never;
    case "affixed":
      return subject.before + subject.after === "" ? emptiness(expr, subject.of, bound, translation) : never;
    case "choice":
      return choice(subject, expr, (value) => ({ ...expr, args: [value] }), bound, translation);
    case "other":
      return leave(expr, unsayable(operand, translation), translation);
  }
}

function textLogic(
  expr: Call,
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
  if (subject.kind === "other") return leave(expr, unsayable(operand, translation), translation);
  const inThatCase = subject.kind === "constant" ? comparison : inCase(comparison, subject.lettercase);
  if (inThatCase === null) return leave(expr, "the case of the text matters here", translation);
  if (comparison.relation === "term" && comparison.texts.some((text) => hasTermEnd(text, comparison.ends)))
    translation.terms.push(expr);
  switch (subject.kind) {
    case "field": {
      if (!translation.fields.has(subject.field)) return leave(expr, noField(subject.field), translation);
      return fieldTests(subject.field, inThatCase) ?? leave(expr, unsayable(expr, translation), translation);
    }
    case "part":
      return (
        partTests(subject.part, subject.field, subject.argument, inThatCase) ??
        leave(expr, unsayable(expr, translation), translation)
      );
    case "affixed": {
      const inner = withoutAffixes(inThatCase, subject.before, subject.after);
      return inner === null ? leave(expr, unsayable(operand, translation), translation) : again(subject.of, inner);
    }
    case "constant":
      return constantLogic(inThatCase, subject.value) ?? leave(expr, unsayable(expr, translation), translation);
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
  if (subject.kind !== "choice") return leave(expr, unsayable(expr, translation), translation);
  let rest = translate(test(subject.otherwise), bound, translation);
  for (const { condition, value } of subject.branches.toReversed()) {
    const then = translate(test(value), bound, translation);
    const holds = translate(condition, bound, translation);
    const fails = negated(condition, bound, translation);
    if (then === null || rest === null || holds === null || fails === null)
      return leave(expr, unsayable(expr, translation), translation);
    rest = ifElse(holds, fails, then, rest);
  }
  return rest;
}

function ifElse(holds: Logic, fails: Logic, then: Logic, rest: Logic): Logic {
  if (then.kind === "constant") return then.value ? or([holds, rest]) : and([fails, rest]);
  if (rest.kind === "constant") return rest.value ? or([fails, then]) : and([holds, then]);
  return or([and([holds, then]), and([fails, rest])]);
}
