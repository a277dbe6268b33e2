import type { Note } from "../../diagnostics/fidelity.ts";
import { inputsOf } from "../../plan/children.ts";
import type { Emission } from "../../plan/emission.ts";
import type { Plan, Relation } from "../../plan/nodes.ts";
import { text } from "../../spl/eval.ts";
import { printPipeline } from "../../spl/print.ts";
import type { Command } from "../../spl/tree.ts";
import { withTruthTests } from "./bool-numbers.ts";
import { approximate, type Context, info, Unsupported } from "./context.ts";
import { noteFoldedCase } from "./folded-case.ts";
import { emitTable } from "./relation.ts";
import { type Search, settled } from "./search.ts";
import { splitTests } from "./split-tests.ts";
import { tidied } from "./tidy.ts";
import { ctime } from "./tstats.ts";

export interface SplOptions {
  /** The rule's name, for its filter macro. */
  readonly name?: string;
  /** Use the macros of Splunk's security content, and end with the rule's own filter macro. */
  readonly macros?: boolean;
}

/**
 * A plan as an SPL search. The plan is mapped by a profile, its lets are in place. What the search language can say stands in
 * the base search, what it cannot say exactly follows in a `where`.
 */
export function emitSpl(plan: Plan, options: SplOptions = {}): Emission {
  const notes: Note[] = [];
  const context: Context = { notes, macros: options.macros ?? false, temporary: new Set(namesIn(plan.body)) };
  try {
    checkNames(plan.body);
    noteFoldedCase(plan.body, context);
    const search = settled(emitTable(splitTests(withTruthTests(plan.body)), context), context);
    if (plan.render !== null)
      info(context, "render", plan.render.text, "how the result is drawn is left to Splunk", plan.render.span);
    noteResult(search, plan, context);
    const filter: readonly Command[] = context.macros
      ? [{ kind: "macro", macro: { kind: "macro", name: `${macroName(options.name ?? "rule")}_filter`, args: [] } }]
      : [];
    const commands = tidied(
      [...search.commands, ...readableBounds(search, context), ...filter].flatMap((c) => withCtime(c, context)),
    );
    return { text: `${printPipeline({ kind: "pipeline", commands })}\n`, notes };
  } catch (error) {
    if (error instanceof Unsupported) return { text: "", notes: [...notes, error.note] };
    // The stack ends before the query does.
    if (!(error instanceof RangeError)) throw error;
    const { span } = plan.body;
    const message = "the query is nested too deep for a search";
    return {
      text: "",
      notes: [...notes, { level: "unsupported", cause: "too-deep", construct: "query", message, span }],
    };
  }
}

/** Every column of the query, so that no field for a while gets in its way. */
function namesIn(relation: Relation): readonly string[] {
  return [...relation.columns.map((c) => c.name), ...inputsOf(relation).flatMap(namesIn)];
}

/** A `*` in a field's name is a wildcard wherever SPL lists fields, quoted or not. */
function checkNames(relation: Relation): void {
  const name = relation.columns.find((c) => c.name.includes("*"))?.name;
  if (name !== undefined)
    throw new Unsupported("column-name", name, "Splunk reads a * in the name of a field as a wildcard", relation.span);
  inputsOf(relation).forEach(checkNames);
}

/** The first and last time of a group of events, as the security content shows them. */
function readableBounds(search: Search, context: Context): readonly Command[] {
  if (!context.macros || !search.whole || search.weight === null) return [];
  return ["firstTime", "lastTime"].filter((n) => search.fields.has(n)).map((n) => ({ kind: "macro", macro: ctime(n) }));
}

/** A time written in place, as the macro of the security content does it. */
function withCtime(command: Command, context: Context): readonly Command[] {
  if (!context.macros || command.kind !== "eval") return [command];
  const isCtime = ({ field, value }: (typeof command.assignments)[number]): boolean =>
    value.kind === "call" &&
    value.name === "strftime" &&
    JSON.stringify(value.args) === JSON.stringify([{ kind: "field", name: field }, text("%Y-%m-%dT%H:%M:%S")]);
  if (!command.assignments.every(isCtime)) return [command];
  return command.assignments.map(({ field }) => ({ kind: "macro", macro: ctime(field) }));
}

function noteResult(search: Search, plan: Plan, context: Context): void {
  const { span } = plan.body;
  if (search.whole) {
    info(
      context,
      "event-fields",
      "whole rows",
      "the result is the events themselves: their fields keep the names that the profile gives them",
      span,
    );
    return;
  }
  if (search.weight !== null) {
    approximate(
      context,
      "folded-events",
      "rows",
      "tstats folds events that agree in every field that the search reads into one row",
      "there are such events",
      span,
    );
  }
  for (const { name } of plan.body.columns) {
    const missing = search.fields.get(name)?.missing ?? null;
    if (missing !== null && missing !== "")
      info(context, "absent-values", name, `an absent value shows as ${missing}`, span);
  }
  const times = plan.body.columns.filter((c) => c.type === "datetime");
  if (times.length > 0) {
    info(context, "epoch-times", times.map((c) => c.name).join(", "), "times are in epoch seconds", span);
  }
}

/** `Windows Net Use` → `windows_net_use` */
function macroName(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "");
  return plain === "" ? "rule" : plain;
}
