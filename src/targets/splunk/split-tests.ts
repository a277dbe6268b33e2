import { mapExpressions, mapInputs } from "../../plan/children.ts";
import type { Call, Expr, Relation } from "../../plan/nodes.ts";

/** Splits `x has_all (a, b)` in filters into a test for each term, so that the search can say some of them in full. */
export function splitTests(relation: Relation): Relation {
  const below = mapInputs(relation, splitTests);
  return below.kind === "filter" ? mapExpressions(below, split) : below;
}

function split(expr: Expr): Expr {
  switch (expr.kind) {
    case "and": {
      const operands = expr.operands.map(split).flatMap((o) => (o.kind === "and" ? o.operands : [o]));
      return { ...expr, operands };
    }
    case "or":
      return { ...expr, operands: expr.operands.map(split) };
    case "not":
      return { ...expr, operand: split(expr.operand) };
    case "call":
      return expr.name === "has_all" ? splitTerms(expr) : expr;
    default:
      return expr;
  }
}

function splitTerms(expr: Call): Expr {
  const [operand, ...items] = expr.args;
  const terms = items.flatMap((item): readonly Expr[] => {
    if (item.kind !== "literal" || !Array.isArray(item.value)) return [item];
    return item.value.flat(64).map((value) => ({ ...item, value, type: "string" }));
  });
  if (
    operand === undefined ||
    terms.length < 2 ||
    terms.some((t) => t.kind !== "literal" || typeof t.value !== "string")
  )
    return expr;
  return {
    kind: "and",
    type: "bool",
    span: expr.span,
    operands: terms.map((t) => ({ ...expr, name: "has", args: [operand, t] })),
  };
}
