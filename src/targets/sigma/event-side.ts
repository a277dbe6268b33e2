import { mapOperands } from "../../plan/children.ts";
import type { Columns, Conjunct } from "../../plan/event-condition.ts";
import type { Expr } from "../../plan/nodes.ts";
import { noField } from "./translation.ts";

/** A conjunct's condition over the fields of an event. */
export interface EventSide {
  readonly condition: Expr;
  /** By name, why a value is not one of a single event; in `condition` such a value is a LetRef, as no other is left. */
  readonly unknown: ReadonlyMap<string, string>;
}

/** Puts computed columns back to what they are computed from, as far as single events have it. */
export function eventSide({ written, filter, columns }: Conjunct): EventSide {
  const unknown = new Map<string, string>();
  const condition = over(columns, written, (name) => {
    const visible = filter.input.columns.some((column) => column.name === name);
    unknown.set(name, visible ? `${name} is not a value of a single event` : noField(name));
  });
  return { condition, unknown };
}

function over(columns: Columns, expr: Expr, report: (name: string) => void): Expr {
  if (expr.kind !== "column") return mapOperands(expr, (operand) => over(columns, operand, report));
  const value = columns.get(expr.name);
  if (value) return { ...value, span: expr.span };
  report(expr.name);
  return { ...expr, kind: "let" };
}
