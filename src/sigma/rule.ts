/** A Sigma rule, after the Sigma rules specification 2.1. */
export interface SigmaRule {
  readonly title: string;
  readonly id?: string;
  /** By which correlation rules refer to it. */
  readonly name?: string;
  readonly status?: SigmaStatus;
  readonly description?: string;
  readonly references?: readonly string[];
  readonly author?: string;
  /** ISO date. */
  readonly date?: string;
  readonly modified?: string;
  /** `attack.discovery`, `attack.t1087.002` … */
  readonly tags?: readonly string[];
  readonly logsource: Readonly<Record<string, string>>;
  readonly searches: readonly Search[];
  readonly condition: Condition;
  readonly falsePositives?: readonly string[];
  readonly level?: SigmaLevel;
}

export const sigmaStatuses = ["stable", "test", "experimental", "deprecated", "unsupported"] as const;
export type SigmaStatus = (typeof sigmaStatuses)[number];
export const sigmaLevels = ["informational", "low", "medium", "high", "critical"] as const;
export type SigmaLevel = (typeof sigmaLevels)[number];

/** A search identifier: true where one of its alternatives is, an alternative where all of its tests are. */
export interface Search {
  readonly name: string;
  readonly alternatives: readonly (readonly FieldTest[])[];
}

/** `field|modifiers: values`; true where one of the values matches, with `all` where each does. */
export interface FieldTest {
  readonly field: string;
  readonly modifiers: readonly Modifier[];
  readonly values: readonly SigmaValue[];
}

export const modifiers = [
  "contains",
  "startswith",
  "endswith",
  "all",
  "cased",
  "re",
  "i",
  "m",
  "s",
  "exists",
  "gt",
  "gte",
  "lt",
  "lte",
  "fieldref",
  "cidr",
] as const;
export type Modifier = (typeof modifiers)[number];

export type SigmaValue =
  | { readonly kind: "text"; readonly parts: readonly TextPart[] }
  /** With the modifier `re`, or another that takes its value as it stands; nothing in it is a wildcard. */
  | { readonly kind: "verbatim"; readonly text: string }
  | { readonly kind: "number"; readonly value: number | bigint }
  | { readonly kind: "boolean"; readonly value: boolean }
  /** The field is absent. */
  | { readonly kind: "null" };

/** Literal text, or a wildcard: `*` for any characters, `?` for one. */
export type TextPart = string | { readonly wildcard: "*" | "?" };

export type Condition =
  | { readonly kind: "search"; readonly name: string }
  /** `all of selection_*`, `1 of filter_*` */
  | { readonly kind: "quantified"; readonly quantity: "all" | "1"; readonly pattern: string }
  | { readonly kind: "and" | "or"; readonly operands: readonly Condition[] }
  | { readonly kind: "not"; readonly operand: Condition };

/** Text without wildcards. */
export function literalText(text: string): SigmaValue {
  return { kind: "text", parts: text === "" ? [] : [text] };
}
