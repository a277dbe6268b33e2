import { mapOperands, operandsOf } from "../../plan/children.ts";
import { conjunctsOf } from "../../plan/event-condition.ts";
import type { Expr, Filter, Join, JoinKind, Relation } from "../../plan/nodes.ts";
import { columnsIn } from "./partial.ts";

/** Joins in which each row of the result has a row of that side, with the columns as they are there. */
const keepsLeft: ReadonlySet<JoinKind> = new Set(["inner", "leftouter", "leftsemi", "leftanti"]);
const keepsRight: ReadonlySet<JoinKind> = new Set(["inner", "innerunique", "rightsemi", "rightanti"]);

/**
 * Filters on a join put into the table that they ask of, where they may stand as well: a subsearch has a limit of rows, and the
 * fewer it gives the better. The filter is the outermost of several that follow one another.
 */
export function intoJoin(filter: Filter): Relation {
  const conjuncts: Expr[] = [];
  let below: Relation = filter;
  while (below.kind === "filter") {
    conjuncts.unshift(...conjunctsOf(below.predicate));
    below = below.input;
  }
  if (below.kind !== "join") return filter;
  const join = below;
  const left: Expr[] = [];
  const right: Expr[] = [];
  const open: Expr[] = [];
  const [leftNames, rightNames] = [namesOfLeft(join), namesOfRight(join)];
  for (const conjunct of conjuncts) {
    const [inLeft, inRight] = [over(conjunct, leftNames), over(conjunct, rightNames)];
    if (inLeft !== null) left.push(inLeft);
    else if (inRight !== null) right.push(inRight);
    else open.push(conjunct);
  }
  if (left.length + right.length === 0) return filter;
  const made: Join = { ...join, left: filtered(join.left, left), right: filtered(join.right, right) };
  return filtered(made, open);
}

function namesOfLeft(join: Join): ReadonlyMap<string, string> {
  return new Map(keepsLeft.has(join.joinKind) ? join.left.columns.map((c) => [c.name, c.name]) : []);
}

function namesOfRight(join: Join): ReadonlyMap<string, string> {
  if (!keepsRight.has(join.joinKind)) return new Map();
  const isTest = join.joinKind === "rightsemi" || join.joinKind === "rightanti";
  return new Map(
    isTest ? join.right.columns.map((c) => [c.name, c.name]) : join.rightColumns.map((c) => [c.to, c.from]),
  );
}

/** The condition over the columns of one side; null where it asks for others, or for a table. */
function over(expr: Expr, names: ReadonlyMap<string, string>): Expr | null {
  const columns = [...columnsIn(expr)];
  if (columns.length === 0 || !columns.every((c) => names.has(c)) || readsTable(expr)) return null;
  const rename = (e: Expr): Expr =>
    e.kind === "column" ? { ...e, name: names.get(e.name) ?? e.name } : mapOperands(e, rename);
  return rename(expr);
}

function readsTable(expr: Expr): boolean {
  return expr.kind === "in-table" || expr.kind === "toscalar" || operandsOf(expr).some(readsTable);
}

function filtered(input: Relation, conjuncts: readonly Expr[]): Relation {
  const [first] = conjuncts;
  if (first === undefined) return input;
  const predicate: Expr =
    conjuncts.length === 1 ? first : { kind: "and", operands: conjuncts, type: "bool", span: first.span };
  return { kind: "filter", input, predicate, columns: input.columns, span: first.span };
}
