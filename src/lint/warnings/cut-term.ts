import { expressionsOf, operandsOf } from "../../plan/children.ts";
import type { Expr } from "../../plan/nodes.ts";
import type { PlanFacts } from "../plan-facts.ts";
import { quoted, wordText } from "../quote.ts";
import type { Warning } from "../subject.ts";
import { type TextTest, textTestOf } from "../text-test.ts";
import { wordImplies } from "../word-logic.ts";

/**
 * Words whose beginning programs take for the whole (switches of net.exe and PowerShell), or that are cut short by mistake.
 * `least` is the shortest beginning that counts.
 */
const wholes: readonly { readonly whole: string; readonly least: number }[] = [
  { whole: "/domain", least: 3 },
  { whole: "/delete", least: 4 },
  { whole: "/create", least: 3 },
  { whole: "-encodedcommand", least: 3 },
  { whole: "-executionpolicy", least: 4 },
  { whole: "-noprofile", least: 4 },
  { whole: "-noninteractive", least: 4 },
  { whole: "-windowstyle", least: 4 },
  { whole: "https", least: 4 },
  { whole: "psexec", least: 5 },
  { whole: "schtasks", least: 5 },
  { whole: "rundll32", least: 4 },
  { whole: "regsvr32", least: 4 },
  { whole: "powershell", least: 6 },
  { whole: "bitsadmin", least: 5 },
  { whole: "certutil", least: 5 },
  { whole: "mimikatz", least: 5 },
  { whole: "invoke-webrequest", least: 9 },
  { whole: "invoke-expression", least: 9 },
  { whole: "frombase64string", least: 8 },
  { whole: "downloadstring", least: 9 },
];

/** A `has` whose word ends inside a longer one that is meant too: ` /do` finds no `/domain`. */
export const cutTerm: Warning = {
  codes: ["KQL202"],
  needs: "plan",
  find({ facts, text }, report) {
    for (const relation of facts.relations) {
      for (const expression of expressionsOf(relation)) {
        eachTest(expression, facts, (test, alternatives) => {
          if (test.way !== "has") return;
          for (const word of test.words) {
            const missed = missedWhole(word.text);
            if (missed === null || alternatives.some((other) => finds(other, missed))) continue;
            const message = `${quoted(text, test.operand.span)} with \`${test.operator}\` finds ${wordText(word.text)} as a whole word only, not in ${wordText(missed)}`;
            report("KQL202", word.span, message, `use \`contains\`, or name ${wordText(missed)} too`);
          }
        });
      }
    }
  },
};

/** Every test of an expression, with the alternatives that it stands among, itself included. */
function eachTest(
  expr: Expr,
  facts: PlanFacts,
  visit: (test: TextTest, alternatives: readonly TextTest[]) => void,
  among: readonly TextTest[] = [],
): void {
  const test = textTestOf(expr, facts);
  if (test) visit(test, among.length > 0 ? among : [test]);
  const inner = expr.kind === "or" ? expr.operands.flatMap((operand) => textTestOf(operand, facts) ?? []) : [];
  for (const operand of operandsOf(expr)) eachTest(operand, facts, visit, inner);
}

/** The word that a text ends in the middle of. */
function missedWhole(text: string): string | null {
  // A phrase of several words is a known command line: it is meant as it stands.
  const last = /^[\s"'=,(]*([-/]?(?:[a-z0-9]+-)?[a-z0-9]+)$/i.exec(text)?.[1]?.toLowerCase();
  if (last === undefined) return null;
  const found = wholes.find(({ whole, least }) => last.length >= least && last !== whole && whole.startsWith(last));
  return found && !wholes.some(({ whole }) => whole === last) ? found.whole : null;
}

/** Whether another test of the same condition finds the whole word. */
function finds(test: TextTest, whole: string): boolean {
  const found = { way: "equals", text: whole, ignoreCase: true } as const;
  return test.words.some(
    (w) => w.text !== "" && wordImplies(found, { way: test.way, text: w.text.trim(), ignoreCase: true }),
  );
}
