import type { Span } from "../diagnostics/source.ts";
import type { Expr } from "../plan/nodes.ts";
import { isArray, type Value } from "../types/value.ts";
import type { PlanFacts } from "./plan-facts.ts";

/** How a text is compared with a word: whole, as a part, at an end, or as a term (`prefix` and `suffix` free at one end). */
export type Way = "equals" | "contains" | "starts" | "ends" | "has" | "prefix" | "suffix";

/** A word that a text is compared with, and where it stands; the place of the whole test for an item of a named list. */
export interface Word {
  readonly text: string;
  readonly span: Span;
}

/** A test of a text against constant words, in its positive form: any of them, or all of them. */
export interface TextTest {
  readonly kind: "text";
  /** As it is written: `has_any`, `in~`, `==`. */
  readonly operator: string;
  readonly way: Way;
  readonly ignoreCase: boolean;
  readonly all: boolean;
  readonly operand: Expr;
  readonly words: readonly Word[];
  readonly span: Span;
}

const operators: Readonly<Record<string, { readonly way: Way; readonly ignoreCase: boolean; readonly all?: true }>> = {
  "==": { way: "equals", ignoreCase: false },
  "=~": { way: "equals", ignoreCase: true },
  in: { way: "equals", ignoreCase: false },
  "in~": { way: "equals", ignoreCase: true },
  contains: { way: "contains", ignoreCase: true },
  contains_cs: { way: "contains", ignoreCase: false },
  startswith: { way: "starts", ignoreCase: true },
  startswith_cs: { way: "starts", ignoreCase: false },
  endswith: { way: "ends", ignoreCase: true },
  endswith_cs: { way: "ends", ignoreCase: false },
  has: { way: "has", ignoreCase: true },
  has_cs: { way: "has", ignoreCase: false },
  hasprefix: { way: "prefix", ignoreCase: true },
  hasprefix_cs: { way: "prefix", ignoreCase: false },
  hassuffix: { way: "suffix", ignoreCase: true },
  hassuffix_cs: { way: "suffix", ignoreCase: false },
  has_any: { way: "has", ignoreCase: true },
  has_all: { way: "has", ignoreCase: true, all: true },
};

/** A star or a text where a column's name would stand. */
const notNamed = /^(?:[*"'@`]|[hH]@?["'])/;

/** More words than this are a list of indicators: nothing is said about its single items. */
const mostWords = 2000;

/** An expression as a test of a text against words that are constant; null where it is something else. */
export function textTestOf(expr: Expr, facts: PlanFacts): TextTest | null {
  if (expr.kind !== "call") return null;
  const [first, second] = expr.args;
  if (expr.name === "isempty" && first?.type === "string") {
    const words = [{ text: "", span: expr.span }];
    return {
      kind: "text",
      operator: "isempty",
      way: "equals",
      ignoreCase: false,
      all: false,
      operand: first,
      words,
      span: expr.span,
    };
  }
  const operator = Object.hasOwn(operators, expr.name) ? operators[expr.name] : undefined;
  if (!operator || !first || !second) return null;
  const swapped = operator.way === "equals" && expr.args.length === 2 && facts.constantOf(first) !== undefined;
  const operand = swapped ? second : first;
  if (operand.type !== "string" && operand.type !== "dynamic" && operand.type !== "unknown") return null;
  if (facts.constantOf(operand) !== undefined) return null;
  // `search "x"` and `* has "x"` are one test of all columns together, none of which is named.
  if (operand.kind === "column" && notNamed.test(facts.text.slice(operand.span.start, operand.span.start + 3)))
    return null;
  const words: Word[] = [];
  for (const arg of swapped ? [first] : expr.args.slice(1)) {
    const constant = facts.constantOf(arg);
    if (constant === undefined) return null;
    const inside = arg.span.start >= expr.span.start && arg.span.end <= expr.span.end && arg.kind === "literal";
    const span = inside && !isArray(constant.value) ? arg.span : expr.span;
    for (const value of isArray(constant.value) ? flat(constant.value) : [constant.value]) {
      if (typeof value !== "string") return null;
      words.push({ text: value, span });
    }
  }
  if (words.length === 0 || words.length > mostWords) return null;
  return {
    kind: "text",
    operator: expr.name,
    way: operator.way,
    ignoreCase: operator.ignoreCase,
    all: operator.all === true,
    operand,
    words,
    span: expr.span,
  };
}

function flat(values: readonly Value[]): readonly Value[] {
  return values.flatMap((value) => (isArray(value) ? flat(value) : [value]));
}

/** The same with the case functions around its operand taken off: `tolower(x) == "a"` tests x with `=~`. */
export function withoutCaseFunction(test: TextTest): {
  readonly test: TextTest;
  /** The case that all letters of the operand are in; null without such a function. */
  readonly letters: "lower" | "upper" | null;
} {
  const { operand } = test;
  const inner = operand.kind === "call" ? operand.args[0] : undefined;
  if (operand.kind !== "call" || !inner || (operand.name !== "tolower" && operand.name !== "toupper")) {
    return { test, letters: null };
  }
  return {
    test: { ...test, operand: inner, ignoreCase: true },
    letters: operand.name === "tolower" ? "lower" : "upper",
  };
}

/** Whether a word has a letter that a text in lower (upper) case cannot have. */
export function hasOtherCase(word: string, letters: "lower" | "upper"): boolean {
  return word !== (letters === "lower" ? word.toLowerCase() : word.toUpperCase());
}
