import type { JoinOperator } from "../../kql/ast.ts";
import type { Join, Relation } from "../../plan/nodes.ts";
import type { PlanFacts } from "../plan-facts.ts";
import type { Warning } from "../subject.ts";
import { nodesOf } from "../tree.ts";

/** A `join` without `kind`: `innerunique` keeps one row of the left side for each key, and which one is chance. */
export const joinKind: Warning = {
  codes: ["KQL211"],
  needs: "plan",
  find({ query, facts }, report) {
    const joins = facts.relations.filter((relation) => relation.kind === "join");
    for (const written of nodesOf(query, "join")) {
      if (written.parameters.some((p) => p.name === "kind")) continue;
      const planned = joins.filter((join) => isPlanOf(join, written));
      if (planned.length === 0 || planned.every((join) => isUnique(join, facts))) continue;
      const message =
        "`join` without `kind` is `innerunique`: of the left rows with the same key it keeps one, whichever comes first";
      report("KQL211", written.keywordSpan, message, "write `kind=inner`, or `kind=innerunique` where that is meant");
    }
  },
};

/** Whether a join of the plan was made of this one: theirs is the same place, with or without the pipe. */
function isPlanOf(join: Join, { span }: JoinOperator): boolean {
  return join.span.end === span.end && Math.abs(join.span.start - span.start) <= 2;
}

/** Tables with one row for each value of a column. */
const idColumns: Readonly<Record<string, string>> = { AlertInfo: "AlertId", ExposureGraphNodes: "NodeId" };

/** Whether no two rows of the left side have the same key. */
function isUnique(join: Join, facts: PlanFacts): boolean {
  const keys = new Set(join.on.map((key) => key.left));
  // Rows that are all key are the same: which of them is kept makes no difference.
  const left = facts.tableOf(join.left);
  const closed = left.kind === "project" || left.kind === "aggregate";
  if (closed && left.columns.every((column) => keys.has(column.name))) return true;
  let at: Relation = join.left;
  for (let i = 0; i < 200; i++) {
    switch (at.kind) {
      case "filter":
      case "sort":
      case "limit":
        at = at.input;
        break;
      case "extend": {
        if (at.values.some((v) => keys.has(v.name))) return false;
        at = at.input;
        break;
      }
      case "project": {
        const sources = [...keys].map((key) =>
          at.kind === "project" ? at.values.find((v) => v.name === key)?.value : undefined,
        );
        if (sources.some((source) => source?.kind !== "column")) return false;
        keys.clear();
        for (const source of sources) if (source?.kind === "column") keys.add(source.name);
        at = at.input;
        break;
      }
      case "aggregate":
        return at.keys.every((key) => keys.has(key.name));
      case "table": {
        const table = facts.tableOf(at);
        if (table === at) return false;
        at = table;
        break;
      }
      case "rows":
        return at.rows.length < 2;
      case "scan":
        return keys.has(idColumns[at.table] ?? "");
      default:
        return false;
    }
  }
  return false;
}
