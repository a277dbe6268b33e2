import type { Note } from "../../diagnostics/fidelity.ts";
import type { Span } from "../../diagnostics/source.ts";
import type { Emission, RuleInfo } from "../../plan/emission.ts";
import { type Conjunct, eventConditions } from "../../plan/event-condition.ts";
import type { Plan, Scan } from "../../plan/nodes.ts";
import { printCorrelated } from "../../sigma/correlation.ts";
import { printSigma } from "../../sigma/print.ts";
import { leftNotes, termNote, windowNote } from "./condition-notes.ts";
import { countingOf } from "./correlation.ts";
import { detectionOf } from "./detection.ts";
import { eventSide } from "./event-side.ts";
import { and, type Logic } from "./logic.ts";
import { metadata } from "./metadata.ts";
import { operatorNotes } from "./operator-notes.ts";
import { translate } from "./predicate.ts";
import { timeWindow } from "./time-window.ts";
import type { Translation } from "./translation.ts";
import { withoutJoins } from "./without-joins.ts";

export interface SigmaOptions {
  readonly info: RuleInfo;
  /** The query's text, for quoting it in notes. */
  readonly query: string;
}

/**
 * A plan as a Sigma rule. The plan is mapped by a profile with a log source, its lets are in place. A Sigma rule says which single
 * events match; what a query does beyond that, or says in a way that Sigma has not, is left out where that makes the rule wider,
 * and stated. A rule is not narrower than its source, but where a note says so.
 */
export function emitSigma(plan: Plan, options: SigmaOptions): Emission {
  const notes: Note[] = [];
  const conditions = eventConditions(withoutJoins(plan.body, notes));
  if (conditions === null)
    return refused(notes, "rows", "the rows do not come from one table of events", plan.body.span);
  const { scan } = conditions;
  const logsource = scan.source?.logsource ?? null;
  if (logsource === null)
    return refused(notes, "no-table", `there is no log source for ${scan.table}`, scan.span, scan.table);
  const counting = countingOf(conditions, options.info.period);
  const conjuncts = conditions.conjuncts.filter((conjunct) => conjunct !== counting?.threshold);
  const logic = and(conjuncts.flatMap((conjunct) => said(conjunct, scan, options.query, notes)));
  notes.push(...operatorNotes(conditions.steps.filter((step) => step !== counting?.step)));
  if (logic.kind === "constant") {
    const reason = logic.value ? "no condition on single events is left" : "the condition never holds";
    return refused(notes, "no-condition", reason, plan.body.span);
  }
  const about = metadata(options.info);
  const detection = { logsource, ...detectionOf(logic) };
  if (counting === null) return { text: printSigma({ ...about, ...detection }, remarks(notes)), notes };
  notes.push(...counting.notes);
  const events = { ...eventsOf(about), ...detection };
  const correlation = { ...counting.correlation, rule: events.name };
  return { text: printCorrelated(events, about, correlation, remarks(notes)), notes };
}

/** The condition that a conjunct puts on an event; none, and a note, where there is nothing to say. */
function said(conjunct: Conjunct, scan: Scan, query: string, notes: Note[]): readonly Logic[] {
  const { written } = conjunct;
  const { condition, unknown } = eventSide(conjunct);
  const window = timeWindow(condition, scan.source?.time ?? null);
  if (window !== null) {
    notes.push(windowNote(window, written, query));
    return [];
  }
  const translation: Translation = {
    fields: new Set(scan.columns.map((c) => c.name)),
    unknown,
    left: [],
    terms: [],
    steps: 0,
  };
  const logic = translate(condition, "wider", translation);
  notes.push(...leftNotes(translation.left, logic !== null, query));
  const [term] = translation.terms;
  if (term !== undefined && !notes.some((note) => note.cause === "term")) notes.push(termNote(term, query));
  return logic === null ? [] : [logic];
}

function refused(notes: readonly Note[], cause: string, message: string, span: Span, construct = "query"): Emission {
  return { text: "", notes: [...notes, { level: "unsupported", cause, construct, message, span }] };
}

/** What the rule of single events is called, beside the one that counts them. */
function eventsOf({ title }: { readonly title: string }): { readonly title: string; readonly name: string } {
  const plain = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "");
  return { title: `${title.slice(0, 240)}: events`, name: `${plain === "" ? "rule" : plain}_events` };
}

/** What a reader of the Sigma rule has to know. */
function remarks(notes: readonly Note[]): readonly string[] {
  const wide = notes.filter((note) => note.level === "approximate");
  return wide.length === 0
    ? []
    : [
        "The query that this was made from says more:",
        ...new Set(wide.map((note) => `- ${note.construct}: ${note.message}`)),
      ];
}
