import type { Span } from "../diagnostics/source.ts";
import type { ConvertCommand } from "../spl/tree.ts";
import { call } from "./build.ts";
import { assigned } from "./fields.ts";
import { fieldOf, type Rows } from "./rows.ts";
import { noField } from "./search.ts";
import type { Session } from "./session.ts";
import { asText } from "./value.ts";

/** `convert ctime(t)`: KQL shows a time as a time by itself, so it stays one. (SPL Search Reference: convert) */
export function convert(stage: ConvertCommand, rows: Rows, session: Session, span: Span): Rows {
  let current = rows;
  for (const { function: name, field: from, as } of stage.conversions) {
    const field = fieldOf(current, from);
    if (field === null) {
      // A time that the search does not have: convert leaves the rows alone.
      if (rows.events !== null) noField(from, rows, session, span);
      continue;
    }
    if (name === "ctime" && field.value.type === "datetime") {
      session.info(
        "time-format",
        span,
        `${from} stays a time, which KQL shows in full, where convert makes a text of it`,
      );
      if (as !== null && as !== from) {
        current = assigned(current, as, { ...field, missing: null }, span);
      }
      continue;
    }
    if (name === "num" || name === "auto") {
      const value = call("toreal", "real", span, asText({ expr: field.value, ...field, lower: false }, session, span));
      current = assigned(current, as ?? from, { value, nullable: true, missing: null }, span);
      continue;
    }
    session.unsupported("no-function", span, `convert ${name}() is not ported`);
  }
  return current;
}
