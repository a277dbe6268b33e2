import type { Expr } from "../../plan/nodes.ts";
import { partsOf } from "./parts-of.ts";

/** A part of a condition that Sigma cannot say, and why. */
export interface Left {
  readonly expr: Expr;
  readonly reason: string;
}

export interface Translation {
  /** Fields that the events have. */
  readonly fields: ReadonlySet<string>;
  /** Why a value is not known, by the name of its LetRef. */
  readonly unknown: ReadonlyMap<string, string>;
  /** Parts that could not be said, in the order in which they were met. */
  readonly left: Left[];
  /** Conditions on whole terms. */
  readonly terms: Expr[];
  steps: number;
}

/** Notes a part that cannot be said; null, for the condition that it would have been. */
export function leave(expr: Expr, reason: string, translation: Translation): null {
  translation.left.push({ expr, reason });
  return null;
}

export function noField(name: string): string {
  return `there is no field for ${name}`;
}

export function unsayable(expr: Expr, translation: Translation): string {
  // What stands inside that no event has is the better reason.
  for (const part of partsOf(expr)) {
    if (part.kind === "let") return translation.unknown.get(part.name) ?? `the value of ${part.name} is not known`;
    if (part.kind === "access") return "Sigma does not look inside a dynamic value";
    if (part.kind === "in-table" || part.kind === "toscalar") return "Sigma does not look into other tables";
  }
  return expr.kind === "call"
    ? `Sigma has no word for ${expr.name.replace(/^\$/, "")} here`
    : "Sigma has no word for it";
}
