import { expressionsOf, inputsOf } from "../../plan/children.ts";
import type { Expr, Relation, Scan } from "../../plan/nodes.ts";
import { Timespan } from "../../types/time.ts";
import { numberOf } from "../number-range.ts";
import { eachExpression } from "../plan-facts.ts";
import { quoted } from "../quote.ts";
import type { PlanView, Report, Warning } from "../subject.ts";

/** Tables that say how things stand: their newest rows are meant, whatever their age. */
const states = /^DeviceTvm|^Exposure|^Entra|Info$|Inventory|KB$|^Update|Watchlist|^ThreatIntel/;
const eventTimes = ["Timestamp", "TimeGenerated"];
const comparisons = /^(?:<|<=|>|>=|==|between)$/;

/** Queries without a bound in time, and rules that look back farther than their schedule lets them see. */
export const timeWindow: Warning = {
  codes: ["KQL221", "KQL222"],
  needs: "plan",
  find(view, report) {
    if (!view.rule.scheduled) unbounded(view, report);
    if (view.rule.period !== null) tooFar(view, view.rule.period, report);
  },
};

/** Tables of events that no condition bounds in time. */
function unbounded({ facts, text }: PlanView, report: Report): void {
  const scans = facts.relations.filter(
    (r): r is Scan => r.kind === "scan" && timeOf(r, text) !== null && !states.test(r.table),
  );
  const [first] = scans;
  const time = first && timeOf(first, text);
  if (!first || !time) return;
  // One bound is enough to show that time was thought of: a join carries it to the other side.
  const bounded = facts.relations.some((relation) => {
    // A look at a few rows is bounded by their number.
    if (relation.kind === "limit") return peeked(relation.input) === first;
    const input = inputsOf(relation)[0];
    return input !== undefined && expressionsOf(relation).some((expr) => boundsTime(expr));
  });
  if (bounded) return;
  const table = first.pattern ?? first.table;
  const message = `nothing bounds \`${time}\`: the query reads \`${table}\` as far back as the portal lets it`;
  report("KQL221", first.span, message, `add \`where ${time} > ago(1d)\`, or the time that is meant`);
}

/** Whether a time is compared with something, or the time of arrival asked for. */
function boundsTime(expression: Expr): boolean {
  let found = false;
  eachExpression(expression, (expr) => {
    if (expr.kind === "call" && expr.name === "ingestion_time") found = true;
    if (expr.kind !== "call" || !comparisons.test(expr.name)) return;
    for (const arg of expr.args) {
      eachExpression(arg, (e) => {
        const timed = e.type === "datetime" || e.type === "timespan";
        if (e.kind === "column" && (timed || eventTimes.includes(e.name))) found = true;
      });
    }
  });
  return found;
}

/** The table whose first rows a limit takes, with nothing in between that reads on. */
function peeked(relation: Relation): Relation {
  let at = relation;
  while (at.kind === "extend" || at.kind === "project") at = at.input;
  return at;
}

/** A table's time column; of two the one that the query speaks of. */
function timeOf(scan: Scan, text: string): string | null {
  const own = eventTimes.filter((name) => scan.columns.some((c) => c.name === name));
  return own.find((name) => text.includes(name)) ?? own[0] ?? null;
}

/** `ago(30d)` in a rule that sees 14 days. */
function tooFar({ facts, text }: PlanView, period: Timespan, report: Report): void {
  for (const relation of facts.relations) {
    if (relation.kind !== "filter") continue;
    eachExpression(relation.predicate, (expr) => {
      if (expr.kind !== "call" || !comparisons.test(expr.name)) return;
      const times = expr.args.some((arg) => arg.kind === "column" && eventTimes.includes(arg.name));
      if (!times) return;
      for (const arg of expr.args) {
        const back = lookBack(arg, facts);
        if (back === null || back <= Number(period.ticks)) continue;
        const farthest = new Timespan(BigInt(Math.round(back)));
        const message = `${quoted(text, arg.span)} looks back ${spoken(farthest)}, and the rule's \`queryPeriod\` lets it see ${spoken(period)}`;
        report("KQL222", arg.span, message, "raise `queryPeriod`, or look back less");
      }
    });
  }
}

/** How many ticks before now() a time lies; `startofday(ago(1d))` counts as `ago(1d)`. */
function lookBack(expr: Parameters<typeof numberOf>[0], facts: PlanView["facts"]): number | null {
  const at = facts.valueOf(expr);
  const inner = at.kind === "call" && /^(?:startof|bin$|floor$)/.test(at.name) ? at.args[0] : undefined;
  const number = numberOf(inner ?? at, facts);
  return number?.scale === "now" ? -number.number : null;
}

function spoken(span: Timespan): string {
  const hours = Number(span.ticks) / 36_000_000_000;
  if (hours >= 24 && hours % 24 === 0) return hours === 24 ? "1 day" : `${hours / 24} days`;
  if (Number.isInteger(hours)) return hours === 1 ? "1 hour" : `${hours} hours`;
  return `${Math.round(hours * 60)} minutes`;
}
