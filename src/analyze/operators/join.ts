import { suggestion } from "../../diagnostics/suggest.ts";
import type { Expression, JoinOperator } from "../../kql/ast.ts";
import { type JoinKind, joinKinds, type Relation } from "../../plan/nodes.ts";
import type { Column } from "../../types/scalar-type.ts";
import { expression } from "../expression.ts";
import { ColumnNames } from "../names.ts";
import type { TableScope } from "../session.ts";
import { parameter } from "./mv-expand.ts";

const synonyms: Readonly<Record<string, JoinKind>> = {
  anti: "leftanti",
  leftantisemi: "leftanti",
  rightantisemi: "rightanti",
};

interface Side {
  readonly side: "left" | "right";
  readonly name: string;
  readonly span: Expression["span"];
}

/** `$left.a`, `$right.b`, or a plain name. */
function sideOf(e: Expression): Side | null {
  if (e.kind === "paren") return sideOf(e.expression);
  if (e.kind === "member" && e.target.kind === "name" && (e.target.name === "$left" || e.target.name === "$right")) {
    return { side: e.target.name === "$left" ? "left" : "right", name: e.name.text, span: e.span };
  }
  return null;
}

function column(name: string, table: Relation, span: Expression["span"], scope: TableScope): Column | null {
  const found = expression({ kind: "name", name, span }, { ...scope, input: table });
  return found.kind === "column" ? { name, type: found.type } : null;
}

interface KeyPair {
  readonly left: string;
  readonly right: string;
}

function keys(o: JoinOperator, left: Relation, right: Relation, scope: TableScope): KeyPair[] {
  const { diagnostics } = scope.session;
  if (o.on.length === 0) diagnostics.add("KQL103", o.keywordSpan, `${o.kind} needs its keys`, "add: on KeyColumn");
  return o.on.flatMap(conditions).flatMap((e) => {
    const pair = keyPair(e);
    if (!pair) {
      diagnostics.add("KQL108", e.span, `a ${o.kind} key is a column's name, or $left.a == $right.b`);
      return [];
    }
    if (pair.turned)
      diagnostics.add(
        "KQL108",
        e.span,
        `a ${o.kind} key names the left side first`,
        `write $left.${pair.left} == $right.${pair.right}`,
      );
    const [l, r] = [column(pair.left, left, e.span, scope), column(pair.right, right, e.span, scope)];
    if (!l || !r) return [];
    checkKeyTypes(l, r, e, scope);
    return [{ left: pair.left, right: pair.right }];
  });
}

/** `$left.a == $right.b and $left.c == $right.d` are two keys. */
function conditions(e: Expression): readonly Expression[] {
  if (e.kind === "paren") return conditions(e.expression);
  return e.kind === "logical" && e.operator === "and" ? e.operands.flatMap(conditions) : [e];
}

function keyPair(e: Expression): (KeyPair & { readonly turned: boolean }) | null {
  if (e.kind === "paren") return keyPair(e.expression);
  if (e.kind === "name") return { left: e.name, right: e.name, turned: false };
  if (e.kind !== "binary" || e.operator !== "==") return null;
  const [a, b] = [sideOf(e.left), sideOf(e.right)];
  if (!a || !b || a.side === b.side) return null;
  return a.side === "left"
    ? { left: a.name, right: b.name, turned: false }
    : { left: b.name, right: a.name, turned: true };
}

const isWhole = (c: Column): boolean => c.type === "int" || c.type === "long";

/** Keys have one type, but an int goes with a long where the sides are named. */
function checkKeyTypes(left: Column, right: Column, e: Expression, scope: TableScope): void {
  const { diagnostics } = scope.session;
  if (left.type === "unknown" || right.type === "unknown") return;
  if (left.type === "dynamic" || right.type === "dynamic") {
    diagnostics.add("KQL104", e.span, "a join key cannot be a dynamic value", "convert it before, as in tostring(…)");
    return;
  }
  if (left.type === right.type || (isWhole(left) && isWhole(right) && e.kind !== "name")) return;
  diagnostics.add("KQL104", e.span, `${withArticle(left.type)} key cannot be joined with ${withArticle(right.type)}`);
}

const withArticle = (type: string): string => (type === "int" ? "an int" : `a ${type}`);

/** The kinds of `lookup`, which keeps the left rows or those of both sides. */
const lookupKinds: readonly JoinKind[] = ["leftouter", "inner"];

/** The columns of the right side that the result takes, those with a name of the left side numbered. */
function rightColumns(
  left: readonly Column[],
  wanted: readonly Column[],
): { from: string; to: string; column: Column }[] {
  const taken = new Set(left.map((c) => c.name));
  const names = new ColumnNames([...taken, ...wanted.map((c) => c.name)]);
  return wanted.map((c) => {
    const to = taken.has(c.name) ? names.add(c.name) : c.name;
    return { from: c.name, to, column: { name: to, type: c.type } };
  });
}

/** `join kind=k (right) on keys`, `lookup kind=k (right) on keys` (join-operator, lookup-operator) */
export function join(o: JoinOperator, left: Relation, scope: TableScope): Relation {
  const right = scope.session.relation(o.right, scope);
  const written = parameter(o.parameters, "kind") ?? (o.kind === "lookup" ? "leftouter" : "innerunique");
  const possible = o.kind === "lookup" ? lookupKinds : joinKinds;
  const joinKind = possible.find((k) => k === (o.kind === "join" ? (synonyms[written] ?? written) : written));
  if (joinKind === undefined) {
    scope.session.diagnostics.add(
      "KQL108",
      o.keywordSpan,
      `${o.kind} has no kind ${written}`,
      suggestion(written, possible, "kinds"),
    );
  }
  const on = keys(o, left, right, scope);
  const kind = joinKind ?? "innerunique";
  const leftOnly = kind === "leftsemi" || kind === "leftanti";
  const rightOnly = kind === "rightsemi" || kind === "rightanti";
  const kept = rightOnly ? [] : left.columns;
  const wanted = leftOnly ? [] : right.columns.filter((c) => o.kind === "join" || !on.some((k) => k.right === c.name));
  const taken = rightColumns(kept, wanted);
  const columns: Column[] = [...kept, ...taken.map((c) => c.column)];
  return {
    kind: "join",
    joinKind: kind,
    left,
    right,
    on,
    rightColumns: taken.map(({ from, to }) => ({ from, to })),
    keyword: o.kind,
    columns,
    span: o.span,
  };
}
