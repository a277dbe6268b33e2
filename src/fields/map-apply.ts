import { inputsOf } from "../plan/children.ts";
import type { Apply, Expr, Relation } from "../plan/nodes.ts";
import {
  type Context,
  columnRef,
  columnsRead,
  type Environment,
  keepBefore,
  type Mapped,
  type Need,
  withColumns,
  without,
} from "./environment.ts";
import { mapExpression } from "./map-expression.ts";
import type { Mappers } from "./map-join.ts";

/** An mv-apply over the target's fields. */
export function mapApply(
  apply: Apply,
  need: Need,
  context: Context,
  { mapRelation, mapTable }: Mappers,
  item?: Environment,
): Mapped {
  const items = [...apply.values.map((v) => v.name), ...(apply.indexColumn === null ? [] : [apply.indexColumn])];
  const body = new Set<string>();
  const set = new Set(items);
  const visit = (relation: Relation): void => {
    for (const name of readsOf(relation)) body.add(name);
    if (relation.kind === "extend" || relation.kind === "project") {
      for (const { name, value } of relation.values) if (value.kind !== "column" || value.name !== name) set.add(name);
    }
    inputsOf(relation).forEach(visit);
  };
  visit(apply.body);
  const outer = without(need, items);
  const names = [
    ...outer.names,
    ...columnsRead(apply.values.map((v) => v.value)),
    ...[...body].filter((n) => !items.includes(n)),
  ];
  const child = mapRelation(apply.input, { names: new Set(names), whole: need.whole }, context, item);
  const from = keepBefore(child, [...set], { names: new Set(names), whole: need.whole });
  const values = apply.values.map((v) => ({
    ...v,
    value: mapExpression(v.value, from.environment, context, mapTable),
  }));
  const own = apply.columns.filter((c) => items.includes(c.name));
  const itemTypes = apply.values.map((v): [string, Expr] => [
    v.name,
    columnRef({ name: v.name, type: v.type }, apply.span),
  ]);
  const index = apply.indexColumn === null ? [] : [{ name: apply.indexColumn, type: "long" as const }];
  const inner = new Map([
    ...from.environment,
    ...itemTypes,
    ...index.map((c): [string, Expr] => [c.name, columnRef(c, apply.span)]),
  ]);
  const wanted = apply.body.columns.map((c) => c.name).filter((n) => need.names.has(n));
  const result = mapRelation(apply.body, { names: new Set(wanted), whole: need.whole }, context, inner);
  // What the body does not set is the outer row's; elements that its result does not have are gone, and with them what had their name.
  const environment = new Map(from.environment);
  const gone = new Set([...set].filter((name) => !apply.columns.some((c) => c.name === name)));
  for (const name of gone) environment.delete(name);
  for (const column of apply.body.columns) {
    const value = result.environment.get(column.name);
    if (value !== undefined) environment.set(column.name, value);
  }
  const made = apply.body.columns.filter((c) => {
    const value = environment.get(c.name);
    return value?.kind === "column" && value.name === c.name && !from.relation.columns.some((f) => f.name === c.name);
  });
  const columns = withColumns(from.relation.columns, [...own, ...made]).filter((c) => !gone.has(c.name));
  return { relation: { ...apply, input: from.relation, values, body: result.relation, columns }, environment };
}

function readsOf(relation: Relation): ReadonlySet<string> {
  switch (relation.kind) {
    case "filter":
      return columnsRead([relation.predicate]);
    case "extend":
    case "project":
    case "expand":
    case "apply":
      return columnsRead(relation.values.map((v) => v.value));
    case "aggregate":
      return columnsRead([...relation.keys.map((k) => k.value), ...relation.aggregates.flatMap((a) => a.args)]);
    case "sort":
      return columnsRead(relation.keys.map((k) => k.value));
    case "parse":
      return columnsRead([relation.value]);
    default:
      return new Set();
  }
}
