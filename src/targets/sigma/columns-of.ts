import { operandsOf } from "../../plan/children.ts";
import type { Expr } from "../../plan/nodes.ts";

/** The columns that an expression reads. */
export function columnsOf(expr: Expr): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (part: Expr): void => {
    if (part.kind === "column") names.add(part.name);
    operandsOf(part).forEach(visit);
  };
  visit(expr);
  return names;
}
