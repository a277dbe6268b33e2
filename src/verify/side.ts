import type { ScalarType } from "../types/scalar-type.ts";
import type { Datetime } from "../types/time.ts";
import type { Dictionary } from "./dictionary.ts";
import type { MadeEvent } from "./made-event.ts";
import type { ResultColumn, ResultTable } from "./table.ts";

export type Language = "kql" | "spl" | "sigma" | "typescript";

/** One of the two rules, ready to run on made events. */
export interface Side {
  readonly language: Language;
  /** What messages call it. */
  readonly name: string;
  /** Tables of KQL that it reads. */
  readonly tables?: readonly string[];
  /** Types of the events' fields, as far as the rule's tables declare them. */
  readonly types?: ReadonlyMap<string, ScalarType>;
  /** Columns of its result, where they are known before a run. */
  readonly columns?: readonly ResultColumn[];
  /** What the rule compares with what. */
  readonly dictionary: Dictionary;
  run(events: readonly MadeEvent[]): Promise<ResultTable>;
  /** The ids of the events that pass the rule's row filters; null where the rule cannot tell. */
  readonly passing: ((events: readonly MadeEvent[]) => Promise<ReadonlySet<string>>) | null;
  /** Other results that are as right: of rows that tie, the rule may keep any. */
  readonly alternatives: ((events: readonly MadeEvent[]) => AsyncIterable<ResultTable>) | null;
  /** The places at which the rule decides; null where they are not known. */
  readonly branches: Branches | null;
  /** The rule's stages with the number of rows after each, and what they are called. */
  stages(events: readonly MadeEvent[]): Promise<readonly StageResult[]>;
}

export interface StageResult {
  readonly label: string;
  readonly rows: number;
  /** The events behind the rows as far as they can be told. */
  readonly ids: ReadonlySet<string> | null;
}

/** A place at which a rule decides. */
export interface Branch {
  readonly id: string;
  /** The test as it stands in the rule. */
  readonly text: string;
}

export interface Branches {
  readonly list: readonly Branch[];
  /** Which ways each event goes: for every event the ids of outcomes, `branch+` or `branch-`, and further marks of what is new about it. */
  outcomes(events: readonly MadeEvent[]): Promise<BranchOutcomes>;
}
export interface BranchOutcomes {
  readonly byEvent: ReadonlyMap<string, readonly string[]>;
  /** Outcomes of any event or row, also of those that no single event has. */
  readonly all: ReadonlySet<string>;
}

export interface Clock {
  readonly now: Datetime;
  readonly timeZone: string;
}
