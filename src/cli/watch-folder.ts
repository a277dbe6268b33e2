import { watch } from "node:fs/promises";
import type { VerifyOptions } from "../verify/index.ts";
import { type BuiltFolder, type BuiltRule, buildFolder, type RuleMemory } from "./build-folder.ts";
import { verifiedOutputs } from "./ci/inspect.ts";
import { Failure } from "./failure.ts";
import { writeFindings } from "./load-rule.ts";
import type { PortOptions } from "./port-rule.ts";
import { paint, type Terminal } from "./terminal.ts";
import { writeFolder } from "./write-folder.ts";

export interface WatchOptions extends PortOptions {
  readonly out: string;
  readonly verify: VerifyOptions;
  /** Ends the watch. */
  readonly signal?: AbortSignal;
}

/** Editors write a file in several steps; what comes within this time is one change. In milliseconds. */
const settleTime = 20;

/** Builds the folder again whenever a rule in it is saved, and holds the rule's outputs against it. Ends with the signal. */
export async function watchFolder(
  folder: string,
  first: BuiltFolder,
  known: RuleMemory,
  options: WatchOptions,
  terminal: Terminal,
): Promise<void> {
  await terminal.out(`watching ${folder}\n`);
  let before = first;
  for await (const _ of changes(folder, options.signal)) {
    const start = performance.now();
    try {
      const built = await buildFolder(folder, options, known);
      await writeFolder(options.out, built.files);
      writeFindings(built.findings, terminal);
      for (const rule of changedRules(before, built)) await report(rule, before, built, start, options, terminal);
      before = built;
    } catch (error) {
      // A folder that is empty for a moment, or two rules of one name: say so, and go on.
      if (!(error instanceof Failure)) throw error;
      terminal.err(`${error.message}\n`);
    }
  }
}

async function* changes(folder: string, signal: AbortSignal | undefined): AsyncGenerator<void> {
  const options = signal === undefined ? { recursive: true } : { recursive: true, signal };
  const events = watch(folder, options)[Symbol.asyncIterator]();
  try {
    let next = events.next();
    while (!(await next).done) {
      next = events.next();
      while (await Promise.race([next.then((event) => !event.done), quiet()])) next = events.next();
      yield;
    }
  } catch (error) {
    if (!(error instanceof Error && error.name === "AbortError")) throw error;
  }
}

function quiet(): Promise<false> {
  return new Promise((done) => setTimeout(() => done(false), settleTime));
}

function changedRules(before: BuiltFolder, now: BuiltFolder): readonly BuiltRule[] {
  return now.rules.filter((rule) => !before.rules.includes(rule));
}

async function report(
  rule: BuiltRule,
  before: BuiltFolder,
  now: BuiltFolder,
  start: number,
  options: WatchOptions,
  terminal: Terminal,
): Promise<void> {
  const folder = `${rule.file.replace(/\.[^./]*$/, "")}/`;
  const own = [...now.files].filter(([path]) => path.startsWith(folder));
  const changed = own.filter(([path, text]) => before.files.get(path) !== text);
  const built = Math.round(performance.now() - start);
  await terminal.out(`${rule.file}: ${changed.length} of ${own.length} outputs changed (${built} ms)\n`);
  const comparisons = await verifiedOutputs(rule, options.verify);
  const held = comparisons.filter((c) => c.verdict === "equal" || c.verdict === "stated").length;
  const differing = comparisons.filter((c) => c.verdict === "differs");
  const took = Math.round(performance.now() - start);
  const verdict =
    comparisons.length === 0
      ? "not held against its outputs: it cannot be run here"
      : differing.length === 0
        ? `${held} outputs held against it`
        : paint(terminal.outColor, "red", `${differing.map((c) => c.output).join(", ")} differ`);
  await terminal.out(`${rule.file}: ${verdict} (${took} ms)\n`);
  for (const { counterexample } of differing) if (counterexample !== null) await terminal.out(`${counterexample}\n`);
}
