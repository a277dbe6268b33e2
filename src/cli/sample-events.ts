import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { formatOfName } from "../events/format.ts";
import { type EventFile, eventFileOf } from "./event-files.ts";
import { Failure } from "./failure.ts";
import { sampleFolder } from "./rule-files.ts";

/** Events to run rules on, and the time at which to run them. */
export interface EventSet {
  readonly files: readonly EventFile[];
  /** ISO time; null for the clock's. */
  readonly now: string | null;
}

/**
 * The events that lie beside a folder's rules, in its folder `sample`: files called after their tables, and
 * `sample.json` with the `now` that suits them. null where there is no such folder.
 */
export async function sampleOf(folder: string): Promise<EventSet | null> {
  const at = join(folder, sampleFolder);
  const names = (await readdir(at).catch(() => [])).filter(
    (name) => name !== "sample.json" && formatOfName(name) !== undefined,
  );
  if (names.length === 0) return null;
  const files = names.sort().map((name) => ({ ...eventFileOf(join(at, name)), table: name.split(".")[0] ?? name }));
  return { files, now: await nowOf(join(at, "sample.json")) };
}

async function nowOf(path: string): Promise<string | null> {
  const text = await readFile(path, "utf8").catch(() => "{}");
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    throw new Failure(`${path}: is not valid JSON`);
  }
  return typeof data === "object" && data !== null && "now" in data && typeof data.now === "string" ? data.now : null;
}
