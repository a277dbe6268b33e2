import type { Span } from "../diagnostics/source.ts";
import type { EventTables } from "../plan/event-fields.ts";
import type { Expr } from "../plan/nodes.ts";
import type { EvalExpr } from "../spl/tree.ts";
import { Notes } from "./notes.ts";
import type { Rows } from "./rows.ts";
import type { Value } from "./value.ts";

/** The readers of eval, which call each other in a circle; files reach them through the session. */
export interface Readers {
  readonly value: (expr: EvalExpr, rows: Rows, session: Session, around: Span) => Value;
  /** True just where Splunk's condition is `wanted`. */
  readonly condition: (expr: EvalExpr, wanted: boolean, rows: Rows, session: Session, around: Span) => Expr;
}

/** The state of one reading of a search: its notes, and the tables that its events may be. */
export class Session extends Notes {
  readonly tables: EventTables;
  readonly #readers: Readers;
  constructor(text: string, tables: EventTables, readers: Readers) {
    super(text);
    this.tables = tables;
    this.#readers = readers;
  }

  value(expr: EvalExpr, rows: Rows, around: Span): Value {
    return this.#readers.value(expr, rows, this, around);
  }
  condition(expr: EvalExpr, wanted: boolean, rows: Rows, around: Span): Expr {
    return this.#readers.condition(expr, wanted, rows, this, around);
  }
}
