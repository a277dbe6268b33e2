import type { Finding } from "../../diagnostics/findings.ts";

/** What a run over a project found out. */
export interface Inspection {
  /** With the severities of the project. */
  readonly findings: readonly Problem[];
  readonly rules: readonly RuleReport[];
}

/** A finding, and events that show it. */
export interface Problem extends Finding {
  readonly example?: string;
}

export interface RuleReport {
  /** The rule's file. */
  readonly file: string;
  readonly name: string;
  /** How it stands to what it was: `unknown` where there is no KQL of it to compare with. */
  readonly meaning: "new" | "same" | "changed" | "unknown";
  readonly version: { readonly before: string | null; readonly now: string | null };
  readonly fidelity: readonly FidelityChange[];
  readonly comparisons: readonly ComparisonReport[];
  /** Events on which it and what it was differ, with both results. */
  readonly counterexample: string | null;
}

export interface FidelityChange {
  /** `spl/cim`, with the variant in front where it is of one. */
  readonly output: string;
  readonly before: string;
  readonly now: string;
}

/** One output held against its rule. */
export interface ComparisonReport {
  readonly output: string;
  readonly verdict: "equal" | "differs" | "stated" | "skipped";
  readonly made: number;
  readonly counterexample: string | null;
}
