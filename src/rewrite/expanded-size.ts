import { expressionsOf, inputsOf, operandsOf } from "../plan/children.ts";
import type { Expr, Plan, Relation } from "../plan/nodes.ts";

/**
 * The relations that a plan has once its lets stand where their names do, each copy counted: names that stand for names
 * twice grow by powers of two.
 */
export function expandedSize(plan: Plan): number {
  const sizes = new Map<string, number>();
  const ofExpr = (expr: Expr): number => {
    const inner = operandsOf(expr).reduce((sum, operand) => sum + ofExpr(operand), 0);
    if (expr.kind === "let") return sizes.get(expr.name) ?? 0;
    return expr.kind === "in-table" || expr.kind === "toscalar" ? inner + ofRelation(expr.table) : inner;
  };
  const ofRelation = (relation: Relation): number => {
    const own = relation.kind === "table" ? (sizes.get(relation.name) ?? 1) : 1;
    const below = inputsOf(relation).reduce((sum, input) => sum + ofRelation(input), 0);
    return own + below + expressionsOf(relation).reduce((sum, expr) => sum + ofExpr(expr), 0);
  };
  for (const l of plan.lets) sizes.set(l.name, l.kind === "table" ? ofRelation(l.value) : ofExpr(l.value));
  return ofRelation(plan.body);
}
