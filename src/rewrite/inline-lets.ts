import type { Expr, Plan, Relation } from "../plan/nodes.ts";
import { rewriteExpression, rewriteExpressions, rewriteRelations } from "./walk.ts";

/** Puts the values of lets where their names stand, for targets that have no names for parts. */
export function inlineLets(plan: Plan): Plan {
  const scalars = new Map<string, Expr>();
  const tables = new Map<string, Relation>();
  const inExpr = (e: Expr): Expr => (e.kind === "let" ? (scalars.get(e.name) ?? e) : e);
  const inRelation = (r: Relation): Relation => (r.kind === "table" ? (tables.get(r.name) ?? r) : r);
  const whole = (r: Relation): Relation => rewriteExpressions(rewriteRelations(r, inRelation), inExpr);
  for (const l of plan.lets) {
    if (l.kind === "scalar") scalars.set(l.name, rewriteExpression(l.value, inExpr));
    else tables.set(l.name, whole(l.value));
  }
  return { ...plan, lets: [], body: whole(plan.body) };
}
