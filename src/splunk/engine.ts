import type { Code } from "../diagnostics/diagnostic.ts";
import type { Located, Pipeline } from "../spl/tree.ts";
import type { DataModelObject } from "./data-model-object.ts";
import type { Row, Table } from "./row.ts";

/** What one run has at hand. Commands and functions get it; nothing else is shared. */
export interface Engine {
  /** The time at which the search began, epoch seconds. */
  readonly now: number;
  /** IANA name of the zone in which days begin and times are written. */
  readonly timeZone: string;
  /** The events, newest first; shared, to be copied before a change. */
  readonly events: readonly Row[];
  /** The events in the order in which they were given. */
  readonly given: readonly Row[];
  readonly dataModels: Readonly<Record<string, DataModelObject>>;
  /** Lookup tables by their name, with or without `.csv`. */
  readonly lookups: ReadonlyMap<string, readonly Row[]>;
  /** Reads SPL that a search makes while it runs: `format`, `return`, a data model's constraint. */
  readonly parse: (text: string) => Pipeline;
  /** Runs a search from its start, as a subsearch does. */
  readonly run: (search: Pipeline) => Table;
  /** Runs commands on rows that are there. */
  readonly continueWith: (search: Pipeline, input: Table) => Table;
  /** Kept once for each message. */
  readonly warn: (code: Code, node: Located | undefined, message: string) => void;
  /** The next of a fixed row of numbers from 0 to 1. */
  readonly random: () => number;
  /** Seconds that regular expressions may still take, for the whole run. */
  readonly patience: { seconds: number };
}
