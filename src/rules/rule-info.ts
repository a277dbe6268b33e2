/** What a rule file says about a rule besides its query; all optional because a bare query has none of it. */
export interface RuleInfo {
  readonly id?: string;
  readonly name?: string;
  readonly description?: string;
  readonly author?: string;
  /** ISO date. */
  readonly date?: string;
  readonly modified?: string;
  readonly status?: string;
  /** Sentinel's: Informational, Low, Medium, High. */
  readonly severity?: string;
  /** Sentinel's names, such as `CredentialAccess`. */
  readonly tactics?: readonly string[];
  /** ATT&CK ids, such as `T1552.001`. */
  readonly techniques?: readonly string[];
  readonly references?: readonly string[];
  readonly falsePositives?: readonly string[];
  /** How far back its schedule looks, in seconds. */
  readonly period?: number;
}
