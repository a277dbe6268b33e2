import { inputsOf } from "../plan/children.ts";
import type { Expr, NamedExpr, Relation } from "../plan/nodes.ts";
import { rewriteRelations } from "../rewrite/walk.ts";
import type { Column } from "../types/scalar-type.ts";
import { identity } from "./made-event.ts";

const column: Column = { name: identity, type: "string" };

/** The same relation with the identity of the events kept by every operator that rows of single events go through. */
export function carryIdentity(relation: Relation): Relation {
  return rewriteRelations(relation, (r): Relation => {
    if (r.kind === "aggregate" || r.kind === "item" || inputsOf(r).length === 0) return r;
    const [first] = inputsOf(r);
    if (first === undefined || !has(first)) return r;
    switch (r.kind) {
      case "filter":
      case "sort":
      case "limit":
        return { ...r, columns: r.input.columns };
      case "project":
        if (has(r)) return r;
        return { ...r, values: [named(r), ...r.values], columns: [column, ...r.columns] };
      case "union": {
        if (!r.inputs.every(has) || has(r)) return r;
        const mappings = r.mappings.map((m) => ({ ...m, [identity]: identity }));
        return { ...r, mappings, columns: [...r.columns, column] };
      }
      default:
        return has(r) ? r : { ...r, columns: [...r.columns, column] };
    }
  });
}

function has(relation: Relation): boolean {
  return relation.columns.some((c) => c.name === identity);
}

function named(relation: Relation): NamedExpr {
  return { name: identity, value: identityOf(relation) };
}

function identityOf(relation: Relation): Expr {
  return { kind: "column", name: identity, type: "string", span: relation.span };
}

/** The identities of the rows before the first operator that makes one row of several events; null where there are none. */
export function beforeGroups(relation: Relation): Relation | null {
  const [lowest] = chainOf(relation).filter((r) => r.kind === "aggregate");
  let from = lowest?.kind === "aggregate" ? lowest.input : relation;
  while (from.kind === "sort" || from.kind === "limit") from = from.input;
  if (!has(from)) return null;
  return {
    kind: "aggregate",
    keyword: "distinct",
    input: from,
    keys: [named(from)],
    aggregates: [],
    columns: [column],
    span: from.span,
  };
}

/** The operators from the events up to the result, along the first input of each. */
export function chainOf(relation: Relation): readonly Relation[] {
  const [input] = inputsOf(relation);
  return input === undefined ? [relation] : [...chainOf(input), relation];
}
