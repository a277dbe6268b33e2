import { suggestion } from "../../diagnostics/suggest.ts";
import type { Expression, JoinOperator } from "../../kql/ast.ts";
import { type JoinKind, joinKinds, type Relation } from "../../plan/nodes.ts";
import type { Column } from "../../types/scalar-type.ts";
import { expression } from "../expression.ts";
import { ColumnNames } from "../names.ts";
import type { TableScope } from "../session.ts";
import { ordered } from "../types.ts";
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

function keys(o: JoinOperator, left: Relation, right: Relation, scope: TableScope): { left: string; right: string }[] {
  const { diagnostics } = scope.session;
  if (o.on.length === 0) diagnostics.add("KQL103", o.keywordSpan, `${o.kind} needs its keys`, "add: on KeyColumn");
  return o.on.flatMap((e) => {
    let pair: { left: string; right: string } | null = null;
    if (e.kind === "name") pair = { left: e.name, right: e.name };
    else if (e.kind === "binary" && e.operator === "==") {
      const [a, b] = [sideOf(e.left), sideOf(e.right)];
      if (a && b && a.side !== b.side)
        pair = a.side === "left" ? { left: a.name, right: b.name } : { left: b.name, right: a.name };
    }
    if (!pair) {
      diagnostics.add("KQL108", e.span, `a ${o.kind} key is a column's name, or $left.a == $right.b`);
      return [];
    }
    const [l, r] = [column(pair.left, left, e.span, scope), column(pair.right, right, e.span, scope)];
    if (!l || !r) return [];
    if (!ordered(l.type, r.type)) {
      diagnostics.add("KQL104", e.span, `a ${l.type} key cannot be joined with a ${r.type}`);
    }
    return [pair];
  });
}

/** `join kind=k (right) on keys`, `lookup kind=k (right) on keys` (join-operator, lookup-operator) */
export function join(o: JoinOperator, left: Relation, scope: TableScope): Relation {
  const right = scope.session.relation(o.right, scope);
  const written = parameter(o.parameters, "kind") ?? (o.kind === "lookup" ? "leftouter" : "innerunique");
  const joinKind = synonyms[written] ?? joinKinds.find((k) => k === written);
  if (joinKind === undefined) {
    scope.session.diagnostics.add(
      "KQL108",
      o.keywordSpan,
      `${o.kind} has no kind ${written}`,
      suggestion(written, joinKinds, "kinds"),
    );
  }
  const on = keys(o, left, right, scope);
  const kind = joinKind ?? "innerunique";
  const leftOnly = kind === "leftsemi" || kind === "leftanti";
  const rightOnly = kind === "rightsemi" || kind === "rightanti";
  const names = new ColumnNames(rightOnly ? [] : left.columns.map((c) => c.name));
  const wanted = leftOnly ? [] : right.columns.filter((c) => o.kind === "join" || !on.some((k) => k.right === c.name));
  const rightColumns = wanted.map((c) => ({ from: c.name, to: names.add(c.name), type: c.type }));
  const columns: Column[] = [
    ...(rightOnly ? [] : left.columns),
    ...rightColumns.map((c) => ({ name: c.to, type: c.type })),
  ];
  return {
    kind: "join",
    joinKind: kind,
    left,
    right,
    on,
    rightColumns: rightColumns.map(({ from, to }) => ({ from, to })),
    keyword: o.kind,
    columns,
    span: o.span,
  };
}
