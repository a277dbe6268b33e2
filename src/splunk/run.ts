import { parseSplText } from "../spl/parse.ts";
import type { Pipeline } from "../spl/tree.ts";
import type { DataModelObject } from "./data-model-object.ts";
import type { Engine } from "./engine.ts";
import { newestFirst, rawText, rowOf } from "./events.ts";
import { tableKey } from "./lookups.ts";
import { mentionsRaw } from "./mentions-raw.ts";
import { runCommands, runPipeline } from "./pipeline.ts";
import { SplProblem, type SplWarning } from "./problem.ts";
import { fieldNames, type Row, type Table } from "./row.ts";
import { isTimeZone } from "./time/zone.ts";

/** A cell of a result: a number or text, several texts for a multivalue field, null where the row has no such field. */
export type SplCell = string | number | null | string[];

export interface SplResult {
  readonly columns: readonly { readonly name: string }[];
  readonly rows: SplCell[][];
  readonly warnings: readonly SplWarning[];
}

/** Events that are read once and searched often; make them with `prepareEvents`. */
export interface PreparedEvents {
  readonly kind: "prepared-events";
  /** As given and newest first; on demand with a raw text where an event came without one. */
  readonly rows: (withRaw: boolean) => { readonly given: readonly Row[]; readonly newestFirst: readonly Row[] };
}

export interface SplRunOptions {
  /** Plain objects: field → value, `_time` as epoch seconds or ISO text. None by default. */
  readonly events?: Iterable<object> | AsyncIterable<object> | PreparedEvents;
  /** Datasets by `Model.Dataset`. */
  readonly dataModels?: Readonly<Record<string, DataModelObject>>;
  /** Rows of lookup tables by name. */
  readonly lookups?: Readonly<Record<string, Iterable<object>>>;
  /** Macros for texts that a search makes while it runs. */
  readonly macros?: Readonly<Record<string, { readonly definition: string; readonly arguments?: readonly string[] }>>;
  /** The time at which the search begins, epoch seconds; 0 by default, so that a run depends on what is given alone. */
  readonly now?: number;
  /** IANA name of the zone in which days begin and times are written; UTC by default. */
  readonly timeZone?: string;
}

/** How long all regular expressions of a run may take that are not sure to be quick, in seconds. */
const patience = 5;

/**
 * Runs an SPL search on events as Splunk would. Throws an SplProblem for what cannot be run, never gives rows that stand for
 * something else; limits that cut, and rules that are not documented, are among the warnings.
 *
 * Columns: those that the last commands name, in their order (by-fields before aggregates, fields of `table` and `fields` as listed),
 * then all others in the order in which rows have them.
 */
export async function runSplTree(tree: Pipeline, options: SplRunOptions = {}): Promise<SplResult> {
  const { events = [] } = options;
  return runTree(tree, { ...options, events: isPrepared(events) ? events : await collected(events) });
}

/** The same at once, for events that are at hand. */
export function runTree(
  tree: Pipeline,
  options: SplRunOptions & { readonly events?: Iterable<object> | PreparedEvents },
): SplResult {
  const timeZone = options.timeZone ?? "UTC";
  if (!isTimeZone(timeZone)) throw new RangeError(`\`${timeZone}\` is no time zone; write it as Europe/Berlin`);
  const { events = [] } = options;
  const prepared = isPrepared(events) ? events : prepareEvents(events);
  const { given, newestFirst } = prepared.rows(mentionsRaw(tree));
  const warnings = new Map<string, SplWarning>();
  const engine: Engine = {
    now: options.now ?? 0,
    timeZone,
    events: newestFirst,
    given,
    dataModels: options.dataModels ?? {},
    lookups: new Map(
      Object.entries(options.lookups ?? {}).map(([name, rows]) => [tableKey(name), [...rows].map(rowOf)]),
    ),
    parse: (text) => parse(text, options.macros ?? {}),
    run: (search) => runPipeline(engine, search),
    continueWith: (search, input) => runCommands(engine, search.commands, input),
    warn: (code, node, message) => {
      if (!warnings.has(message)) warnings.set(message, { code, message, span: node?.span });
    },
    random: numbers(0x5eed),
    patience: { seconds: patience },
  };
  const table = runPipeline(engine, tree);
  return { ...cells(table), warnings: [...warnings.values()] };
}

/** Reads events once, to be searched often. */
export function prepareEvents(events: Iterable<object>): PreparedEvents {
  const ordered = (rows: readonly Row[]) => ({ given: rows, newestFirst: newestFirst(rows) });
  const plain = ordered([...events].map(rowOf));
  let raw: typeof plain | undefined;
  return {
    kind: "prepared-events",
    rows: (withRaw) => {
      if (!withRaw) return plain;
      raw ??= ordered(plain.given.map(rowWithRaw));
      return raw;
    },
  };
}

async function collected(events: Iterable<object> | AsyncIterable<object>): Promise<readonly object[]> {
  const all: object[] = [];
  for await (const event of events) all.push(event);
  return all;
}

function isPrepared(events: Iterable<object> | AsyncIterable<object> | PreparedEvents): events is PreparedEvents {
  return "kind" in events && events.kind === "prepared-events";
}

function rowWithRaw(row: Row): Row {
  return row.has("_raw") ? row : new Map(row).set("_raw", rawText(row));
}

function parse(text: string, macros: NonNullable<SplRunOptions["macros"]>): Pipeline {
  const { pipeline, diagnostics } = parseSplText(text, { macros });
  if (pipeline !== null) return pipeline;
  const [first] = diagnostics.filter((d) => d.severity === "error");
  throw new SplProblem(
    "SPL203",
    undefined,
    `the search makes \`${text.slice(0, 80)}\`, which cannot be read: ${first?.message ?? ""}`,
  );
}

function cells(table: Table): { readonly columns: readonly { readonly name: string }[]; readonly rows: SplCell[][] } {
  const names = fieldNames(table);
  const rows = table.rows.map((row) =>
    names.map((name): SplCell => {
      const value = row.get(name);
      if (value === undefined) return null;
      return typeof value === "object" ? [...value] : value;
    }),
  );
  return { columns: names.map((name) => ({ name })), rows };
}

/** A fixed row of numbers from 0 to 1 (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
