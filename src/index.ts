import { type CompileOptions, compileKql } from "./compile.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import type { Query } from "./kql/ast.ts";
import { parseKqlText } from "./kql/parse.ts";
import type { Column } from "./types/scalar-type.ts";

// Reading

/** The tree of a KQL text and what is wrong with it; `query` is null where nothing could be read. Never throws. */
export function parseKql(text: string): { readonly query: Query | null; readonly diagnostics: readonly Diagnostic[] } {
  const { query, diagnostics } = parseKqlText(text);
  return { query, diagnostics };
}

/** Result columns and findings of a KQL text; `columns` is null where they cannot be known. Never throws. */
export function analyzeKql(
  text: string,
  options: CompileOptions = {},
): { readonly columns: readonly Column[] | null; readonly diagnostics: readonly Diagnostic[] } {
  const { columns, diagnostics } = compileKql(text, options);
  return { columns, diagnostics };
}

export { printKql } from "./kql/print.ts";

// Porting

export { parseProfile } from "./fields/parse-profile.ts";
export { type Target, targets } from "./targets/registry.ts";
export { type Transpiled, type TranspileOptions, transpile } from "./transpile.ts";

// Running

export { type Events, QueryError, type Result, type RunOptions, runKql, streamKql } from "./run.ts";

// What the functions above give

export type { Diagnostic, Severity } from "./diagnostics/diagnostic.ts";
export type { Fidelity, Note } from "./diagnostics/fidelity.ts";
export type { Cell } from "./runtime/cell.ts";
export type { TableDeclarations } from "./schemas/declared.ts";
export type { Column, ScalarType } from "./types/scalar-type.ts";
