import type { Note } from "../../diagnostics/fidelity.ts";
import type { Span } from "../../diagnostics/source.ts";
import type { Expr } from "../../plan/nodes.ts";
import type { Left } from "./translation.ts";

/** About a bound on the events' time, which a Sigma rule never has. */
export function windowNote(window: "relative" | "fixed", written: Expr, query: string): Note {
  if (window === "fixed")
    return widening("time-window", written, "Sigma has no points in time: events of any time match", query);
  const message = "the time window is up to the schedule of the search";
  return { level: "info", cause: "time-window", construct: quoted(query, written.span), message, span: written.span };
}

/** About the parts of a condition that Sigma cannot say; `partly`: the rest of it is said. */
export function leftNotes(left: readonly Left[], partly: boolean, query: string): readonly Note[] {
  const key = ({ expr, reason }: Left) => `${expr.span.start}:${expr.span.end}:${reason}`;
  const once = new Map(left.map((entry) => [key(entry), entry]));
  const extent = partly ? "this part of the condition is left out" : "the condition is left out";
  return [...once.values()].map(({ expr, reason }) => widening("no-word", expr, `${reason}: ${extent}`, query));
}

/** About whole terms: a portable regular expression knows the letters of ASCII alone. Once for a rule. */
export function termNote(expr: Expr, query: string): Note {
  return {
    level: "approximate",
    cause: "term",
    construct: quoted(query, expr.span),
    message: "a term also ends at a letter outside ASCII",
    when: "a letter such as é stands right beside the term; where the term is ruled out, such an event is missed",
    span: expr.span,
  };
}

function widening(cause: string, expr: Expr, message: string, query: string): Note {
  const when = "an event meets every other condition, but not this one";
  return { level: "approximate", cause, construct: quoted(query, expr.span), message, when, span: expr.span };
}

/** The text of the query at a place, on one short line. */
function quoted(query: string, span: Span): string {
  const text = query.slice(span.start, span.end).replace(/\s+/g, " ").trim();
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
