import type { Span } from "../diagnostics/source.ts";
import type { EventTable } from "../plan/event-fields.ts";
import type { Command, SearchCommand, SearchExpr, TstatsCommand } from "../spl/tree.ts";
import { allOf, call, test, ticks } from "./build.ts";
import { isTstatsOption, passThrough } from "./macros.ts";
import { spanOf } from "./notes.ts";
import { fieldOf, kept, type Rows } from "./rows.ts";
import { searchCondition } from "./search.ts";
import type { Session } from "./session.ts";
import { aggregated, type KeySpan } from "./stats.ts";
import { moved, spanLength } from "./time.ts";

/** The rows of the first command; null where no table is meant, which a note says. */
export function baseRows(first: Command, session: Session, span: Span): Rows | null {
  switch (first.kind) {
    case "search":
      return searchBase(first, session, span);
    case "tstats":
      return tstats(first, session, span);
    case "macro":
      passThrough(first.macro, session, span);
      return null;
    case "from":
    case "datamodel": {
      const name = first.kind === "from" ? first.name : `${first.model ?? ""}.${first.dataset ?? first.model ?? ""}`;
      const table = session.tables.dataModel(name.includes(".") ? name : `${name}.${name}`);
      if (table === null) noModel(name, session, span);
      return table === null ? null : eventRows(table, "", span);
    }
    default:
      session.unsupported("no-table", span, `a search that begins with ${nameOf(first)} reads no table of KQL`);
      return null;
  }
}

function nameOf(command: Command): string {
  return command.kind === "other" || command.kind === "plain" ? command.name : command.kind;
}

function noModel(name: string, session: Session, span: Span): void {
  const known = session.tables.dataModels.join(", ");
  session.unsupported(
    "no-table",
    span,
    `no table is known for the data model ${name}${known === "" ? "" : `; there are ${known}`}`,
  );
}

export function eventRows(table: EventTable, prefix: string, span: Span): Rows {
  return {
    relation: { kind: "scan", table: table.name, open: false, columns: table.columns, span },
    fields: new Map(),
    events: table,
    gone: new Set(),
    present: new Set(),
    prefix,
    order: "newest",
  };
}

function conjuncts(expr: SearchExpr): readonly SearchExpr[] {
  return expr.kind === "and" ? expr.operands.flatMap(conjuncts) : [expr];
}

function isTime(term: SearchExpr): boolean {
  return term.kind === "compare" && (term.field === "earliest" || term.field === "latest");
}

function searchBase({ expr }: SearchCommand, session: Session, span: Span): Rows | null {
  const terms = conjuncts(expr);
  const found = session.tables.selected(terms.filter((t) => !isTime(t)));
  if (found === null) {
    session.unsupported("no-table", span, "no table of KQL is known for the events that this search selects");
    return null;
  }
  const rows = eventRows(found.table, "", span);
  const conditions = [
    ...terms.filter(isTime).map((term) => timeTerm(term, rows, session, span)),
    ...found.rest.map((term) => searchCondition(term, rows, session, span)),
  ];
  return kept(rows, allOf(conditions, span), span);
}

/** `earliest=-24h` and its like in the search itself. */
function timeTerm(term: SearchExpr, rows: Rows, session: Session, around: Span) {
  const span = spanOf(term, around);
  const time = fieldOf(rows, "_time");
  const value = term.kind === "compare" ? term.value : "";
  const first = term.kind === "compare" && term.field === "earliest";
  if (!first && value === "now") return allOf([], span);
  const end = moved(call("now", "datetime", span), value, span);
  if (end === null || time === null) {
    session.unsupported("time-range", span, `the time ${value} is not ported`);
    return allOf([], span);
  }
  return test(first ? ">=" : "<", span, time.value, end);
}

/** `tstats … FROM datamodel=…`: an aggregation of the filtered events. (SPL Search Reference: tstats) */
function tstats(command: TstatsCommand, session: Session, span: Span): Rows | null {
  let filled = false;
  for (const option of command.options) {
    if (option.kind === "macro") {
      if (isTstatsOption(option)) continue;
      passThrough(option, session, spanOf(option, span));
    } else if (option.name === "fillnull_value") filled = true;
    else if (option.name === "prestats" || option.name === "append") {
      if (/^t/i.test(option.value)) {
        session.unsupported("tstats", spanOf(option, span), `tstats with ${option.name} is not ported`);
      }
    }
  }
  if (command.dataModel === null) {
    session.unsupported("no-table", span, "tstats over index-time fields reads no table of KQL");
    return null;
  }
  const table = session.tables.dataModel(modelName(command.dataModel, command));
  if (table === null) {
    noModel(command.dataModel, session, span);
    return null;
  }
  const dataset = modelName(command.dataModel, command).split(".").at(-1) ?? "";
  const rows = eventRows(table, `${dataset}.`, span);
  const conditions = (command.where === null ? [] : conjuncts(command.where)).map((term) =>
    isTime(term) ? timeTerm(term, rows, session, span) : searchCondition(term, rows, session, span),
  );
  const filtered = kept(rows, allOf(conditions, span), span);
  const spans = new Map<string, KeySpan>();
  for (const { field, span: width } of command.by) {
    if (width === null) continue;
    const length = spanLength(width);
    if (length === null) session.unsupported("time-bins", span, `bins of ${width} are not ported`);
    else spans.set(field, { length: ticks(length, span) });
  }
  return aggregated(
    { aggregations: command.aggregations, by: command.by.map((b) => b.field), spans, filled },
    filtered,
    session,
    span,
  );
}

/** The dataset of a model that is named alone: that of the fields. */
function modelName(given: string, command: TstatsCommand): string {
  if (given.includes(".")) return given;
  const dataset = command.by.map((b) => /^(\w+)\./.exec(b.field)?.[1]).find((d) => d !== undefined);
  return dataset === undefined ? `${given}.${given}` : `${given}.${dataset}`;
}
