import { operandsOf } from "../plan/children.ts";
import type { Expr, Filter, Join, Plan, Relation } from "../plan/nodes.ts";
import { rewriteRelations } from "./walk.ts";

/**
 * An innerunique join keeps one row of each key of its left side. The engine applies a `where` on the left side's columns that follows
 * the join before it, so that the row which is kept is one that passes; here the plan says so. (join-innerunique)
 */
export function filterBeforeInnerunique(plan: Plan): Plan {
  return {
    ...plan,
    lets: plan.lets.map((l) => (l.kind === "table" ? { ...l, value: rewriteRelations(l.value, moveFilter) } : l)),
    body: rewriteRelations(plan.body, moveFilter),
  };
}

function moveFilter(relation: Relation): Relation {
  if (relation.kind !== "filter") return relation;
  const join = joinBelow(relation.input);
  if (join === null) return relation;
  const conjuncts = relation.predicate.kind === "and" ? relation.predicate.operands : [relation.predicate];
  const moved = conjuncts.filter((c) => choosesLeftRows(c, join) && !isMade(c, relation.input));
  if (moved.length === 0) return relation;
  const kept = conjuncts.filter((c) => !moved.includes(c));
  const input = withLeftFiltered(relation.input, { ...relation, predicate: all(moved, relation.predicate) });
  return kept.length === 0 ? input : { ...relation, input, predicate: all(kept, relation.predicate) };
}

/** The innerunique join whose rows come here with nothing but filters and further columns between. */
function joinBelow(relation: Relation): Join | null {
  if (relation.kind === "join") return relation.joinKind === "innerunique" ? relation : null;
  return relation.kind === "filter" || relation.kind === "extend" ? joinBelow(relation.input) : null;
}

function columnsOf(e: Expr): readonly string[] {
  return e.kind === "column" ? [e.name] : operandsOf(e).flatMap(columnsOf);
}

/** Whether a condition reads the left side alone, and more of it than the keys, which all rows of one key share. */
function choosesLeftRows(condition: Expr, join: Join): boolean {
  const names = columnsOf(condition);
  const own = new Set(join.left.columns.map((c) => c.name));
  const keys = new Set(join.on.map((k) => k.left));
  return names.every((n) => own.has(n)) && names.some((n) => !keys.has(n));
}

/** Whether a condition reads a column that an `extend` behind the join makes. */
function isMade(condition: Expr, relation: Relation): boolean {
  if (relation.kind === "filter") return isMade(condition, relation.input);
  if (relation.kind !== "extend") return false;
  const names = columnsOf(condition);
  return relation.values.some((v) => names.includes(v.name)) || isMade(condition, relation.input);
}

function withLeftFiltered(relation: Relation, filter: Filter): Relation {
  if (relation.kind === "join")
    return { ...relation, left: { ...filter, input: relation.left, columns: relation.left.columns } };
  if (relation.kind === "filter" || relation.kind === "extend")
    return { ...relation, input: withLeftFiltered(relation.input, filter) };
  return relation;
}

function all(conditions: readonly Expr[], whole: Expr): Expr {
  const [only] = conditions;
  return conditions.length === 1 && only !== undefined
    ? only
    : { kind: "and", operands: conditions, type: "bool", span: whole.span };
}
