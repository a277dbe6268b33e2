import { operandsOf } from "../../plan/children.ts";
import type { Expr } from "../../plan/nodes.ts";

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
  switch (expr.kind) {
    case "let":
      return translation.unknown.get(expr.name) ?? `the value of ${expr.name} is not known`;
    case "access":
      return "Sigma does not look inside a dynamic value";
    case "in-table":
    case "toscalar":
      return "Sigma does not look into other tables";
    case "call":
      return unknownPart(expr, translation) ?? `Sigma has no word for ${expr.name.replace(/^\$/, "")} here`;
    default:
      return "Sigma has no word for it";
  }
}

/** What is unknown inside a call is the better reason. */
function unknownPart(expr: Expr, translation: Translation): string | undefined {
  for (const operand of operandsOf(expr)) {
    const reason = operand.kind === "call" ? unknownPart(operand, translation) : undefined;
    if (reason !== undefined) return reason;
    if (operand.kind !== "literal" && operand.kind !== "column" && operand.kind !== "call")
      return unsayable(operand, translation);
  }
  return undefined;
}
