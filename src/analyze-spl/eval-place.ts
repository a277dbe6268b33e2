import type { Span } from "../diagnostics/source.ts";
import type { EvalExpr } from "../spl/tree.ts";
import type { Rows } from "./rows.ts";
import type { Session } from "./session.ts";
import type { Value } from "./value.ts";

/** Where a function is called. */
export interface Place {
  readonly rows: Rows;
  readonly session: Session;
  readonly span: Span;
}
/** null where this form of the call has no counterpart. */
export type EvalFunction = (args: readonly EvalExpr[], place: Place) => Value | null;

export function argument(args: readonly EvalExpr[], index: number, { rows, session, span }: Place): Value | null {
  const arg = args[index];
  return arg === undefined ? null : session.value(arg, rows, span);
}
