import type { AggregateCall, Expr, Plan, Relation } from "../plan/nodes.ts";
import type { Column } from "../types/scalar-type.ts";
import { rewritePlanExpressions, rewriteRelations } from "./walk.ts";

/** The two names that one event time has: Defender's and Sentinel's. */
export type Flavour = "defender" | "sentinel";
const timeColumn: Readonly<Record<Flavour, string>> = { defender: "Timestamp", sentinel: "TimeGenerated" };

/**
 * The same plan with the event time under the flavour's name. Both names are columns of the tables that Defender sends
 * to Sentinel and hold the same time, so that the two can change places: no row changes but for the names in it.
 * A plan stays as it is where a table lacks one of the names, or where the query is in the flavour already.
 */
export function useTimeColumn(plan: Plan, flavour: Flavour): Plan {
  const to = timeColumn[flavour];
  const from = timeColumn[flavour === "defender" ? "sentinel" : "defender"];
  let written = false;
  rewritePlanExpressions(plan, (e) => {
    // Columns that a star stands for carry the star's own span: they are not written.
    if (e.kind === "column" && e.name === from && e.span.end - e.span.start > 1) written = true;
    return e;
  });
  let both = true;
  const visit = (r: Relation): Relation => {
    if (r.kind === "scan" && !r.open && !(has(r.columns, from) && has(r.columns, to))) both = false;
    return r;
  };
  for (const r of [plan.body, ...plan.lets.flatMap((l) => (l.kind === "table" ? [l.value] : []))])
    rewriteRelations(r, visit);
  if (!both || !written) return plan;

  const name = (n: string): string => (n === from ? to : n === to ? from : n);
  const columns = (list: readonly Column[]): Column[] => list.map((c) => ({ ...c, name: name(c.name) }));
  const expr = (e: Expr): Expr => (e.kind === "column" ? { ...e, name: name(e.name) } : e);
  const relation = (r: Relation): Relation => {
    if (r.kind === "scan") return r;
    const renamed = { ...r, columns: columns(r.columns) };
    switch (renamed.kind) {
      case "extend":
      case "project":
        return { ...renamed, values: renamed.values.map((v) => ({ ...v, name: name(v.name) })) };
      case "expand":
      case "apply":
        return { ...renamed, values: renamed.values.map((v) => ({ ...v, name: name(v.name) })) };
      case "aggregate":
        return {
          ...renamed,
          keys: renamed.keys.map((k) => ({ ...k, name: name(k.name) })),
          aggregates: renamed.aggregates.map((a): AggregateCall => ({ ...a, columns: columns(a.columns) })),
        };
      case "join":
        return {
          ...renamed,
          on: renamed.on.map((k) => ({ left: name(k.left), right: name(k.right) })),
          rightColumns: renamed.rightColumns.map((c) => ({ from: name(c.from), to: name(c.to) })),
        };
      case "union":
        return {
          ...renamed,
          mappings: renamed.mappings.map((m) =>
            Object.fromEntries(Object.entries(m).map(([k, v]) => [name(k), name(v)])),
          ),
        };
      default:
        return renamed;
    }
  };
  const done = rewritePlanExpressions(plan, expr);
  return {
    ...done,
    lets: done.lets.map((l) => (l.kind === "table" ? { ...l, value: rewriteRelations(l.value, relation) } : l)),
    body: rewriteRelations(done.body, relation),
  };
}

function has(columns: readonly Column[], name: string): boolean {
  return columns.some((c) => c.name === name);
}
