import { expressionsOf } from "../../plan/children.ts";
import { eachExpression } from "../plan-facts.ts";
import { wordList, wordText } from "../quote.ts";
import type { Warning } from "../subject.ts";
import { type TextTest, textTestOf } from "../text-test.ts";
import { wordImplies } from "../word-logic.ts";

/** Longer lists are compared for equal words alone. */
const mostCompared = 200;

/** Items of a list that another item of it covers. */
export const repeatedWords: Warning = {
  codes: ["KQL205"],
  needs: "plan",
  find({ facts }, report) {
    for (const relation of facts.relations) {
      for (const expression of expressionsOf(relation)) {
        eachExpression(expression, (expr) => {
          const test = textTestOf(expr, facts);
          if (!test || test.words.length < 2) return;
          const covered = coveredWords(test);
          const [first] = covered;
          if (!first) return;
          const rest = covered.slice(1).map((c) => c.word.text);
          const others = rest.length === 0 ? "" : `; so do ${wordList(rest)}`;
          const why = first.word.text === first.by ? "it is listed twice" : `${wordText(first.by)} already covers it`;
          report(
            "KQL205",
            first.word.span,
            `${wordText(first.word.text)} adds nothing to the list: ${why}${others}`,
            "leave it out",
          );
        });
      }
    }
  },
};

function coveredWords(test: TextTest): { readonly word: TextTest["words"][number]; readonly by: string }[] {
  const seen = new Map<string, number>();
  return test.words.flatMap((word, i) => {
    const key = test.ignoreCase ? word.text.toLowerCase() : word.text;
    if (seen.has(key))
      return [
        {
          word,
          by:
            test.words[seen.get(key) ?? 0]?.text === word.text
              ? word.text
              : (test.words[seen.get(key) ?? 0]?.text ?? ""),
        },
      ];
    seen.set(key, i);
    if (test.way === "equals" || test.words.length > mostCompared || word.text === "") return [];
    const atom = (text: string) => ({ way: test.way, text, ignoreCase: test.ignoreCase });
    const by = test.words.find((other, j) => {
      if (j === i || other.text === "" || other.text.length === word.text.length) return false;
      return test.all ? wordImplies(atom(other.text), atom(word.text)) : wordImplies(atom(word.text), atom(other.text));
    });
    return by ? [{ word, by: by.text }] : [];
  });
}
