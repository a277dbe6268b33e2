import type { Source } from "../diagnostics/source.ts";
import type { Deployment } from "./deployment.ts";
import type { RuleInfo } from "./rule-info.ts";

/** Where a query is meant to run: Defender's time column is `Timestamp`, Sentinel's is `TimeGenerated`. */
export const flavours = ["defender", "sentinel"] as const;
export type Flavour = (typeof flavours)[number];

/** What a rule's queries are written in. */
export const languages = ["kql", "spl"] as const;
export type Language = (typeof languages)[number];

/**
 * A detection rule as its file gives it. The file has the field names of Microsoft Sentinel's analytics rules
 * (`id`, `name`, `severity`, `query`, `tactics`, `entityMappings`, …); what is our own stands under one key:
 *
 * ```yaml
 * ruleport:
 *   language: spl                      # of the query; KQL where absent
 *   flavours: [defender, sentinel]     # the query is written for one, and is emitted for each of these
 *   reference: original.spl            # the rule in another language, kept beside this file
 *   date: 2025-10-14                   # for targets that name it; `modified` likewise
 *   references: [https://…]
 *   falsePositives: [Inventory tools]
 *   variants:
 *     summarized:                      # another query under the same rule:
 *       uncomment: "| summarize"       #   the query with the comment lines that begin so made part of it, or
 *     short:
 *       query: DeviceProcessEvents | take 10    # a query of its own
 *       flavours: [sentinel]                    # where they are not those of the rule
 * ```
 */
export interface Rule {
  /** The file, as it was given to `readRule`. */
  readonly fileName: string;
  readonly name: string;
  readonly query: Source;
  readonly language: Language;
  readonly variants: readonly Variant[];
  /** Empty where the file names none. */
  readonly flavours: readonly Flavour[];
  /** Path of the original in another language, relative to the rule file. */
  readonly reference: string | null;
  readonly info: RuleInfo;
  /** Schedule, alerting, entities. */
  readonly deployment: Deployment;
  /** The whole file as plain data, unknown keys included; empty for a bare query. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** An alternative query of a rule. */
export interface Variant {
  readonly name: string;
  readonly query: Source;
  /** Where it is emitted for other flavours than the rule's own query. */
  readonly flavours?: readonly Flavour[];
}

/** A query of the rule with the rule that it stands in: a variant may have flavours of its own. */
export function queriesOf(rule: Rule): readonly { readonly query: Source; readonly rule: Rule }[] {
  return [
    { query: rule.query, rule },
    ...rule.variants.map(({ query, flavours }) => ({
      query,
      rule: flavours === undefined ? rule : { ...rule, flavours },
    })),
  ];
}

/** What a rule says about itself, for targets that carry it. */
export function ruleInfo(rule: Rule): RuleInfo {
  return rule.info;
}
