import { expressionsOf, inputsOf } from "../../plan/children.ts";
import { valuesOf } from "../column-values.ts";
import { eachExpression } from "../plan-facts.ts";
import { quoted, wordText } from "../quote.ts";
import type { Warning } from "../subject.ts";

/** Regular expressions that mind case where the column's case varies, and those that are no more than a text. */
export const regex: Warning = {
  codes: ["KQL203", "KQL207", "KQL243"],
  needs: "plan",
  find({ facts, text }, report) {
    for (const relation of facts.relations) {
      const input = inputsOf(relation)[0];
      if (!input) continue;
      for (const expression of expressionsOf(relation)) {
        eachExpression(expression, (expr) => {
          if (expr.kind !== "call" || expr.name !== "matches regex") return;
          const [operand, pattern] = expr.args;
          const value = pattern && facts.constantOf(pattern)?.value;
          if (!operand || typeof value !== "string") return;
          const column = quoted(text, operand.span);
          const plain = plainText(value);
          if (plain !== null) {
            const hint = `use \`${plain.ignoreCase ? "contains" : "contains_cs"}\``;
            report("KQL243", expr.span, `the regular expression is the plain text ${wordText(plain.text)}`, hint);
          }
          const letters = operand.kind === "call" ? caseOf[operand.name] : undefined;
          const impossible = letters && impossibleLetter(value, letters);
          if (impossible) {
            const message = `${quoted(text, expr.span)} is always false: \`${operand.kind === "call" ? operand.name : ""}\` leaves no ${wordText(impossible)}`;
            report("KQL203", expr.span, message, `write the expression in ${letters} case`);
          }
          const values = valuesOf(operand, input, facts);
          const minded = values?.case === "varies" ? lettersOf(value) : null;
          if (!minded) return;
          const message = `\`matches regex\` minds case, and ${column} holds ${values?.what} in any case: other spellings of ${wordText(minded)} are missed`;
          report("KQL207", expr.span, message, "begin the expression with `(?i)`");
        });
      }
    }
  },
};

/** The text that a regular expression is, where nothing in it has a meaning of its own. */
function plainText(pattern: string): { readonly text: string; readonly ignoreCase: boolean } | null {
  const ignoreCase = pattern.startsWith("(?i)");
  const body = ignoreCase ? pattern.slice(4) : pattern;
  if (body.length < 3 || /[.*+?^$|()[\]{}]/.test(body.replaceAll(/\\./gs, "")) || /\\[A-Za-z0-9]/.test(body))
    return null;
  return { text: body.replaceAll(/\\(.)/gs, "$1"), ignoreCase };
}

const caseOf: Readonly<Record<string, "lower" | "upper">> = { tolower: "lower", toupper: "upper" };

/** A letter that every match has and that a text in lower (upper) case cannot have; null where there is none for certain. */
function impossibleLetter(pattern: string, letters: "lower" | "upper"): string | null {
  if (/\(\?/.test(pattern)) return null;
  const bare = literalPart(pattern);
  if (/[|?*{]/.test(bare)) return null;
  return (letters === "lower" ? /[A-Z]/ : /[a-z]/).exec(bare)?.[0] ?? null;
}

/** Some letters that stand as they are in a regular expression that minds case; null where there are none, or none that matter. */
function lettersOf(pattern: string): string | null {
  if (/\(\?[a-z]*i/.test(pattern)) return null;
  const bare = literalPart(pattern)
    .replaceAll(/\(\?P?<[^>]*>/g, " ")
    .replaceAll(/\{[^}]*\}/g, " ");
  return /[A-Za-z]{3,}/.exec(bare)?.[0] ?? null;
}

/** A pattern without its escapes and classes. */
function literalPart(pattern: string): string {
  return pattern.replaceAll(/\\[pP]\{[^}]*\}|\\./gs, " ").replaceAll(/\[[^\]]*\]/g, " ");
}
