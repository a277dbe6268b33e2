import type { Span } from "../diagnostics/source.ts";
import type { Command } from "../spl/tree.ts";
import { bin } from "./bin.ts";
import { convert } from "./convert.ts";
import { evalCommand, fillnull, rename } from "./fields.ts";
import { passThrough } from "./macros.ts";
import { expandValues, makeMultivalue } from "./multivalue.ts";
import { dedup, head, sort, top } from "./ordering.ts";
import { onlyFields, withoutFields } from "./project.ts";
import { regexCommand, rex } from "./rex.ts";
import { fieldOf, kept, type Rows } from "./rows.ts";
import { searchCondition } from "./search.ts";
import type { Session } from "./session.ts";
import { aggregated } from "./stats.ts";

type Stage = Exclude<Command, { kind: "comment" }>;

/** The rows behind one more command. What it cannot say is a note, and the rows stay as they were. */
export function command(stage: Stage, rows: Rows, session: Session, span: Span): Rows {
  switch (stage.kind) {
    case "search":
      return kept(rows, searchCondition(stage.expr, rows, session, span), span);
    case "where":
      return kept(rows, session.condition(stage.expr, true, rows, span), span);
    case "eval":
      return evalCommand(stage.assignments, rows, session, span);
    case "stats":
      for (const option of stage.options) {
        if (option.name === "dedup_splitvals" || option.name === "allnum" || option.name === "delim") {
          session.unsupported("option", span, `the option ${option.name} of stats is not ported`);
        }
      }
      return aggregated(
        { aggregations: stage.aggregations, by: stage.by, spans: new Map(), filled: false },
        rows,
        session,
        span,
      );
    case "table":
      return onlyFields(stage.fields, rows, session, span);
    case "fields":
      return stage.mode === "-"
        ? withoutFields(stage.fields, rows)
        : onlyFields(withTime(stage.fields, rows), rows, session, span);
    case "rename":
      return rename(stage.pairs, rows, session, span);
    case "sort":
      return sort(stage, rows, session, span);
    case "head":
      return head(stage.limit, rows, session, span);
    case "dedup":
      return dedup(stage, rows, session, span);
    case "top":
    case "rare":
      return top(stage, rows, session, span);
    case "rex":
      return rex(stage, rows, session, span);
    case "regex":
      return regexCommand(stage, rows, session, span);
    case "fillnull":
      return fillnull(stage, rows, session, span);
    case "bin":
      return bin(stage, rows, session, span);
    case "convert":
      return convert(stage, rows, session, span);
    case "makemv":
      return makeMultivalue(stage, rows, session, span);
    case "mvexpand":
      return expandValues(stage, rows, session, span);
    case "macro":
      passThrough(stage.macro, session, span);
      return rows;
    case "lookup":
    case "inputlookup":
      session.unsupported("lookup", span, `the lookup ${stage.table} is a file that KQL does not have`);
      return rows;
    default: {
      const name = stage.kind === "other" || stage.kind === "plain" ? stage.name : stage.kind;
      session.unsupported("no-command", span, `the command ${name} is not ported`);
      return rows;
    }
  }
}

/** `fields` keeps the time of the events. */
function withTime(fields: readonly string[], rows: Rows): readonly string[] {
  return fields.includes("_time") || fieldOf(rows, "_time") === null ? fields : [...fields, "_time"];
}
