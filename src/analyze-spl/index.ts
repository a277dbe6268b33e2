import type { Note } from "../diagnostics/fidelity.ts";
import type { Span } from "../diagnostics/source.ts";
import type { EventTables } from "../plan/event-fields.ts";
import type { Plan } from "../plan/nodes.ts";
import type { Command, Pipeline } from "../spl/tree.ts";
import { baseRows } from "./base.ts";
import { TooLarge } from "./build.ts";
import { command } from "./commands.ts";
import { condition } from "./condition.ts";
import { evalValue } from "./eval.ts";
import { spanOf } from "./notes.ts";
import { finished } from "./project.ts";
import { Session } from "./session.ts";

export interface SplAnalysis {
  /** null where a note says `unsupported`. */
  readonly plan: Plan | null;
  readonly notes: readonly Note[];
}

/**
 * An SPL search as a plan over KQL's tables. `text` is the text it was parsed from; `tables` say what the events and their fields
 * are in KQL. What cannot be said is an `unsupported` note at its place, and there is no plan then.
 */
export function analyzeSpl(pipeline: Pipeline, text: string, tables: EventTables): SplAnalysis {
  const session = new Session(text, tables, { value: evalValue, condition });
  try {
    return planOf(pipeline, session);
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error;
    session.unsupported("too-long", error.span, "in KQL this would be too long to read");
    return { plan: null, notes: session.list };
  }
}

function planOf(pipeline: Pipeline, session: Session): SplAnalysis {
  const whole: Span = { start: 0, end: session.text.length };
  const stages = pipeline.commands.filter((c): c is Exclude<Command, { kind: "comment" }> => c.kind !== "comment");
  const [first, ...others] = stages;
  let rows = first === undefined ? null : baseRows(first, session, spanOf(first, whole));
  if (first === undefined) session.unsupported("empty", whole, "there is no search");
  if (rows === null) return { plan: null, notes: session.list };
  for (const stage of others) rows = command(stage, rows, session, spanOf(stage, whole));
  const { relation } = finished(rows, session, whole);
  const failed = session.list.some((n) => n.level === "unsupported");
  return {
    plan: failed ? null : { lets: [], body: relation, render: null, settings: [], comments: commentsOf(pipeline) },
    notes: session.list,
  };
}

function commentsOf(pipeline: Pipeline): Plan["comments"] {
  return pipeline.commands.flatMap((c) =>
    c.kind === "comment" && c.span !== undefined ? [{ text: ` ${c.text.trim()}`, span: c.span }] : [],
  );
}
