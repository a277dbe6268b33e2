import type { RangeOperator } from "../../kql/ast.ts";
import type { Relation } from "../../plan/nodes.ts";
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
  return { kind: "range", from, to, step, columns: [{ name: o.name.text, type }], span: o.span };
}
