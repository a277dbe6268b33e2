import { compileKql } from "../../compile.ts";
import type { Source } from "../../diagnostics/source.ts";
import { EventError } from "../../events/problem.ts";
import { streamKql, tablesOf } from "../../run.ts";
import type { TableDeclarations } from "../../schemas/declared.ts";
import { type BuiltFolder, buildFolder } from "../build-folder.ts";
import { buildTable } from "../build-table.ts";
import { eventFailure } from "../event-errors.ts";
import { eventFileOf } from "../event-files.ts";
import { eventTable } from "../event-table.ts";
import { type ExitCode, exitCodes } from "../failure.ts";
import { jsonText } from "../json-text.ts";
import { hasErrors, writeFindings } from "../load-rule.ts";
import { loadProfile } from "../profile-option.ts";
import { type EventSet, sampleOf } from "../sample-events.ts";
import { loadSchemas } from "../schema-files.ts";
import type { Terminal } from "../terminal.ts";
import { driftOf, writeFolder } from "../write-folder.ts";

export interface BuildOptions {
  readonly out: string;
  readonly check?: boolean;
  readonly events?: readonly string[];
  readonly now?: string;
  readonly profile?: readonly string[];
  readonly schema?: readonly string[];
  readonly format: "text" | "json";
}

/** Ports a folder of rules, runs them on events, and reports what came of it. */
export async function build(folder: string, options: BuildOptions, terminal: Terminal): Promise<ExitCode> {
  const schemas = await loadSchemas(options.schema);
  const profiles = [];
  for (const value of options.profile ?? []) {
    const profile = await loadProfile(value, "spl", terminal);
    if (typeof profile === "object") profiles.push(profile);
  }
  const built = await buildFolder(folder, { schemas, profiles });
  writeFindings(built.findings, terminal);
  if (options.check) {
    const drift = await driftOf(options.out, built.files);
    for (const file of drift) terminal.err(`${options.out}/${file} is not what the rules give\n`);
    return drift.length > 0 || hasErrors(built.findings) ? exitCodes.findings : exitCodes.fine;
  }
  await writeFolder(options.out, built.files);
  const events = await eventsOf(folder, options);
  const rows = events === null ? null : await countRows(built, events, schemas);
  await terminal.out(
    options.format === "json"
      ? `${jsonText(asJson(built, rows), 2)}\n`
      : buildTable(built, rows, terminal) + (await closing(built, events, options)),
  );
  return hasErrors(built.findings) ? exitCodes.findings : exitCodes.fine;
}

async function eventsOf(folder: string, options: BuildOptions): Promise<EventSet | null> {
  const files = (options.events ?? []).map(eventFileOf);
  const sample = files.length > 0 ? null : await sampleOf(folder);
  if (sample === null && files.length === 0) return null;
  return { files: sample?.files ?? files, now: options.now ?? sample?.now ?? null };
}

/** Rows that each query finds; null for one that reads a table without events. */
async function countRows(
  built: BuiltFolder,
  events: EventSet,
  schemas: TableDeclarations,
): Promise<ReadonlyMap<Source, number | null>> {
  const counts = new Map<Source, number | null>();
  for (const { ports } of built.rules) {
    for (const { query } of ports) {
      if (!counts.has(query)) counts.set(query, await countOf(query, events, schemas));
    }
  }
  return counts;
}

async function countOf(query: Source, events: EventSet, schemas: TableDeclarations): Promise<number | null> {
  const { plan } = compileKql(query.text, { schemas });
  if (plan === null) return null;
  const names = tablesOf(plan);
  const named = events.files.some((file) => file.table !== null && names.includes(file.table));
  const files = names.map((name) =>
    events.files.filter((file) => file.table === name || (file.table === null && !named && names.length === 1)),
  );
  if (files.some((list) => list.length === 0)) return null;
  const tables = Object.fromEntries(
    names.map((name, i) => [
      name,
      eventTable(
        (files[i] ?? []).map((f) => f.path),
        {},
      ),
    ]),
  );
  try {
    const { rows } = await streamKql(query.text, {
      tables,
      schemas,
      ...(events.now === null ? {} : { now: events.now }),
    });
    let count = 0;
    for await (const _ of rows) count++;
    return count;
  } catch (error) {
    throw error instanceof EventError ? eventFailure(error) : error;
  }
}

async function closing(built: BuiltFolder, events: EventSet | null, options: BuildOptions): Promise<string> {
  const files = built.files.size - 1;
  const lines = [`${files} files in ${options.out}, and what differs and when in ${options.out}/index.json`];
  if (events !== null) {
    const from = events.files.map((file) => file.path).join(", ");
    lines.push(`rows: found in ${from}${events.now === null ? "" : ` at ${events.now}`}`);
  }
  return `\n${lines.join("\n")}\n`;
}

function asJson(built: BuiltFolder, rows: ReadonlyMap<Source, number | null> | null): object {
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
