import { type CompileOptions, compileKql } from "./compile.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import type { Query } from "./kql/ast.ts";
import { parseKqlText } from "./kql/parse.ts";
import { parseSplText, type SplOptions } from "./spl/parse.ts";
import type { Pipeline } from "./spl/tree.ts";
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

/** The tree of an SPL text, its macros expanded where they are given, and what is wrong with it. Never throws. */
export function parseSpl(
  text: string,
  options: SplOptions = {},
): { readonly pipeline: Pipeline | null; readonly diagnostics: readonly Diagnostic[] } {
  const { pipeline, diagnostics } = parseSplText(text, options);
  return { pipeline, diagnostics };
}

export { printKql } from "./kql/print.ts";

export type { Macros } from "./spl/macros.ts";
export { printPipeline as printSpl } from "./spl/print.ts";

// Checking

export { type CheckOptions, checkKql } from "./check.ts";

// Porting

export { parseProfile } from "./fields/parse-profile.ts";
export { type Target, targets } from "./targets/registry.ts";
export { type Transpiled, type TranspileOptions, transpile } from "./transpile.ts";

export { type TranspileSplOptions, transpileSpl } from "./transpile-spl.ts";

// Running

export { type Events, QueryError, type Result, type RunOptions, runKql, streamKql } from "./run.ts";

export { type RunSplOptions, runSpl, type SplRows } from "./run-spl.ts";

// Verifying

export {
  type Comparison,
  type Counterexample,
  type Subject,
  type Verification,
  type VerifyOptions,
  verify,
} from "./verify/index.ts";

// Rule files

export type { Deployment } from "./rules/deployment.ts";
export { readRule } from "./rules/read.ts";
export type { Rule } from "./rules/rule.ts";

// What the functions above give

export type { Diagnostic, Severity } from "./diagnostics/diagnostic.ts";
export type { Fidelity, Note } from "./diagnostics/fidelity.ts";
export type { Cell } from "./runtime/cell.ts";
export type { TableDeclarations } from "./schemas/declared.ts";
export type { Column, ScalarType } from "./types/scalar-type.ts";
