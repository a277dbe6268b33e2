import { QueryError } from "../../run.ts";
import { NotRunnable } from "../../targets/typescript/execute.ts";
import {
  type Comparison,
  counterexampleText,
  languageOf,
  type Subject,
  verificationToJson,
  verificationToJunit,
  verify as verifyRules,
} from "../../verify/index.ts";
import { type ExitCode, exitCodes, Failure } from "../failure.ts";
import { givenEvents } from "../given-events.ts";
import { jsonText } from "../json-text.ts";
import { loadQuery } from "../load-rule.ts";
import { loadProfile } from "../profile-option.ts";
import { readText } from "../read-text.ts";
import { loadSchemas } from "../schema-files.ts";
import { loadMacros } from "../spl-file.ts";
import { paint, type Style, type Terminal } from "../terminal.ts";

export interface VerifyCommandOptions {
  readonly profile?: string;
  readonly events?: readonly string[];
  readonly generate?: number;
  readonly seed?: number;
  readonly now?: string;
  readonly timeZone?: string;
  readonly macroFile?: string;
  readonly shared?: boolean;
  readonly variant?: string;
  readonly schema?: readonly string[];
  readonly format: "text" | "json" | "junit";
}

/** Proves two rules equal on given and made events, or shows the event on which they differ. */
export async function verify(
  first: string,
  second: string | undefined,
  options: VerifyCommandOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const schemas = await loadSchemas(options.schema);
  const a = await loadSubject(first, options.variant, terminal);
  const b = second === undefined ? null : await loadSubject(second, options.variant, terminal);
  const profile = options.profile === undefined ? undefined : await profileNamed(options.profile, terminal);
  const table = tableOf(a.text) ?? (b === null ? null : tableOf(b.text)) ?? "events";
  const events = await givenEvents(options.events ?? [], table);
  const macros = options.macroFile === undefined ? undefined : await loadMacros([options.macroFile]);
  try {
    const verification = await verifyRules(a, b, {
      schemas,
      events,
      columns: options.shared ? "shared" : "all",
      ...(profile === undefined ? {} : { profile }),
      ...(macros === undefined ? {} : { macros }),
      ...(options.generate === undefined ? {} : { generate: options.generate }),
      ...(options.seed === undefined ? {} : { seed: options.seed }),
      ...(options.now === undefined ? {} : { now: options.now }),
      ...(options.timeZone === undefined ? {} : { timeZone: options.timeZone }),
    });
    if (options.format === "json") await terminal.out(`${jsonText(verificationToJson(verification), 2)}\n`);
    else if (options.format === "junit") await terminal.out(verificationToJunit(verification));
    else for (const comparison of verification.comparisons) await terminal.out(comparisonText(comparison, terminal));
    return verification.equal ? exitCodes.fine : exitCodes.findings;
  } catch (error) {
    if (error instanceof QueryError || error instanceof NotRunnable)
      throw new Failure(error.message, { exitCode: exitCodes.findings });
    if (error instanceof RangeError) throw new Failure(error.message);
    throw error;
  }
}

async function loadSubject(path: string, variant: string | undefined, terminal: Terminal): Promise<Subject> {
  const file = await readText(path);
  const language = languageOf(file.text, file.name);
  if (language !== "kql" || /\.kql$/i.test(path)) return { text: file.text, language, name: path };
  const { query, rule } = await loadQuery(path, variant, terminal);
  return { text: query.text, language: rule.language, name: path };
}

async function profileNamed(value: string, terminal: Terminal): ReturnType<typeof loadProfile> {
  return value === "sigma" ? value : loadProfile(value, "spl", terminal);
}

/** The table that a KQL query begins with, for events that name none. */
function tableOf(text: string): string | null {
  return /^\s*(\w+)\s*(?:\n|\|)/m.exec(text.replace(/^\s*(?:let\b[^;]*;|\/\/.*)\s*/gm, ""))?.[1] ?? null;
}

const verdictStyles: Readonly<Record<Comparison["verdict"], Style>> = {
  equal: "green",
  differs: "red",
  stated: "yellow",
  skipped: "gray",
};
const verdictWords: Readonly<Record<Comparison["verdict"], string>> = {
  equal: "no difference",
  differs: "they differ",
  stated: "they differ, and the output says that it is approximate",
  skipped: "not compared",
};

function comparisonText(c: Comparison, terminal: Terminal): string {
  const color = terminal.outColor;
  const lines = [
    `${paint(color, "bold", `${c.first} – ${c.second}`)}  ${paint(color, verdictStyles[c.verdict], verdictWords[c.verdict])}`,
  ];
  if (c.reason !== null) lines.push(`  ${c.reason}`);
  if (c.verdict !== "skipped") {
    const given = c.events.given > 0 ? `${c.events.given} given and ` : "";
    lines.push(`  ${given}${c.events.made} made events${c.profile === null ? "" : `, profile ${c.profile}`}`);
  }
  for (const { rule, both, total, missed } of c.coverage) {
    lines.push(`  branches of ${rule}: ${both} of ${total} taken both ways`);
    for (const { branch, never } of missed.slice(0, 10)) lines.push(`    never ${never}: ${branch}`);
    if (missed.length > 10) lines.push(`    … and ${missed.length - 10} more`);
  }
  for (const note of c.notes)
    if (note.level === "approximate")
      lines.push(`  stated: ${note.message}${note.when === undefined ? "" : `; when ${note.when}`}`);
  if (c.counterexample !== null)
    lines.push(
      ...counterexampleText(c, c.counterexample)
        .split("\n")
        .map((line) => `  ${line}`),
    );
  return `${lines.join("\n")}\n`;
}
