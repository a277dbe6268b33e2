import type { Command, CommandKind, Pipeline } from "../spl/tree.ts";
import { runCommand } from "./commands/index.ts";
import { runBaseSearch } from "./commands/search.ts";
import type { Engine } from "./engine.ts";
import { copyRows, type Table } from "./row.ts";

/** Commands that make rows of their own; as the first command they need no events. */
const generating: ReadonlySet<CommandKind> = new Set([
  "tstats",
  "mstats",
  "makeresults",
  "inputlookup",
  "from",
  "datamodel",
  "union",
  "multisearch",
]);

/**
 * Runs a search from its start. A base search reads the events, newest first; a generating command makes rows; any other first
 * command gets the events as they were given.
 */
export function runPipeline(engine: Engine, pipeline: Pipeline): Table {
  const commands = pipeline.commands.filter((c) => c.kind !== "comment");
  const [first, ...rest] = commands;
  if (first === undefined) return { rows: copyRows(engine.events), order: [] };
  return runCommands(engine, rest, firstRows(engine, first));
}

function firstRows(engine: Engine, first: Command): Table {
  if (first.kind === "search") return runBaseSearch(first.expr, engine);
  const rows = generating.has(first.kind) ? [] : copyRows(engine.given);
  return runCommand(first, { rows, order: [] }, engine);
}

export function runCommands(engine: Engine, commands: readonly Command[], input: Table): Table {
  let table = input;
  for (const command of commands) table = runCommand(command, table, engine);
  return table;
}
