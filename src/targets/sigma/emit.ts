import type { Note } from "../../diagnostics/fidelity.ts";
import type { Span } from "../../diagnostics/source.ts";
import { mapInputs } from "../../plan/children.ts";
import type { Emission, RuleInfo } from "../../plan/emission.ts";
import { type EventConditions, eventConditions } from "../../plan/event-condition.ts";
import type { Expr, Plan, Relation } from "../../plan/nodes.ts";
import { printExpr } from "../../plan/print.ts";
import { printSigma } from "../../sigma/print.ts";
import { columnsOf } from "./columns-of.ts";
import { detectionOf } from "./detection.ts";
import { and, type Logic } from "./logic.ts";
import { metadata } from "./metadata.ts";
import { operatorNotes } from "./operator-notes.ts";
import { type Left, noField, type Translation, translate } from "./predicate.ts";
import { timeWindow } from "./time-window.ts";

/**
 * A plan as a Sigma rule. The plan is mapped by a profile with a log source, its lets are in place. A Sigma rule says which single
 * events match; what a query does beyond that, or says in a way that Sigma has not, is left out where that makes the rule wider,
 * and stated; a rule is never narrower than its source.
 */
export function emitSigma(plan: Plan, options: { readonly info: RuleInfo }): Emission {
  const notes: Note[] = [];
  const conditions = eventConditions(withoutJoins(plan.body, notes));
  if (conditions === null)
    return refused(notes, "rows", "the rows do not come from one table of events", plan.body.span);
  const { scan } = conditions;
  const logsource = scan.source?.logsource ?? null;
  if (logsource === null)
    return refused(notes, "no-table", `there is no log source for ${scan.table}`, scan.span, scan.table);
  const logic = and(conditions.conjuncts.flatMap((conjunct) => said(conjunct, conditions, notes)));
  notes.push(...operatorNotes(conditions.steps));
  if (logic.kind === "constant") {
    const reason = logic.value ? "no condition on single events is left" : "the condition never holds";
    return refused(notes, "no-condition", reason, plan.body.span);
  }
  const rule = { ...metadata(options.info), logsource, ...detectionOf(logic) };
  return { text: printSigma(rule, remarks(notes)), notes };
}

/** The condition that a conjunct puts on an event; none, and a note, where there is nothing to say. */
function said(
  conjunct: EventConditions["conjuncts"][number],
  { scan }: EventConditions,
  notes: Note[],
): readonly Logic[] {
  const { condition, written, filter } = conjunct;
  if (condition === null) {
    const missing = [...columnsOf(written)].find(
      (name) => !filter.input.columns.some((column) => column.name === name),
    );
    const reason = missing === undefined ? "this is about more than a single event" : noField(missing);
    notes.push(
      widening(missing === undefined ? "not-an-event" : "no-field", written, `${reason}: the condition is left out`),
    );
    return [];
  }
  const window = timeWindow(condition, scan.source?.time ?? null);
  if (window === "relative") {
    notes.push({
      ...base("time-window", written),
      level: "info",
      message: "the time window is up to the schedule of the search",
    });
    return [];
  }
  if (window === "fixed") {
    notes.push(widening("time-window", written, "Sigma has no points in time: events of any time match"));
    return [];
  }
  const translation: Translation = { fields: new Set(scan.columns.map((c) => c.name)), left: [], steps: 0 };
  const logic = translate(condition, "wider", translation);
  notes.push(...uniqueLeft(translation.left).map((left) => leftNote(left, logic !== null)));
  return logic === null ? [] : [logic];
}

function uniqueLeft(left: readonly Left[]): readonly Left[] {
  const key = ({ expr, reason }: Left) => `${expr.span.start}:${expr.span.end}:${reason}`;
  return [...new Map(left.map((entry) => [key(entry), entry])).values()];
}

function leftNote({ expr, reason }: Left, partly: boolean): Note {
  const extent = partly ? "this part of the condition is left out" : "the condition is left out";
  return widening("no-word", expr, `${reason}: ${extent}`);
}

function widening(cause: string, expr: Expr, message: string): Note {
  return {
    ...base(cause, expr),
    level: "approximate",
    message,
    when: "an event meets every other condition, but not this one",
  };
}

function base(cause: string, expr: Expr): Pick<Note, "cause" | "construct" | "span"> {
  return { cause, construct: shown(expr), span: expr.span };
}

/** The expression on one short line. */
function shown(expr: Expr): string {
  const text = printExpr(expr);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/** A join of events with other rows chooses among the events at most: their own side alone is wider. */
function withoutJoins(relation: Relation, notes: Note[]): Relation {
  if (relation.kind === "union") return relation;
  if (relation.kind !== "join") return mapInputs(relation, (input) => withoutJoins(input, notes));
  if (relation.joinKind === "rightouter" || relation.joinKind === "fullouter") return relation;
  const right = relation.joinKind === "rightsemi" || relation.joinKind === "rightanti";
  notes.push({
    level: "approximate",
    cause: "join",
    construct: relation.keyword,
    message: `Sigma does not join: the rule is about the ${right ? "right" : "left"} side's events`,
    when: "an event of that side would be left out, or repeated, by the join",
    span: relation.span,
  });
  return withoutJoins(right ? relation.right : relation.left, notes);
}

function refused(notes: readonly Note[], cause: string, message: string, span: Span, construct = "query"): Emission {
  return { text: "", notes: [...notes, { level: "unsupported", cause, construct, message, span }] };
}

/** What a reader of the Sigma rule has to know. */
function remarks(notes: readonly Note[]): readonly string[] {
  const wide = notes.filter((note) => note.level === "approximate");
  return wide.length === 0
    ? []
    : [
        "Matches more than the query that it was made from:",
        ...wide.map((note) => `- ${note.construct}: ${note.message}`),
      ];
}
