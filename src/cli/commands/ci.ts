import { appendFile, mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { renderDiagnostic } from "../../diagnostics/render.ts";
import { toSarif } from "../../diagnostics/sarif.ts";
import { warningPage } from "../../lint/pages.ts";
import type { Project } from "../../rules/project.ts";
import type { VerifyOptions } from "../../verify/index.ts";
import { inspect } from "../ci/inspect.ts";
import type { Inspection } from "../ci/inspection.ts";
import { inspectionToJunit } from "../ci/junit.ts";
import { inspectionToMarkdown } from "../ci/summary.ts";
import { type ExitCode, exitCodes } from "../failure.ts";
import { givenEvents } from "../given-events.ts";
import { jsonText } from "../json-text.ts";
import { packageVersion } from "../package-version.ts";
import { portOptions } from "../port-options.ts";
import type { PortOptions } from "../port-rule.ts";
import { loadProject } from "../project-file.ts";
import type { Terminal } from "../terminal.ts";

export interface CiOptions {
  readonly base?: string;
  readonly generate?: number;
  readonly sarif?: string;
  readonly junit?: string;
  readonly summary?: string;
}

/** Events for each comparison: enough for every branch of a usual rule, in seconds. */
const madeEvents = 1_000;

/** Checks and builds a project of rules, proves its outputs, and says what changed: everything that a pull request needs. */
export async function ci(folder: string, options: CiOptions, terminal: Terminal): Promise<ExitCode> {
  const project = await loadProject(folder, terminal);
  const porting = await portOptions(project, {}, terminal);
  const inspection = await inspect(project, {
    ...porting,
    base: options.base ?? null,
    verify: await verifyOptions(project, options, porting),
  });
  const sarif = () => `${jsonText(toSarif(inspection.findings, packageVersion(), warningPage), 2)}\n`;
  if (options.sarif !== undefined) await write(options.sarif, sarif());
  if (options.junit !== undefined) await write(options.junit, inspectionToJunit(inspection));
  // A summary is added to: a job's summary has other parts too.
  if (options.summary !== undefined) await append(options.summary, inspectionToMarkdown(inspection));
  await terminal.out(report(inspection, terminal));
  const failed = inspection.findings.some((f) => f.diagnostic.severity === "error");
  return failed ? exitCodes.findings : exitCodes.fine;
}

async function verifyOptions(project: Project, options: CiOptions, porting: PortOptions): Promise<VerifyOptions> {
  const { verify, timeZone } = project;
  const { schemas, macros } = porting;
  return {
    schemas,
    generate: options.generate ?? verify.generate ?? madeEvents,
    events: await givenEvents(verify.events),
    ...(verify.seed === null ? {} : { seed: verify.seed }),
    ...(verify.now === null ? {} : { now: verify.now }),
    ...(timeZone === null ? {} : { timeZone }),
    ...(macros === undefined ? {} : { macros }),
  };
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

async function append(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await appendFile(path, text);
}

function report({ findings, rules }: Inspection, terminal: Terminal): string {
  const shown = findings.filter((f) => f.diagnostic.severity !== "info");
  const rendering = { color: terminal.outColor, width: Math.min(terminal.width, 160) };
  const texts = shown.map(({ source, diagnostic, example }) => {
    const lines = example === undefined ? [] : example.split("\n").map((line) => `  ${line}\n`);
    return `${renderDiagnostic(source, diagnostic, rendering)}\n${lines.join("")}`;
  });
  const errors = shown.filter((f) => f.diagnostic.severity === "error").length;
  const comparisons = rules.flatMap((rule) => rule.comparisons);
  const equal = comparisons.filter((c) => c.verdict === "equal" || c.verdict === "stated").length;
  const counts = [
    `${errors === 0 ? "no" : errors} ${errors === 1 ? "problem" : "problems"}`,
    `${shown.length - errors} ${shown.length - errors === 1 ? "warning" : "warnings"}`,
    `${rules.length} ${rules.length === 1 ? "rule" : "rules"}`,
    `${equal} outputs held against their rules`,
  ];
  return `${texts.join("")}${texts.length > 0 ? "\n" : ""}${counts.join(", ")}\n`;
}
