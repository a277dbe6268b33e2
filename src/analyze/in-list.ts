import type { InList } from "../kql/ast.ts";
import type { Expr, Relation } from "../plan/nodes.ts";
import { openTable } from "./open.ts";
import { scalarCall } from "./scalar-call.ts";
import type { Scope } from "./session.ts";
import { isTabular } from "./tabular.ts";
import { broken, call, columnRef, not, undeclaredColumns } from "./values.ts";

/** `x in (a, b)`, `x has_any (list)`, `x in (table)` */
export function inList(e: InList, scope: Scope): Expr {
  const { session } = scope;
  const negated = e.operator.startsWith("!");
  const name = e.operator.replace("!", "");
  const operand = e.operand.kind === "star" ? null : session.expression(e.operand, scope);
  const finish = (test: Expr): Expr => (negated ? not(test, e.span) : test);
  const [only] = e.items;
  if (only && e.items.length === 1 && isTabular(only, scope.names, session)) {
    const table = session.relation(only, scope);
    const [column] = table.columns;
    if (!operand || !column) return broken(e.span);
    if (name === "in" || name === "in~") {
      return finish({ kind: "in-table", operand, table, ignoreCase: name === "in~", type: "bool", span: e.span });
    }
    const set: Relation = {
      kind: "aggregate",
      input: table,
      keys: [],
      aggregates: [
        {
          function: "make_set",
          args: [columnRef(column, only.span)],
          columns: [{ name: "set", type: "dynamic" }],
          span: only.span,
        },
      ],
      keyword: "summarize",
      columns: [{ name: "set", type: "dynamic" }],
      span: only.span,
    };
    return finish(
      call(name, [operand, { kind: "toscalar", table: set, type: "dynamic", span: only.span }], "bool", e.span),
    );
  }
  const items = e.items.map((i) => session.expression(i, scope));
  if (operand) return finish(scalarCall(name, [operand, ...items], e.span, e.operatorSpan, session));
  if (scope.input && openTable(scope.input) !== null) return undeclaredColumns(items, e.span);
  const tests = (scope.input?.columns ?? [])
    .filter((c) => c.type === "string")
    .map((c) => call(name, [columnRef(c, e.operand.span), ...items], "bool", e.span));
  return finish({ kind: "or", operands: tests, type: "bool", span: e.span });
}
