import type { Code } from "../diagnostics/diagnostic.ts";
import type { Span } from "../diagnostics/source.ts";
import type { Located } from "../spl/tree.ts";

/** A search that cannot be run as it is written, or needs something that is not here. `span` is the place, if the tree has one. */
export class SplProblem extends Error {
  readonly code: Code;
  readonly span: Span | undefined;
  readonly hint: string | undefined;
  constructor(code: Code, node: Located | undefined, message: string, hint?: string) {
    super(message);
    this.name = "SplProblem";
    this.code = code;
    this.span = node?.span;
    this.hint = hint;
  }
}

/** Something about a run that a reader of its rows must know: a default limit that cut rows, a rule that is not documented. */
export interface SplWarning {
  readonly code: Code;
  readonly message: string;
  readonly span: Span | undefined;
}
