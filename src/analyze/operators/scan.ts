import type { Call, Member, ScanOperator } from "../../kql/ast.ts";
import type { Expr, NamedExpr, Relation, SequenceStep } from "../../plan/nodes.ts";
import type { Column } from "../../types/scalar-type.ts";
import type { TableScope } from "../session.ts";
import { broken, literal } from "../values.ts";
import { checkSerialized, isWindowFunction } from "../window.ts";
import { extended } from "./extend.ts";
import { parameter } from "./mv-expand.ts";
import { sort } from "./sort.ts";

/**
 * `scan declare (x: long = 0) with (step s: condition => x = s.x + 1; …)`: a bare column is the row's, with the default of a declared
 * one; behind a step's name, what that step last saw. (scan-operator)
 */
export function scan(o: ScanOperator, given: Relation, scope: TableScope): Relation {
  const { session } = scope;
  const { diagnostics } = session;
  const input =
    o.order.length === 0
      ? given
      : sort({ kind: "sort", keys: o.order, span: o.span, keywordSpan: o.keywordSpan }, given, scope);
  checkSerialized("scan", input, o.keywordSpan, session);
  for (const e of o.partition)
    diagnostics.add("KQL108", e.span, "a scan by partitions is not supported", "use partition by … ( … )");
  const declared = o.declare.map((d): NamedExpr => {
    const value = d.default && session.expression(d.default, { ...scope, input: null });
    return { name: d.name.text, value: { ...(value ?? literal(d.type, null, d.name.span)), type: d.type } };
  });
  const columns = extended(input.columns, declared);
  const names = new Set(o.steps.map((s) => s.name.text));
  if (names.size < o.steps.length) diagnostics.add("KQL105", o.span, "two steps of the scan have the same name");
  const special = (e: Call | Member): Expr | null => {
    if (e.kind === "call") {
      if (!isWindowFunction(e.name.text)) return null;
      diagnostics.add(
        "KQL108",
        e.span,
        `${e.name.text} cannot stand in a scan`,
        "a step's name reads the row that it last saw: s.Column",
      );
      return broken(e.span);
    }
    if (e.target.kind !== "name" || !names.has(e.target.name)) return null;
    const column = columns.find((c) => c.name === e.name.text);
    if (column) return { kind: "column", name: column.name, step: e.target.name, type: column.type, span: e.span };
    diagnostics.add("KQL101", e.name.span, `a step has no column \`${e.name.text}\``);
    return broken(e.span);
  };
  const row: Relation = { kind: "item", columns, span: o.span };
  const inner = { ...scope, input: row, special };
  const steps = o.steps.map(
    (s): SequenceStep => ({
      name: s.name.text,
      optional: s.optional,
      output: s.output ?? "all",
      predicate: session.condition(s.predicate, inner),
      assignments: s.assignments.map((a) => {
        if (!declared.some((d) => d.name === a.name.text))
          diagnostics.add("KQL101", a.name.span, `\`${a.name.text}\` is not declared`, "add it to: declare (…)");
        return { name: a.name.text, value: session.expression(a.value, inner) };
      }),
    }),
  );
  const matchId = parameter(o.parameters, "with_match_id");
  const all: readonly Column[] = matchId === null ? columns : [...columns, { name: matchId, type: "long" }];
  return { kind: "sequence", input, matchId, declared, steps, columns: all, span: o.span };
}
