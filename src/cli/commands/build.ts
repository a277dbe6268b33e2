import type { Source } from "../../diagnostics/source.ts";
import { type BuiltFolder, buildFolder, type RuleMemory } from "../build-folder.ts";
import { buildTable } from "../build-table.ts";
import { countRows, type RowCounts } from "../count-rows.ts";
import { eventFileOf } from "../event-files.ts";
import { totalSize } from "../event-table.ts";
import { type ExitCode, exitCodes, Failure } from "../failure.ts";
import { jsonText } from "../json-text.ts";
import { hasErrors, writeFindings } from "../load-rule.ts";
import { portOptions } from "../port-options.ts";
import { loadProject } from "../project-file.ts";
import { type EventSet, sampleOf } from "../sample-events.ts";
import type { Terminal } from "../terminal.ts";
import { watchFolder } from "../watch-folder.ts";
import { driftOf, writeFolder } from "../write-folder.ts";

export interface BuildOptions {
  readonly out?: string;
  readonly check?: boolean;
  readonly watch?: boolean;
  readonly events?: readonly string[];
  readonly now?: string;
  readonly profile?: readonly string[];
  readonly schema?: readonly string[];
  readonly format: "text" | "json";
}

/** Ports a folder of rules, runs them on events, and reports what came of it. */
export async function build(dir: string | undefined, given: BuildOptions, terminal: Terminal): Promise<ExitCode> {
  const project = await loadProject(".", terminal);
  const folder = dir ?? project.rules;
  const options = { ...given, out: given.out ?? project.out };
  const porting = await portOptions(project, options, terminal);
  const { schemas } = porting;
  const known: RuleMemory = new Map();
  const built = await buildFolder(folder, porting, known);
  writeFindings(built.findings, terminal);
  if (options.check) {
    const drift = await driftOf(options.out, built.files);
    for (const file of drift) terminal.err(`${options.out}/${file} is not what the rules give\n`);
    return drift.length > 0 || hasErrors(built.findings) ? exitCodes.findings : exitCodes.fine;
  }
  const events = await eventsOf(folder, options);
  await writeFolder(options.out, built.files);
  const rows = events === null ? null : await countRows(queriesOf(built), events, schemas, terminal);
  await terminal.out(
    options.format === "json"
      ? `${jsonText(asJson(built, rows), 2)}\n`
      : buildTable(built, rows, terminal) + closing(built, rows, events, options),
  );
  if (options.watch) {
    const verify = { schemas, generate: watchedEvents, ...(options.now === undefined ? {} : { now: options.now }) };
    await watchFolder(folder, built, known, { ...porting, out: options.out, verify }, terminal);
  }
  return hasErrors(built.findings) ? exitCodes.findings : exitCodes.fine;
}

/** Events for each comparison while somebody waits: a dozen of the sharpest, in a fraction of a second; `ci` makes more. */
const watchedEvents = 12;

async function eventsOf(folder: string, options: BuildOptions): Promise<EventSet | null> {
  const files = (options.events ?? []).map(eventFileOf);
  const sample = files.length > 0 ? null : await sampleOf(folder);
  if (sample === null && files.length === 0) return null;
  const paths = files.map((file) => file.path);
  if (paths.includes("-")) throw new Failure("build reads its events once for each rule, which standard input cannot");
  await totalSize(paths);
  return { files: sample?.files ?? files, now: options.now ?? sample?.now ?? null };
}

function queriesOf(built: BuiltFolder): readonly Source[] {
  return [...new Set(built.rules.flatMap(({ ports }) => ports.map((port) => port.query)))];
}

function closing(built: BuiltFolder, rows: RowCounts | null, events: EventSet | null, options: BuildOptions): string {
  const files = built.files.size - 1;
  const lines = [`${files} files in ${options.out}, and what differs and when in ${options.out}/index.json`];
  if (events !== null) {
    const from = events.files.map((file) => file.path).join(", ");
    const found = rows === null || [...rows.values()].some((count) => count !== null);
    const at = events.now === null ? "" : ` at ${events.now}`;
    lines.push(found ? `rows: found in ${from}${at}` : `rows: none of the rules reads a table that ${from} holds`);
  }
  if (built.warnings > 0) {
    const count = built.warnings === 1 ? "1 warning" : `${built.warnings} warnings`;
    lines.push(`${count} about what the rules cannot do: \`ruleport check\` shows them`);
  }
  return `\n${lines.join("\n")}\n`;
}

function asJson(built: BuiltFolder, rows: RowCounts | null): object {
  return {
    rules: built.rules.map(({ file, rule, ports }) => ({
      rule: file,
      name: rule.name,
      outputs: ports.map((port) => ({
        target: port.target.id,
        profile: port.profile ?? undefined,
        flavour: port.flavour ?? undefined,
        variant: port.variant ?? undefined,
        file: port.file,
        fidelity: port.fidelity,
        rows: rows?.get(port.query) ?? undefined,
      })),
    })),
  };
}
