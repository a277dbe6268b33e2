import type { RangeOperator } from "../../kql/ast.ts";
import type { Expr, Relation } from "../../plan/nodes.ts";
import { Datetime, Timespan } from "../../types/time.ts";
import type { Value } from "../../types/value.ts";
import { expression } from "../expression.ts";
import type { TableScope } from "../session.ts";
import { commonType } from "../types.ts";

/** `range x from a to b step s` (range-operator) */
export function range(o: RangeOperator, scope: TableScope): Relation {
  const [from, to, step] = [o.from, o.to, o.step].map((e) => expression(e, { ...scope, input: null }));
  if (!from || !to || !step) throw new Error("range has three bounds");
  const type = from.type === "datetime" ? "datetime" : (commonType([from.type, to.type, step.type]) ?? from.type);
  if (!["int", "long", "real", "decimal", "datetime", "timespan", "unknown"].includes(type)) {
    scope.session.diagnostics.add("KQL104", o.from.span, `range counts numbers, times or timespans, not a ${type}`);
  }
  const rows = countOf(from, to, step);
  if (rows > mostRows) {
    const message = `range gives ${rows} rows, more than ${mostRows}`;
    scope.session.diagnostics.add("KQL108", o.span, message, "take a larger step");
  }
  return { kind: "range", from, to, step, columns: [{ name: o.name.text, type }], span: o.span };
}

/** More than any rule counts through; without a bound a short text could run for days. */
const mostRows = 10_000_000;

/** The number of rows where all three bounds are constants, else 0. */
function countOf(...bounds: readonly [Expr, Expr, Expr]): number {
  const [from, to, step] = bounds.map((e) => (e.kind === "literal" ? numberOf(e.value) : Number.NaN));
  if (from === undefined || to === undefined || step === undefined || step === 0) return 0;
  const rows = Math.floor((to - from) / step) + 1;
  return rows > 0 ? rows : 0;
}

function numberOf(value: Value): number {
  if (value instanceof Datetime || value instanceof Timespan) return Number(value.ticks);
  return typeof value === "number" || typeof value === "bigint" ? Number(value) : Number.NaN;
}
