import type { Expr } from "../../plan/nodes.ts";
import type { EvalExpr } from "../../spl/eval.ts";
import type { Fields, Shape } from "./columns.ts";
import type { Context } from "./context.ts";

/** An expression of eval and what is known of its value. */
export interface Code {
  readonly code: EvalExpr;
  /** Null is possible; it stands for "" where the type is string. */
  readonly nullable: boolean;
  readonly shape: Shape;
}

/** What an expression may refer to. */
export interface Scope {
  readonly fields: Fields;
  readonly context: Context;
  /** How a condition among values is written; conditions are made of values in turn. */
  readonly condition: Condition;
}

/** A condition that holds exactly where KQL's expression is `want`. */
export type Condition = (expr: Expr, want: boolean, scope: Scope) => EvalExpr;
