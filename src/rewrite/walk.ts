import { mapExpressions, mapInputs, mapOperands } from "../plan/children.ts";
import type { Expr, Plan, Relation } from "../plan/nodes.ts";

/** Rewrites every expression of a relation from the leaves up, those of tables inside expressions too. */
export function rewriteExpressions(relation: Relation, change: (expr: Expr) => Expr): Relation {
  const inner = (expr: Expr): Expr => {
    const done = mapOperands(expr, inner);
    if (done.kind === "in-table" || done.kind === "toscalar") {
      return change({ ...done, table: rewriteExpressions(done.table, change) });
    }
    return change(done);
  };
  return mapExpressions(
    mapInputs(relation, (r) => rewriteExpressions(r, change)),
    inner,
  );
}

export function rewriteExpression(expr: Expr, change: (expr: Expr) => Expr): Expr {
  const done = mapOperands(expr, (e) => rewriteExpression(e, change));
  if (done.kind === "in-table" || done.kind === "toscalar") {
    return change({ ...done, table: rewriteExpressions(done.table, change) });
  }
  return change(done);
}

/** Rewrites every expression of a plan, lets included. */
export function rewritePlanExpressions(plan: Plan, change: (expr: Expr) => Expr): Plan {
  return {
    ...plan,
    lets: plan.lets.map((l) =>
      l.kind === "scalar"
        ? { ...l, value: rewriteExpression(l.value, change) }
        : { ...l, value: rewriteExpressions(l.value, change) },
    ),
    body: rewriteExpressions(plan.body, change),
  };
}

/** Rewrites every relation from the leaves up, those inside expressions too. */
export function rewriteRelations(relation: Relation, change: (relation: Relation) => Relation): Relation {
  const inExpressions = (expr: Expr): Expr => {
    const done = mapOperands(expr, inExpressions);
    return done.kind === "in-table" || done.kind === "toscalar"
      ? { ...done, table: rewriteRelations(done.table, change) }
      : done;
  };
  return change(
    mapExpressions(
      mapInputs(relation, (r) => rewriteRelations(r, change)),
      inExpressions,
    ),
  );
}
