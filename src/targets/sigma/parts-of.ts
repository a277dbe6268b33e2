import { operandsOf } from "../../plan/children.ts";
import type { Expr } from "../../plan/nodes.ts";

/**
 * An expression and everything in it, from the outside in, each node once: computed columns put in place share their nodes,
 * and written out they can be larger than any memory.
 */
export function partsOf(expr: Expr): readonly Expr[] {
  const seen = new Set<Expr>();
  const visit = (part: Expr): void => {
    if (seen.has(part)) return;
    seen.add(part);
    operandsOf(part).forEach(visit);
  };
  visit(expr);
  return [...seen];
}
