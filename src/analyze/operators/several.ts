import type { FacetOperator, ForkOperator, MacroExpandOperator, ReduceOperator } from "../../kql/ast.ts";
import type { Relation } from "../../plan/nodes.ts";
import type { Column } from "../../types/scalar-type.ts";
import { opaque } from "../open.ts";
import type { TableScope } from "../session.ts";
import { parameter } from "./mv-expand.ts";

/** `fork (a) (b)`: several results; the columns are those of the first. (fork-operator) */
export function fork(o: ForkOperator, input: Relation, scope: TableScope): Relation {
  const results = o.branches.map((branch) => {
    let rows = input;
    for (const inner of branch.operators) rows = scope.session.operator(inner, rows, scope);
    return rows;
  });
  return opaque("fork", results[0]?.columns ?? [], o.span, scope.session, { inputs: results, open: false });
}

/** `facet by a, b with (…)`: a result for every column, and one for what follows. (facet-operator) */
export function facet(o: FacetOperator, input: Relation, scope: TableScope): Relation {
  const values = o.by.map((e) => scope.session.expression(e, { ...scope, input }));
  let rows = input;
  for (const inner of o.operators ?? []) rows = scope.session.operator(inner, rows, scope);
  const [first] = values;
  const columns: Column[] =
    first?.kind === "column"
      ? [
          { name: first.name, type: first.type },
          { name: `count_${first.name}`, type: "long" },
        ]
      : [];
  return opaque("facet", columns, o.span, scope.session, { inputs: [input], open: false });
}

/** `reduce by e`: groups texts that look alike. (reduce-operator) */
export function reduce(o: ReduceOperator, input: Relation, scope: TableScope): Relation {
  scope.session.expression(o.by.value, { ...scope, input });
  const columns: Column[] = [
    ...(parameter(o.parameters, "kind") === "source" ? input.columns : []),
    { name: "Pattern", type: "string" },
    { name: "Count", type: "long" },
    { name: "Representative", type: "string" },
  ];
  return opaque("reduce", columns, o.span, scope.session, { inputs: [input], open: false });
}

/** `macro-expand group as x ( … )`: the query once for every database of the group. (macro-expand-operator) */
export function macroExpand(o: MacroExpandOperator, { session }: TableScope): Relation {
  return opaque("macro-expand", [], o.span, session);
}
