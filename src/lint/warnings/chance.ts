import type { Aggregate, AggregateCall, Relation } from "../../plan/nodes.ts";
import { definitionOf, originsOf } from "../definition.ts";
import { numberOf } from "../number-range.ts";
import type { PlanFacts } from "../plan-facts.ts";
import { quoted } from "../quote.ts";
import type { PlanView, Report, Warning } from "../subject.ts";

/** Results that depend on chance: rows that tie, rows of no order of which some are kept. */
export const chance: Warning = {
  codes: ["KQL212", "KQL213"],
  needs: "plan",
  find(view, report) {
    const above = consumers(view.facts);
    for (const relation of view.facts.relations) {
      if (relation.kind === "aggregate") {
        for (const call of relation.aggregates) tied(call, relation, view, report);
        repeatedId(relation, view, report);
      }
      if (relation.kind === "limit" && relation.input.kind !== "sort") unordered(relation, above, view, report);
    }
  },
};

/** The relations that read each relation. */
function consumers(facts: PlanFacts): ReadonlyMap<Relation, Relation> {
  const above = new Map<Relation, Relation>();
  for (const relation of facts.relations) {
    if ("input" in relation) above.set(relation.input, relation);
    else if (relation.kind === "join") above.set(relation.left, relation).set(relation.right, relation);
  }
  return above;
}

/** arg_max and arg_min over rows that an expansion made of one event: all of them have the same value. */
function tied(call: AggregateCall, relation: Aggregate, { facts, text }: PlanView, report: Report): void {
  if (call.function !== "arg_max" && call.function !== "arg_min") return;
  const [by] = call.args;
  if (by?.kind !== "column" || call.args.length < 2) return;
  const expansion = expansionBelow(relation.input, facts);
  if (!expansion) return;
  const made = (name: string): boolean => reaches(relation.input, name, expansion, facts);
  const grouped = relation.keys.some((key) => key.value.kind !== "column" || made(key.value.name));
  const ordered = made(by.name);
  const collected = relation.aggregates.filter((a) => /^make_/.test(a.function)).map((a) => a.args[0]);
  const kept = (name: string): boolean => collected.some((arg) => arg?.kind === "column" && arg.name === name);
  const result = call.args.slice(1).filter((arg) => arg.kind === "column" && made(arg.name) && !kept(arg.name));
  const [first] = result;
  if (grouped || ordered || first?.kind !== "column") return;
  const operator = expansion.kind === "apply" ? "mv-apply" : "mv-expand";
  const message = `${quoted(text, call.span)} leaves \`${first.name}\` to chance: the rows that \`${operator}\` makes of one event have the same \`${by.name}\``;
  report("KQL212", call.span, message, `group by \`${first.name}\` too, or summarize in front of \`${operator}\``);
}

function expansionBelow(relation: Relation, facts: PlanFacts): Relation | null {
  let at = relation;
  for (let i = 0; i < 200; i++) {
    if (at.kind === "expand" || at.kind === "apply") return at;
    if (at.kind === "table" && facts.tableOf(at) !== at) at = facts.tableOf(at);
    else if (
      at.kind === "filter" ||
      at.kind === "extend" ||
      at.kind === "project" ||
      at.kind === "sort" ||
      at.kind === "parse"
    )
      at = at.input;
    else return null;
  }
  return null;
}

/** Whether a column differs between the rows that an expansion makes of one row. */
function reaches(relation: Relation, name: string, expansion: Relation, facts: PlanFacts): boolean {
  const { relation: at, name: column, value, input } = definitionOf(relation, name, facts);
  if (at === expansion) return true;
  if (at.kind === "item") return facts.applyOf(at) === expansion;
  if (value === null || input === null) return false;
  // Computed above the expansion, from a column that it made.
  const columns: string[] = [];
  const visit = (expr: typeof value): void => {
    if (expr.kind === "column") columns.push(expr.name);
    else if (expr.kind === "call") expr.args.forEach(visit);
    else if (expr.kind === "access") visit(expr.target);
  };
  visit(value);
  return (
    columns.some((c) => c !== column && reaches(input, c, expansion, facts)) ||
    (columns.includes(column) && reaches(input, column, expansion, facts))
  );
}

/** Defender's ReportId counts up on each device: alone it names an event of several devices. */
function repeatedId(relation: Aggregate, { facts, text }: PlanView, report: Report): void {
  if (relation.keyword !== "summarize") return;
  const origins = relation.keys.map((key) =>
    key.value.kind === "column" ? originsOf(relation.input, key.value.name, facts)?.[0] : undefined,
  );
  const id = relation.keys.find((_, i) => origins[i]?.column === "ReportId" && origins[i]?.table.startsWith("Device"));
  if (!id || origins.some((o) => o === undefined || /^Device(?:Id|Name)$/.test(o.column))) return;
  const message = `${quoted(text, id.value.span)} does not tell events apart: each device counts its own, and starts again`;
  report("KQL213", id.value.span, message, "group by `DeviceId`, `ReportId` and the time");
}

/** `take` of rows without an order, whose rows further operators use. */
function unordered(
  relation: Relation & { readonly kind: "limit" },
  above: ReadonlyMap<Relation, Relation>,
  { facts, text }: PlanView,
  report: Report,
): void {
  // Other operators that keep some rows, such as sample, are meant to.
  if (!/^(?:take|limit)\b/.test(text.slice(relation.span.start))) return;
  const count = numberOf(relation.count, facts);
  if (count !== null && count.number <= 1) return;
  let at = above.get(relation);
  while (at && (at.kind === "project" || at.kind === "extend" || at.kind === "sort")) at = above.get(at);
  if (!at || (at.kind !== "filter" && at.kind !== "aggregate" && at.kind !== "join")) return;
  const message = `${quoted(text, relation.span)} keeps any rows, and what comes behind it sees those alone`;
  report("KQL212", relation.span, message, "put it at the end, or say which rows with `top … by`");
}
