import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { indexFile } from "../build-folder.ts";
import { Failure } from "../failure.ts";

/** What the rules gave before: the committed output, or that of another commit. */
export interface Baseline {
  /** By the rule's file. */
  readonly rules: ReadonlyMap<string, BaselineRule>;
  /** A file of the output folder; null where there was none. */
  read(file: string): Promise<string | null>;
}

export interface BaselineRule {
  readonly version: string | null;
  readonly outputs: readonly BaselineOutput[];
}

export interface BaselineOutput {
  readonly target: string;
  readonly profile: string | null;
  readonly flavour: string | null;
  readonly variant: string | null;
  readonly file: string | null;
  readonly fidelity: string;
}

/**
 * The output folder as it is, or as it was in the commit that `base` names.
 * @throws Failure where there is no such commit.
 */
export async function baselineOf(out: string, base: string | null): Promise<Baseline> {
  const folder = dirname(resolve(out));
  if (base !== null) await checkCommit(base, folder);
  const read = (file: string): Promise<string | null> =>
    base === null
      ? readFile(join(out, file), "utf8").catch(() => null)
      : readAt(base, folder, `${basename(resolve(out))}/${file}`);
  return { rules: rulesOf(await read(indexFile)), read };
}

const run = promisify(execFile);

async function checkCommit(base: string, cwd: string): Promise<void> {
  const named = ["rev-parse", "--verify", `${base}^{commit}`];
  // A name that begins with a dash would be an option.
  const found = base.startsWith("-") ? null : await run("git", named, { cwd }).catch(() => null);
  if (found === null) {
    throw new Failure(`git knows no commit ${JSON.stringify(base)}`, {
      hint: "fetch it first; in CI the checkout often holds one commit only",
    });
  }
}

async function readAt(base: string, cwd: string, path: string): Promise<string | null> {
  const options = { cwd, maxBuffer: 64 * 1024 * 1024 };
  return run("git", ["show", `${base}:./${path}`], options).then(
    ({ stdout }) => stdout,
    () => null,
  );
}

function rulesOf(text: string | null): ReadonlyMap<string, BaselineRule> {
  const rules = new Map<string, BaselineRule>();
  for (const entry of list(parsed(text), "rules")) {
    if (typeof entry.rule !== "string") continue;
    rules.set(entry.rule, { version: textOf(entry.version), outputs: list(entry, "outputs").map(outputOf) });
  }
  return rules;
}

type Data = Readonly<Record<string, unknown>>;

function parsed(text: string | null): Data {
  try {
    const data: unknown = JSON.parse(text ?? "{}");
    return isData(data) ? data : {};
  } catch {
    return {};
  }
}

function list(data: Data, key: string): readonly Data[] {
  const value = data[key];
  return Array.isArray(value) ? value.filter(isData) : [];
}

function isData(value: unknown): value is Data {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string | null {
  return typeof value === "string" || typeof value === "number" ? String(value) : null;
}

function outputOf(data: Data): BaselineOutput {
  return {
    target: textOf(data.target) ?? "",
    profile: textOf(data.profile),
    flavour: textOf(data.flavour),
    variant: textOf(data.variant),
    file: textOf(data.file),
    fidelity: textOf(data.fidelity) ?? "",
  };
}
