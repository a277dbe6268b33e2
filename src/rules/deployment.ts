import type { Span } from "../diagnostics/source.ts";

/**
 * How a rule is deployed: everything of Sentinel's analytics rules that is neither the query nor what the rule says about
 * itself. Lengths of time are in seconds. `at` is the place in the rule file.
 */
export interface Deployment {
  /** Near real time: the platform runs the query as events arrive, and there is no schedule. */
  readonly nearRealTime: boolean;
  readonly schedule?: Schedule;
  /** Which number of results makes an alert; more than none where the file does not say. */
  readonly trigger: Trigger;
  readonly entities: readonly EntityMapping[];
  readonly customDetails: readonly CustomDetail[];
  readonly alertDetails?: AlertDetails;
  /** One alert for all results, or one for each; the platform's default where the file does not say. */
  readonly eventGrouping?: "SingleAlert" | "AlertPerResult";
  readonly incidents?: Incidents;
  readonly suppression?: Suppression;
  readonly connectors: readonly DataConnector[];
  /** Of the rule, such as `1.0.0`. */
  readonly version?: string;
}

export interface Schedule {
  readonly frequency: number;
  readonly period: number;
  readonly at: Span;
}

export const triggerOperators = ["gt", "lt", "eq", "ne"] as const;
export interface Trigger {
  readonly operator: (typeof triggerOperators)[number];
  readonly threshold: number;
  readonly at: Span;
}

export interface EntityMapping {
  readonly type: string;
  readonly identifiers: readonly { readonly identifier: string; readonly column: string; readonly at: Span }[];
  readonly at: Span;
}

export interface CustomDetail {
  readonly name: string;
  readonly column: string;
  readonly at: Span;
}

/** Formats hold columns as `{{Column}}`. */
export interface AlertDetails {
  readonly nameFormat?: string;
  readonly descriptionFormat?: string;
  readonly tacticsColumn?: string;
  readonly severityColumn?: string;
  readonly properties: readonly { readonly property: string; readonly column: string }[];
}

export interface Suppression {
  readonly enabled: boolean;
  readonly duration: number;
}

export const matchingMethods = ["AllEntities", "AnyAlert", "Selected"] as const;
export interface Incidents {
  readonly create: boolean;
  readonly grouping?: {
    readonly enabled: boolean;
    readonly reopenClosed: boolean;
    readonly lookback: number;
    readonly matching: (typeof matchingMethods)[number];
    readonly byEntities: readonly string[];
    readonly byAlertDetails: readonly string[];
    readonly byCustomDetails: readonly string[];
  };
}

export interface DataConnector {
  readonly id: string;
  readonly dataTypes: readonly string[];
}
