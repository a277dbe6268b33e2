import { mapExpressions, mapInputs } from "../../plan/children.ts";
import type { Call, Expr, Filter, Not, Relation, Union } from "../../plan/nodes.ts";
import { intoJoin } from "./into-join.ts";
import { columnsIn } from "./partial.ts";

/**
 * Splits `x has_all (a, b)` and `x between (a .. b)` in filters into a test for each term, and `not (a or b)` into
 * one for each alternative, so that the search can say some of them in full, and puts the filters of a union and of a join into
 * their tables.
 */
export function splitTests(relation: Relation): Relation {
  const moved = relation.kind !== "filter" ? relation : intoUnionOrJoin(relation);
  const below = mapInputs(moved, splitTests);
  return below.kind === "filter" ? mapExpressions(below, split) : below;
}

function intoUnionOrJoin(filter: Filter): Relation {
  return filter.input.kind === "union" ? intoUnion(filter, filter.input) : intoJoin(filter);
}

/** A filter on columns that every table of a union has under the same name. */
function intoUnion(filter: Filter, union: Union): Relation {
  const names = [...columnsIn(filter.predicate)];
  if (!union.mappings.every((m) => names.every((n) => m[n] === n))) return filter;
  return { ...union, inputs: union.inputs.map((input) => ({ ...filter, input, columns: input.columns })) };
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
      return splitNegation(expr, split(expr.operand));
    case "call":
      return expr.name === "has_all" ? splitTerms(expr) : expr.name === "between" ? splitRange(expr) : expr;
    default:
      return expr;
  }
}

/** None of several tests, so that the search can say some of them in full. */
function splitNegation(expr: Not, operand: Expr): Expr {
  if (operand.kind === "not") return operand.operand;
  if (operand.kind !== "or") return { ...expr, operand };
  const operands = operand.operands.map((o) => splitNegation({ ...expr, span: o.span }, o));
  return {
    kind: "and",
    type: "bool",
    span: expr.span,
    operands: operands.flatMap((o) => (o.kind === "and" ? o.operands : [o])),
  };
}

function splitRange(expr: Call): Expr {
  const [value, low, high] = expr.args;
  if (value === undefined || low === undefined || high === undefined || value.type !== "datetime") return expr;
  const end: Expr = high.type === "timespan" ? { ...expr, name: "+", args: [low, high], type: "datetime" } : high;
  const bounds = [
    { ...expr, name: ">=", args: [value, low] },
    { ...expr, name: "<=", args: [value, end] },
  ];
  return { kind: "and", type: "bool", span: expr.span, operands: bounds };
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
