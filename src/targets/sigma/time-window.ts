import type { Expr } from "../../plan/nodes.ts";
import { partsOf } from "./parts-of.ts";

const comparisons = new Set(["<", "<=", ">", ">=", "==", "between"]);

/** How a condition bounds the events' time: `relative` to now, by `fixed` points, or not at all. */
export function timeWindow(condition: Expr, timeField: string | null): "relative" | "fixed" | null {
  const inner = condition.kind === "not" ? condition.operand : condition;
  if (inner.kind !== "call" || !comparisons.has(inner.name)) return null;
  const sides = inner.args.map((arg) => ({ arg, columns: columnsOf(arg) }));
  const times = sides.filter((side) => side.columns.size > 0);
  const [time] = times;
  if (timeField === null || times.length !== 1 || time === undefined || time.arg.type !== "datetime") return null;
  if (time.columns.size !== 1 || !time.columns.has(timeField)) return null;
  return sides.some((side) => callsClock(side.arg)) ? "relative" : "fixed";
}

function columnsOf(expr: Expr): ReadonlySet<string> {
  return new Set(partsOf(expr).flatMap((part) => (part.kind === "column" ? [part.name] : [])));
}

function callsClock(expr: Expr): boolean {
  return partsOf(expr).some((part) => part.kind === "call" && (part.name === "ago" || part.name === "now"));
}
