import type { Relation } from "../../plan/nodes.ts";
import type { PlanFacts } from "../plan-facts.ts";
import type { Warning } from "../subject.ts";

/** A result without the columns that the rule file takes entities and details from. */
export const lostColumns: Warning = {
  codes: ["KQL231"],
  needs: "plan",
  find({ plan, columns, facts, rule }, report) {
    if (columns === null || isOpen(plan.body, facts)) return;
    const names = new Set(columns.map((c) => c.name));
    const lost = new Map<string, { readonly at: Relation; readonly columns: string[]; readonly what: string[] }>();
    for (const { column, what } of rule.needs) {
      if (names.has(column)) continue;
      const at = loserOf(plan.body, column, facts) ?? plan.body;
      const key = `${at.span.start}:${at.span.end}`;
      const entry = lost.get(key) ?? { at, columns: [], what: [] };
      if (!entry.columns.includes(column)) entry.columns.push(column);
      if (!entry.what.includes(what)) entry.what.push(what);
      lost.set(key, entry);
    }
    for (const { at, columns: missing, what } of lost.values()) {
      const list = missing.map((name) => `\`${name}\``).join(", ");
      const from = loserOf(plan.body, missing[0] ?? "", facts) ? "leaves out" : "does not have";
      const subject = from === "leaves out" ? `\`${keywordOf(at)}\`` : "the result";
      const message = `${subject} ${from} ${list}, which the rule file needs for ${what.join(", ")}`;
      const hint =
        at.kind === "aggregate" && missing.includes("ReportId")
          ? "keep an event of each group with `arg_max(Timestamp, DeviceId, ReportId)`"
          : at.kind === "aggregate"
            ? "add it to `by`, or keep it with `take_any` or `make_set`"
            : "keep it, or change the rule file";
      report("KQL231", at.span, message, hint);
    }
  },
};

function keywordOf(relation: Relation): string {
  return relation.kind === "project" || relation.kind === "aggregate" ? relation.keyword : relation.kind;
}

/** The last operator whose rows no longer have a column that the rows before it had. */
function loserOf(body: Relation, column: string, facts: PlanFacts): Relation | null {
  let at = body;
  for (let i = 0; i < 500; i++) {
    const table = facts.tableOf(at);
    if (table !== at) at = table;
    else if ("input" in at) {
      if (at.input.columns.some((c) => c.name === column)) return at;
      at = at.input;
    } else if (at.kind === "join") at = at.left;
    else return null;
  }
  return null;
}

/** Whether the result may have columns that nobody declared. */
function isOpen(relation: Relation, facts: PlanFacts): boolean {
  let at = relation;
  for (let i = 0; i < 500; i++) {
    if (at.kind === "project" || at.kind === "aggregate") return false;
    if (at.kind === "scan" || at.kind === "opaque") return at.open;
    const table = facts.tableOf(at);
    if (table !== at) at = table;
    else if ("input" in at) at = at.input;
    else if (at.kind === "join") at = at.left;
    else return at.kind === "union" && at.inputs.some((input) => input.kind === "scan" && input.open);
  }
  return true;
}
