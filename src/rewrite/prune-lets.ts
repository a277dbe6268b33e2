import type { Expr, Plan, Relation } from "../plan/nodes.ts";
import { rewriteExpression, rewriteExpressions, rewriteRelations } from "./walk.ts";

/** Drops lets that nothing refers to. */
export function pruneLets(plan: Plan): Plan {
  const used = new Set<string>();
  const seeExpr = (e: Expr): Expr => {
    if (e.kind === "let") used.add(e.name);
    if (e.kind === "toscalar" || e.kind === "in-table") rewriteRelations(e.table, seeRelation);
    return e;
  };
  const seeRelation = (r: Relation): Relation => {
    if (r.kind === "table") used.add(r.name);
    return r;
  };
  const see = (r: Relation): unknown => rewriteRelations(rewriteExpressions(r, seeExpr), seeRelation);
  see(plan.body);
  const lets = plan.lets.toReversed().filter((l) => {
    if (!used.has(l.name)) return false;
    if (l.kind === "scalar") rewriteExpression(l.value, seeExpr);
    else see(l.value);
    return true;
  });
  return { ...plan, lets: lets.toReversed() };
}
