import { evaluate } from "../functions/evaluate.ts";
import { scalarFunction } from "../functions/index.ts";
import type { Expr, Plan, Relation } from "../plan/nodes.ts";
import { todecimal } from "../runtime/index.ts";
import type { ScalarType } from "../types/scalar-type.ts";
import { isLong, type Value } from "../types/value.ts";
import { rewritePlanExpressions, rewriteRelations } from "./walk.ts";

/** Replaces what does not depend on rows or on the clock by its value, and drops filters that are always true. */
export function foldConstants(plan: Plan): Plan {
  const folded = rewritePlanExpressions(plan, fold);
  return {
    ...folded,
    lets: folded.lets.map((l) => (l.kind === "table" ? { ...l, value: rewriteRelations(l.value, dropTrue) } : l)),
    body: rewriteRelations(folded.body, dropTrue),
  };
}

function dropTrue(relation: Relation): Relation {
  return relation.kind === "filter" && isConstant(relation.predicate, true) ? relation.input : relation;
}

function isConstant(expr: Expr, value: boolean): boolean {
  return expr.kind === "literal" && expr.value === value;
}

/** One of several numbers, chosen by a condition, as the type that all of them share. */
function conforming(value: Value, type: ScalarType): Value {
  if (!isLong(value)) return value;
  return type === "decimal" ? todecimal(value) : type === "real" ? Number(value) : value;
}

/** One node whose operands are folded already. */
export function fold(expr: Expr): Expr {
  switch (expr.kind) {
    case "call": {
      const [condition, yes, no] = expr.args;
      if (expr.name === "iff" && condition?.kind === "literal" && yes && no) {
        const chosen = condition.value === true ? yes : no;
        if (chosen.type === expr.type) return chosen;
      }
      const values = expr.args.flatMap((a) => (a.kind === "literal" ? [a.value] : []));
      const row = scalarFunction(expr.name);
      if (!row || values.length !== expr.args.length) return expr;
      const value = evaluate(
        row,
        values,
        expr.args.map((a) => a.type),
      );
      if (value === undefined) return expr;
      return { kind: "literal", type: expr.type, value: conforming(value, expr.type), span: expr.span };
    }
    case "not":
      if (expr.operand.kind === "not" && expr.operand.operand.kind === "not") return expr.operand.operand;
      if (isConstant(expr.operand, true)) return { ...expr.operand, value: false, span: expr.span } as Expr;
      if (isConstant(expr.operand, false)) return { ...expr.operand, value: true, span: expr.span } as Expr;
      return expr;
    case "and":
    case "or": {
      const decides = expr.kind === "or";
      const decided = expr.operands.find((o) => isConstant(o, decides));
      if (decided) return { ...decided, span: expr.span };
      const rest = expr.operands
        .filter((o) => !isConstant(o, !decides))
        .flatMap((o) => (o.kind === expr.kind ? o.operands : [o]));
      const [only] = rest;
      if (rest.length === 1 && only) return only;
      if (rest.length === 0) return { kind: "literal", type: "bool", value: !decides, span: expr.span };
      return { ...expr, operands: rest };
    }
    default:
      return expr;
  }
}
