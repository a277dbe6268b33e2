import type { Note } from "../diagnostics/fidelity.ts";

export type { RuleInfo } from "../rules/rule-info.ts";

/** What a target makes of a plan. `text` is "" where a note says `unsupported`. */
export interface Emission {
  readonly text: string;
  readonly notes: readonly Note[];
}

/**
 * Where the events of a table are in the target, as a field-mapping profile says. A mapped plan's Scan carries one;
 * the Scan's columns are then the target's fields.
 */
export interface EventSource {
  readonly profile: string;
  /** SPL terms that select the events, as the profile's author wrote them; "" for none. */
  readonly search: string;
  /** The same with macros of Splunk's security content, where they are asked for; absent or null: no different. */
  readonly macroSearch?: string | null;
  /** An accelerated data model, `Endpoint.Processes`; its last part is the prefix of the fields. */
  readonly dataModel: string | null;
  /** Sigma's log source. */
  readonly logsource: Readonly<Record<string, string>> | null;
  /** The text that stands for an absent value in every field (`unknown` in CIM), or null. */
  readonly missing: string | null;
  /** Fields that every event has, with a value of their own: neither absent nor `missing`. */
  readonly filled?: readonly string[];
  /** The field that holds the event's time (`_time`), in epoch seconds. */
  readonly time: string | null;
}
