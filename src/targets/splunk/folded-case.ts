import { expressionsOf, inputsOf, operandsOf } from "../../plan/children.ts";
import type { Expr, Relation } from "../../plan/nodes.ts";
import type { Value } from "../../types/value.ts";
import { type Context, info } from "./context.ts";

const caseSensitive = new Set([
  "==",
  "in",
  "contains_cs",
  "startswith_cs",
  "endswith_cs",
  "has_cs",
  "hasprefix_cs",
  "hassuffix_cs",
]);

/** Notes constants with upper-case letters that are looked for in what a profile makes of a field in lower case. */
export function noteFoldedCase(relation: Relation, context: Context): void {
  const visit = (expr: Expr): void => {
    if (expr.kind === "call" && caseSensitive.has(expr.name)) {
      const [operand, ...items] = expr.args;
      const never = items.flatMap(textsOf).filter((text) => text !== text.toLowerCase());
      if (operand?.kind === "call" && (operand.name === "$lower" || operand.name === "$hash") && never.length > 0) {
        info(
          context,
          "lower-case",
          never.map((n) => JSON.stringify(n)).join(", "),
          "the profile gives this column in lower case, so the comparison never finds a capital letter",
          expr.span,
        );
      }
    }
    operandsOf(expr).forEach(visit);
  };
  expressionsOf(relation).forEach(visit);
  for (const input of inputsOf(relation)) noteFoldedCase(input, context);
}

function textsOf(expr: Expr): readonly string[] {
  if (expr.kind !== "literal") return [];
  const values: readonly Value[] = Array.isArray(expr.value) ? (expr.value as readonly Value[]) : [expr.value];
  return values.filter((v) => typeof v === "string");
}
