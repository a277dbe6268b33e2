import { expressionsOf, inputsOf } from "../../plan/children.ts";
import { impossibleWords, valuesOf } from "../column-values.ts";
import { eachExpression } from "../plan-facts.ts";
import { quoted, wordList } from "../quote.ts";
import type { Warning } from "../subject.ts";
import { textTestOf } from "../text-test.ts";

/** A column compared with a text that none of its values has: a file name with `\net.exe`. */
export const impossibleValue: Warning = {
  codes: ["KQL201"],
  needs: "plan",
  find({ facts, text }, report) {
    for (const relation of facts.relations) {
      const input = inputsOf(relation)[0];
      if (!input) continue;
      for (const expression of expressionsOf(relation)) {
        eachExpression(expression, (expr) => {
          const test = textTestOf(expr, facts);
          const values = test && valuesOf(test.operand, input, facts);
          if (!test || !values) return;
          const [first, ...rest] = impossibleWords(test, values);
          if (!first) return;
          const words = wordList([first.word.text, ...rest.map(({ word }) => word.text)]);
          const span = rest.length === 0 ? first.word.span : expr.span;
          report("KQL201", span, `${quoted(text, test.operand.span)} never matches ${words}: ${first.why}`, first.hint);
        });
      }
    }
  },
};
