import type { Span } from "./source.ts";

/** How close an output is to its source: the worst of its notes. */
export type Fidelity = "exact" | "approximate" | "unsupported";

/**
 * One place where an output needs a word. `info` says something worth knowing that changes no result;
 * `approximate` says what differs and when it shows; `unsupported` says why there is no output for it.
 */
export interface Note {
  readonly level: "info" | "approximate" | "unsupported";
  /** Stable name of the cause, such as `time-zone` or `no-field`. */
  readonly cause: string;
  /** The construct as it stands in the source, shortened. */
  readonly construct: string;
  readonly message: string;
  /** When the difference shows; only with `approximate`. */
  readonly when?: string;
  readonly span: Span;
}

export function fidelityOf(notes: readonly Note[]): Fidelity {
  if (notes.some((n) => n.level === "unsupported")) return "unsupported";
  return notes.some((n) => n.level === "approximate") ? "approximate" : "exact";
}
