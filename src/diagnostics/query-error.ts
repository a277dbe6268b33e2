import type { Diagnostic } from "./diagnostic.ts";

/** A query that cannot be run; `diagnostics` say why and where. */
export class QueryError extends Error {
  readonly diagnostics: readonly Diagnostic[];
  constructor(diagnostics: readonly Diagnostic[]) {
    const first = diagnostics.find((d) => d.severity === "error") ?? diagnostics[0];
    super(first ? `${first.line}:${first.column} ${first.code}: ${first.message}` : "the query cannot be run");
    this.name = "QueryError";
    this.diagnostics = diagnostics;
  }
}
