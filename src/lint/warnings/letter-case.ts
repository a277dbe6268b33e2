import type { Span } from "../../diagnostics/source.ts";
import { expressionsOf, inputsOf } from "../../plan/children.ts";
import type { Expr, Relation } from "../../plan/nodes.ts";
import { impossibleWords, type Values, valuesOf } from "../column-values.ts";
import { operatorName } from "../operator-name.ts";
import { eachExpression } from "../plan-facts.ts";
import { quoted, wordList } from "../quote.ts";
import type { PlanView, Warning } from "../subject.ts";
import { type TextTest, textTestOf } from "../text-test.ts";

/** The same operators without regard to case. */
const relaxed: Readonly<Record<string, string>> = {
  "==": "=~",
  in: "in~",
  has_cs: "has",
  contains_cs: "contains",
  startswith_cs: "startswith",
  endswith_cs: "endswith",
  hasprefix_cs: "hasprefix",
  hassuffix_cs: "hassuffix",
};

/** Comparisons of one column with one operator, which make one finding. */
interface Comparison {
  readonly span: Span;
  readonly column: string;
  readonly operator: string;
  readonly negated: boolean;
  readonly values: Values;
  readonly words: string[];
}

/** A comparison that minds case, with a column in which the same name occurs in several cases. */
export const letterCase: Warning = {
  codes: ["KQL206"],
  needs: "plan",
  find(view, report) {
    for (const relation of view.facts.relations) {
      const input = inputsOf(relation)[0];
      if (!input) continue;
      for (const expression of expressionsOf(relation)) {
        for (const { span, column, operator, negated, values, words } of comparisons(expression, input, view)) {
          const of = (name: string) => operatorName(name, negated);
          const cases = values.case === "varies" ? `holds ${values.what} in any case` : "stands in lower case mostly";
          const effect = negated
            ? `other spellings of ${wordList(words)} are not excluded`
            : `other spellings of ${wordList(words)} are missed`;
          const message = `\`${of(operator)}\` minds case, and ${column} ${cases}: ${effect}`;
          report("KQL206", span, message, `use \`${of(relaxed[operator] ?? operator)}\``);
        }
      }
    }
  },
};

function comparisons(expression: Expr, input: Relation, { facts, text }: PlanView): Iterable<Comparison> {
  const found = new Map<string, Comparison>();
  const turnedRound = new Set<Expr>();
  eachExpression(expression, (expr) => {
    if (expr.kind === "not") turnedRound.add(expr.operand);
    const test = textTestOf(expr, facts);
    if (!test || test.ignoreCase || !Object.hasOwn(relaxed, test.operator)) return;
    const values = valuesOf(test.operand, input, facts);
    if (!values || impossibleWords(test, values).length > 0) return;
    const negated = turnedRound.has(expr);
    const words = negated && values.excluding === false ? [] : wordsOfCase(test, values);
    if (words.length === 0) return;
    const column = quoted(text, test.operand.span);
    const key = `${column} ${test.operator} ${negated}`;
    const earlier = found.get(key);
    if (earlier) earlier.words.push(...words);
    else found.set(key, { span: expr.span, column, operator: test.operator, negated, values, words: [...words] });
  });
  return found.values();
}

function wordsOfCase(test: TextTest, values: Values): readonly string[] {
  const words = test.words.map((word) => word.text).filter((word) => !/^S-1-\d/.test(word));
  switch (values.case) {
    case "varies":
      return words.filter((word) => /[a-z]/i.test(word) && !values.exact?.test(word));
    case "mostly lower":
      return words.filter((word) => /[A-Z]/.test(word));
    default:
      return [];
  }
}
