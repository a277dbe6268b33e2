import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { unreadable } from "../../events/unreadable.ts";
import { type ImportFormat, importFile, importFormatOf, NotImported } from "../../import/index.ts";
import { type ExitCode, exitCodes, Failure } from "../failure.ts";
import { jsonText } from "../json-text.ts";
import { readText } from "../read-text.ts";
import type { Terminal } from "../terminal.ts";

export interface ImportOptions {
  readonly out: string;
  readonly force?: boolean;
  readonly format: "text" | "json";
}

/** One file that was looked at. `rules` are the files made of it, relative to the output folder. */
interface Imported {
  readonly file: string;
  readonly as: ImportFormat | null;
  readonly rules: readonly string[];
  /** Fields that were left behind, by rule file. */
  readonly unknown: Readonly<Record<string, readonly string[]>>;
  /** Why there are no rules. */
  readonly skipped: string | null;
}

/** Turns a folder of other platforms' rules into rule files, and says what was left behind. */
export async function importRules(path: string, options: ImportOptions, terminal: Terminal): Promise<ExitCode> {
  const files = await filesOf(path);
  const results: Imported[] = [];
  const made = new Map<string, string>();
  for (const file of files.names) results.push(await importOne(join(files.root, file), file, made));
  await refuseOverwriting(options, made);
  for (const [name, text] of made) {
    const target = join(options.out, name);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text);
  }
  await terminal.out(options.format === "json" ? `${jsonText(results, 2)}\n` : report(results, options.out));
  return made.size > 0 ? exitCodes.fine : exitCodes.findings;
}

async function filesOf(path: string): Promise<{ readonly root: string; readonly names: readonly string[] }> {
  try {
    if (!(await stat(path)).isDirectory()) return { root: dirname(path), names: [relative(dirname(path), path)] };
    const entries = await readdir(path, { recursive: true, withFileTypes: true });
    const names = entries
      .filter((entry) => entry.isFile())
      .map((entry) => relative(path, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
      .filter((name) => !name.split("/").some((part) => part.startsWith(".") || part === "node_modules"));
    return { root: path, names: names.sort((a, b) => (a < b ? -1 : 1)) };
  } catch (error) {
    throw new Failure(`${path}: ${unreadable(path, error).message}`);
  }
}

async function importOne(path: string, file: string, made: Map<string, string>): Promise<Imported> {
  const nothing = { file, rules: [], unknown: {} };
  if (!/\.(?:ya?ml|json|md|markdown|conf|kql|csl|kusto|spl)$/i.test(file)) {
    return { ...nothing, as: null, skipped: "not a format that holds rules" };
  }
  let as: ImportFormat | null = null;
  try {
    const { text } = await readText(path);
    as = importFormatOf(file, text);
    if (as === null) return { ...nothing, as, skipped: "holds no rule of a known form" };
    const rules: string[] = [];
    const unknown: Record<string, readonly string[]> = {};
    for (const rule of importFile(file, text, as)) {
      const stem = file.replace(/\.[^./]*$/, "");
      const wanted = rule.slug === null ? stem : `${stem}/${rule.slug}`;
      const name = freeName(wanted, rule.extension, made);
      made.set(name, rule.text);
      rules.push(name);
      if (rule.unknown.length > 0) unknown[name] = rule.unknown;
    }
    return { file, as, rules, unknown, skipped: null };
  } catch (error) {
    if (!(error instanceof NotImported || error instanceof Failure)) throw error;
    return { ...nothing, as, skipped: error.message };
  }
}

function freeName(stem: string, extension: string, made: ReadonlyMap<string, string>): string {
  let name = `${stem}.${extension}`;
  for (let number = 2; made.has(name); number++) name = `${stem}_${number}.${extension}`;
  return name;
}

/** A rule of the user's own is not replaced unasked. */
async function refuseOverwriting(options: ImportOptions, made: ReadonlyMap<string, string>): Promise<void> {
  if (options.force) return;
  for (const [name, text] of made) {
    const there = await readFile(join(options.out, name), "utf8").catch(() => null);
    if (there === null || there === text) continue;
    throw new Failure(`${join(options.out, name)} is there already and differs`, {
      hint: "choose another --out, or --force to replace it",
    });
  }
}

function report(results: readonly Imported[], out: string): string {
  const lines: string[] = [];
  const rules = results.flatMap((result) => result.rules);
  const sources = results.filter((result) => result.rules.length > 0);
  for (const { file, skipped, as } of results) {
    if (skipped !== null && as !== null) lines.push(`${file}: no rule: ${skipped}`);
  }
  const passed = results.filter((result) => result.skipped !== null && result.as === null).length;
  const left = results.flatMap(({ file, unknown }) =>
    Object.values(unknown).map((fields) => `${file}: left behind: ${fields.join(", ")}`),
  );
  lines.push(...left);
  if (lines.length > 0) lines.push("");
  const others = passed === 0 ? "" : `; ${count(passed, "other file")} passed over`;
  lines.push(`${count(rules.length, "rule")} in ${out}, from ${count(sources.length, "file")}${others}`);
  return `${lines.join("\n")}\n`;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}
