import type { Span } from "../diagnostics/source.ts";
import type { BinCommand } from "../spl/tree.ts";
import { ticksPerHour } from "../types/time.ts";
import { call, ticks } from "./build.ts";
import { assigned } from "./fields.ts";
import { fieldOf, type Rows } from "./rows.ts";
import { noField } from "./search.ts";
import type { Session } from "./session.ts";
import { spanLength } from "./time.ts";

/** `bin _time span=1h`: the start of the bin. (SPL Search Reference: bin) */
export function bin(stage: BinCommand, rows: Rows, session: Session, span: Span): Rows {
  const field = fieldOf(rows, stage.field);
  if (field === null) {
    noField(stage.field, rows, session, span);
    return rows;
  }
  const width = stage.options.find((o) => o.name === "span")?.value;
  const length = width === undefined ? null : spanLength(width);
  const others = stage.options.some((o) => o.name !== "span");
  if (length === null || length === 0n || others || field.value.type !== "datetime") {
    session.unsupported("bins", span, "only bins of time with a fixed length are ported");
    return rows;
  }
  if (length > ticksPerHour) {
    session.approximate(
      "time-zone",
      span,
      "bins begin at midnight UTC",
      "the Splunk user's time zone is not UTC, or a bin is longer than a day",
    );
  }
  const value = call("bin", "datetime", span, field.value, ticks(length, span));
  const name = stage.as ?? stage.field;
  const done = assigned(rows, name, { value, nullable: false, missing: null }, span);
  return { ...done, order: stage.as === null && stage.field === "_time" ? "none" : rows.order };
}
