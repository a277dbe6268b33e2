import { type FSWatcher, watch } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
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
  let before = first;
  const ready = () => terminal.out(`watching ${folder}\n`);
  for await (const _ of changes(folder, options.signal, ready)) {
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

/**
 * Every change below the folder, once it has settled. Each folder is watched by itself: editors replace a file when they save it,
 * and what watches the file would go on watching the old one.
 */
async function* changes(
  root: string,
  signal: AbortSignal | undefined,
  ready: () => Promise<void>,
): AsyncGenerator<void> {
  const watchers = new Map<string, FSWatcher>();
  let changed = false;
  let wake = (): void => {};
  const note = (): void => {
    changed = true;
    wake();
  };
  const follow = async (): Promise<void> => {
    const entries = await readdir(root, { recursive: true, withFileTypes: true });
    const below = entries.filter((entry) => entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name));
    const folders = new Set([root, ...below]);
    for (const [path, watcher] of watchers) {
      if (folders.has(path)) continue;
      watcher.close();
      watchers.delete(path);
    }
    for (const path of folders) {
      if (!watchers.has(path)) watchers.set(path, watch(path, note).on("error", note));
    }
  };
  signal?.addEventListener("abort", () => wake());
  try {
    await follow();
    await ready();
    while (!signal?.aborted) {
      if (!changed) {
        await new Promise<void>((done) => {
          wake = done;
        });
      }
      if (signal?.aborted) return;
      while (changed) {
        changed = false;
        await quiet();
      }
      await follow();
      yield;
    }
  } finally {
    for (const watcher of watchers.values()) watcher.close();
  }
}

function quiet(): Promise<void> {
  return new Promise((done) => setTimeout(done, settleTime));
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
