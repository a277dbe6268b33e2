import { expressionsOf } from "../../plan/children.ts";
import type { Relation } from "../../plan/nodes.ts";
import { eachExpression } from "../plan-facts.ts";
import { quoted } from "../quote.ts";
import type { Warning } from "../subject.ts";

/** Aggregates whose result shows the order of the rows. */
const ordered = /^(?:make_|take_any|any|arg_|buildschema|hll|tdigest)/;
/** Functions that look at neighbouring rows. */
const neighbours = /^(?:prev|next|row_)/;

/** A `sort` whose order nothing sees: a summarize, a join or another sort follows. */
export const idleSort: Warning = {
  codes: ["KQL214"],
  needs: "plan",
  find({ facts, text }, report) {
    for (const relation of facts.relations) {
      if (relation.kind !== "aggregate" && relation.kind !== "sort") continue;
      if (relation.kind === "aggregate" && relation.aggregates.some((call) => ordered.test(call.function))) continue;
      const sort = sortBelow(relation.input);
      if (!sort) continue;
      const by = relation.kind === "aggregate" ? `\`${relation.keyword}\`` : "another sort";
      report(
        "KQL214",
        sort.span,
        `${quoted(text, sort.span)} has no effect: ${by} follows`,
        "leave it out, or put it at the end",
      );
    }
  },
};

function sortBelow(relation: Relation): Relation | null {
  let at = relation;
  for (let i = 0; i < 200; i++) {
    if (at.kind === "sort") return at;
    if (at.kind !== "filter" && at.kind !== "extend" && at.kind !== "project") return null;
    if (expressionsOf(at).some(looksAround)) return null;
    at = at.input;
  }
  return null;
}

function looksAround(expr: Parameters<typeof eachExpression>[0]): boolean {
  let found = false;
  eachExpression(expr, (e) => {
    if (e.kind === "call" && neighbours.test(e.name)) found = true;
  });
  return found;
}
