import type { Expression, NamedExpression, TopHittersOperator, TopNestedOperator } from "../../kql/ast.ts";
import type { Expr, Relation, TopNestedLevel } from "../../plan/nodes.ts";
import { type Column, isNumeric } from "../../types/scalar-type.ts";
import { automaticName } from "../names.ts";
import { opaque } from "../open.ts";
import type { TableScope } from "../session.ts";
import { commonType } from "../types.ts";
import { summarize } from "./summarize.ts";

function nameOf(column: NamedExpression): string {
  return column.names[0]?.text ?? automaticName(column.value) ?? "";
}

function count(e: Expression, scope: TableScope): Expr {
  const value = scope.session.expression(e, { ...scope, input: null });
  if (!["int", "long", "unknown"].includes(value.type))
    scope.session.diagnostics.add("KQL104", value.span, `a whole number of values is needed here, not a ${value.type}`);
  return value;
}

/** `top-nested 3 of a by sum(b), top-nested 2 of c by max(d)` (top-nested-operator) */
export function topNested(o: TopNestedOperator, input: Relation, scope: TableScope): Relation {
  const { session } = scope;
  const levels: TopNestedLevel[] = [];
  const columns: Column[] = [];
  let computed = false;
  for (const level of o.levels) {
    const name = nameOf(level.value);
    const aggregated = nameOf({ ...level.aggregate, value: level.value.value }) && level.aggregate.names[0]?.text;
    const grouped = summarize(
      {
        kind: "summarize",
        parameters: [],
        aggregates: [{ ...level.aggregate, names: [{ text: aggregated ?? `aggregated_${name}`, span: level.span }] }],
        by: [{ ...level.value, names: [{ text: name, span: level.span }] }],
        span: level.span,
        keywordSpan: o.keywordSpan,
      },
      input,
      scope,
    );
    columns.push(...grouped.columns);
    if (grouped.kind !== "aggregate") {
      computed = true;
      continue;
    }
    const [key] = grouped.keys;
    const [aggregate] = grouped.aggregates;
    if (!key || !aggregate) continue;
    const others = level.others && session.expression(level.others, { ...scope, input: null });
    if (others && commonType([others.type, key.value.type]) === null) {
      const text = `the name for the others is a ${others.type}, the values are of type ${key.value.type}`;
      session.diagnostics.add("KQL104", others.span, text);
    }
    levels.push({
      count: level.count && count(level.count, scope),
      key,
      aggregate,
      others,
      descending: level.direction !== "asc",
    });
  }
  if (computed) {
    const what = "a top-nested with arithmetic over aggregates";
    return opaque(what, columns, o.span, session, { inputs: [input], open: false });
  }
  return { kind: "top-nested", input, levels, columns, span: o.span };
}

/** `top-hitters 5 of a by b` (top-hitters-operator) */
export function topHitters(o: TopHittersOperator, input: Relation, scope: TableScope): Relation {
  const { session } = scope;
  const name = nameOf(o.value) || "Column1";
  const value = session.expression(o.value.value, { ...scope, input });
  const weight = o.by && session.expression(o.by.value, { ...scope, input });
  if (weight && !isNumeric(weight.type) && weight.type !== "unknown" && weight.type !== "dynamic")
    session.diagnostics.add("KQL104", weight.span, `top-hitters sums up numbers, not a ${weight.type}`);
  const result = o.by ? `approximate_sum_${automaticName(o.by.value) ?? ""}` : `approximate_count_${name}`;
  const columns: Column[] = [
    { name, type: value.type },
    { name: result, type: weight?.type ?? "long" },
  ];
  return {
    kind: "top-hitters",
    input,
    count: count(o.count, scope),
    key: { name, value },
    weight,
    columns,
    span: o.span,
  };
}
