import { mappingOf, type Profile } from "../fields/profile.ts";
import type { Macros } from "../spl/macros.ts";
import { parseSplText } from "../spl/parse.ts";
import { printCommand } from "../spl/print-command.ts";
import type { Command, Pipeline } from "../spl/tree.ts";
import { type PreparedEvents, prepareEvents, runSplTree, type SplResult } from "../splunk/run.ts";
import { unixMilliseconds } from "../types/time.ts";
import { shortened } from "./kql-side.ts";
import { identity, type MadeEvent } from "./made-event.ts";
import type { Clock, Side, StageResult } from "./side.ts";
import { branchesOfSpl, type RunCommands } from "./spl-branches.ts";
import { dictionaryOfSpl } from "./spl-dictionary.ts";
import { eventStages } from "./spl-stages.ts";
import type { ResultTable } from "./table.ts";

/**
 * A Splunk search, run by the engine that follows Splunk's documentation.
 * @throws Error for a text that is no search
 */
export function splSide(name: string, text: string, profile: Profile | null, clock: Clock, macros: Macros): Side {
  const { pipeline, diagnostics } = parseSplText(text, { macros });
  const problem = diagnostics.find((d) => d.severity === "error");
  if (pipeline === null || problem !== undefined) {
    throw new Error(`${name} cannot be read: ${problem?.line ?? 1}:${problem?.column ?? 1} ${problem?.message ?? ""}`);
  }
  return splTreeSide(
    name,
    { ...pipeline, commands: pipeline.commands.filter((c) => !isFilterMacro(c)) },
    profile,
    clock,
  );
}

/** The macro at the end of every detection of Splunk's, for exceptions of one's own: it lets everything through. */
function isFilterMacro(command: Command): boolean {
  return command.kind === "macro" && command.macro.name.endsWith("_filter");
}

/** The same for a search that is a tree already. */
export function splTreeSide(name: string, pipeline: Pipeline, profile: Profile | null, clock: Clock): Side {
  const dataModels = modelsOf(pipeline, profile);
  const now = unixMilliseconds(clock.now) / 1000;
  const run = async (commands: readonly Command[], events: readonly MadeEvent[]): Promise<SplResult> =>
    runSplTree(
      { kind: "pipeline", commands },
      { events: await prepared(events), dataModels, now, timeZone: clock.timeZone },
    );
  const stages = eventStages(pipeline);
  const cells: RunCommands = async (commands, events, fields) => {
    if (commands.length === 0) return events.map((e) => fields.map((f) => (f === identity ? e.id : e.fields[f])));
    const { columns, rows } = await run(commands, events);
    const places = fields.map((f) => columns.findIndex((c) => c.name === f));
    return rows.map((row) => places.map((at) => row[at]));
  };
  const idsOf = async (commands: readonly Command[], events: readonly MadeEvent[]): Promise<ReadonlySet<string>> =>
    new Set((await cells(commands, events, [identity])).map(([id]) => String(id)));
  return {
    language: "spl",
    name,
    dictionary: dictionaryOfSpl(pipeline),
    async run(events): Promise<ResultTable> {
      const { columns, rows, warnings } = await run(pipeline.commands, events);
      return {
        columns: columns.map((c) => ({ name: c.name, type: null, carried: false, unordered: false })),
        rows,
        sortedBy: sortedBy(pipeline),
        warnings: warnings.map((w) => w.message),
      };
    },
    passing: async (events) => idsOf(stages, events),
    alternatives: null,
    branches: branchesOfSpl(stages, cells),
    async stages(events) {
      const results: StageResult[] = [];
      const own = stagesOfEvents(pipeline, stages);
      for (const [i, command] of pipeline.commands.entries()) {
        const label = shortened(printCommand(command, () => "[…]"));
        const ids = i < own.length ? await idsOf(stages.slice(0, own[i]), events) : null;
        const { rows } = await run(pipeline.commands.slice(0, i + 1), events);
        results.push({ label, rows: rows.length, ids });
      }
      return results;
    },
  };
}

const known = new WeakMap<readonly MadeEvent[], PreparedEvents>();

/** The events as the engine has them; read once, as the same events are searched for every stage and test. */
async function prepared(events: readonly MadeEvent[]): Promise<PreparedEvents> {
  const found = known.get(events) ?? (await prepareEvents(events.map((e) => ({ ...e.fields, [identity]: e.id }))));
  known.set(events, found);
  return found;
}

/** How many of the event stages stand for the first command, for the first two, and so on. */
function stagesOfEvents(pipeline: Pipeline, stages: readonly Command[]): readonly number[] {
  const counts: number[] = [];
  let at = 0;
  for (const command of pipeline.commands) {
    if (at >= stages.length) break;
    const kind = command.kind === "tstats" ? "search" : command.kind;
    if (stages[at]?.kind === kind) at++;
    counts.push(at);
  }
  return counts;
}

/** The data models that a search reads: every event is in them, fields have their own names. */
function modelsOf(pipeline: Pipeline, profile: Profile | null): Readonly<Record<string, object>> {
  const named = pipeline.commands.flatMap((c) => (c.kind === "tstats" && c.dataModel !== null ? [c.dataModel] : []));
  const known = profile === null ? [] : Object.keys(profile.tables).map((t) => mappingOf(profile, t)?.dataModel);
  return Object.fromEntries([...named, ...known].flatMap((name) => (name == null ? [] : [[name, {}]])));
}

/** The fields that the last sort of a search orders its rows by. */
function sortedBy(pipeline: Pipeline): readonly string[] | null {
  const last = pipeline.commands.findLast((c) => !["rename", "table", "fields", "comment", "head"].includes(c.kind));
  return last?.kind === "sort" ? last.keys.map((k) => k.field) : null;
}
