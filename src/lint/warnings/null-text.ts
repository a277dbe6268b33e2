import { expressionsOf } from "../../plan/children.ts";
import { eachExpression } from "../plan-facts.ts";
import { quoted } from "../quote.ts";
import type { Warning } from "../subject.ts";

/** `isnull` and `isnotnull` of a string: a string is never null. */
export const nullText: Warning = {
  codes: ["KQL203"],
  needs: "plan",
  find({ facts, text }, report) {
    for (const relation of facts.relations) {
      for (const expression of expressionsOf(relation)) {
        eachExpression(expression, (expr) => {
          if (expr.kind !== "call" || (expr.name !== "isnull" && expr.name !== "isnotnull")) return;
          const [arg] = expr.args;
          if (arg?.type !== "string" || facts.constantOf(arg)) return;
          const instead = expr.name === "isnull" ? "isempty" : "isnotempty";
          const message = `${quoted(text, expr.span)} is always ${expr.name === "isnotnull"}: a string is never null, only empty`;
          report("KQL203", expr.span, message, `use \`${instead}\``);
        });
      }
    }
  },
};
