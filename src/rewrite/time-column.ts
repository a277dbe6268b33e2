import type { AggregateCall, Expr, Plan, Relation, Scan } from "../plan/nodes.ts";
import type { Column } from "../types/scalar-type.ts";
import { rewritePlanExpressions, rewriteRelations } from "./walk.ts";

/** The two names that one event time has: Defender's and Sentinel's. */
export type Flavour = "defender" | "sentinel";
const timeColumn: Readonly<Record<Flavour, string>> = { defender: "Timestamp", sentinel: "TimeGenerated" };

/**
 * The same plan with the event time under the flavour's name. Both names are columns of the tables that Defender sends
 * to Sentinel and hold the same time, so that the two can change places: no row changes but for the names in it.
 * A plan stays as it is where a table lacks one of the names, where the names decide on what is found, or where the query is
 * in the flavour already. `source`: the KQL that the plan's spans point into, or "".
 */
export function useTimeColumn(plan: Plan, flavour: Flavour, source: string): Plan {
  const to = timeColumn[flavour];
  const from = timeColumn[flavour === "defender" ? "sentinel" : "defender"];
  let written = false;
  rewritePlanExpressions(plan, (e) => {
    // Columns that a star, a term or an operator stands for carry its span: they are not written.
    if (e.kind === "column" && e.name === from && (source === "" || isName(source.slice(e.span.start, e.span.end))))
      written = true;
    return e;
  });
  let both = true;
  const visit = (r: Relation): Relation => {
    if (r.kind === "scan" && !r.open && !(has(r.columns, from) && has(r.columns, to))) both = false;
    // A plugin names its columns by what is in the rows, and parse-kv reads what its columns are called.
    if (r.kind === "plugin" || (r.kind === "parse-kv" && (has(r.keys, from) || has(r.keys, to)))) both = false;
    return r;
  };
  for (const r of [plan.body, ...plan.lets.flatMap((l) => (l.kind === "table" ? [l.value] : []))])
    rewriteRelations(r, visit);
  if (!both || !written) return plan;

  const name = (n: string): string => (n === from ? to : n === to ? from : n);
  const columns = (list: readonly Column[]): Column[] => list.map((c) => ({ ...c, name: name(c.name) }));
  const named = <N extends { readonly name: string }>(list: readonly N[]): N[] =>
    list.map((n) => ({ ...n, name: name(n.name) }));
  const calls = <A extends AggregateCall>(list: readonly A[]): A[] =>
    list.map((a) => ({ ...a, columns: columns(a.columns) }));
  const expr = (e: Expr): Expr => (e.kind === "column" ? { ...e, name: name(e.name) } : e);
  const relation = (r: Relation): Relation => (r.kind === "scan" ? r : renamed({ ...r, columns: columns(r.columns) }));
  const renamed = (r: Exclude<Relation, Scan>): Relation => {
    switch (r.kind) {
      case "extend":
      case "project":
        return { ...r, values: named(r.values) };
      case "window":
        return { ...r, values: named(r.values) };
      case "expand":
      case "apply":
        return { ...r, values: named(r.values), indexColumn: r.indexColumn && name(r.indexColumn) };
      case "aggregate":
        return { ...r, keys: named(r.keys), aggregates: calls(r.aggregates) };
      case "series":
        return {
          ...r,
          keys: named(r.keys),
          aggregates: calls(r.aggregates),
          on: { ...r.on, name: name(r.on.name) },
        };
      case "top-nested":
        return {
          ...r,
          levels: r.levels.map((l) => ({
            ...l,
            key: { ...l.key, name: name(l.key.name) },
            aggregate: { ...l.aggregate, columns: columns(l.aggregate.columns) },
          })),
        };
      case "top-hitters":
        return { ...r, key: { ...r.key, name: name(r.key.name) } };
      case "parse":
        return { ...r, steps: r.steps.map((s) => (s.kind === "column" ? { ...s, name: name(s.name) } : s)) };
      case "parse-kv":
        return { ...r, keys: columns(r.keys) };
      case "sequence":
        return {
          ...r,
          matchId: r.matchId && name(r.matchId),
          declared: named(r.declared),
          steps: r.steps.map((s) => ({ ...s, assignments: named(s.assignments) })),
        };
      case "join":
        return {
          ...r,
          on: r.on.map((k) => ({ left: name(k.left), right: name(k.right) })),
          rightColumns: r.rightColumns.map((c) => ({ from: name(c.from), to: name(c.to) })),
        };
      case "union":
        return {
          ...r,
          sourceColumn: r.sourceColumn && name(r.sourceColumn),
          mappings: r.mappings.map((m) => Object.fromEntries(Object.entries(m).map(([k, v]) => [name(k), name(v)]))),
        };
      case "rows":
      case "range":
      case "table":
      case "item":
      case "filter":
      case "sort":
      case "limit":
      case "partition":
      case "plugin":
      case "opaque":
        return r;
    }
  };
  const done = rewritePlanExpressions(plan, expr);
  return {
    ...done,
    lets: done.lets.map((l) => (l.kind === "table" ? { ...l, value: rewriteRelations(l.value, relation) } : l)),
    body: rewriteRelations(done.body, relation),
  };
}

/** A name as KQL writes it. */
const isName = (text: string): boolean => /^(?:[A-Za-z_]\w*|\[\s*(?:"[^"]*"|'[^']*')\s*\])$/.test(text);

function has(columns: readonly Column[], name: string): boolean {
  return columns.some((c) => c.name === name);
}
