import { mkdir, readFile, rm, rmdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { indexFile } from "./build-folder.ts";
import { Failure } from "./failure.ts";

/** Files of an output folder that differ from what they should be: changed, missing or left over. */
export async function driftOf(folder: string, files: ReadonlyMap<string, string>): Promise<readonly string[]> {
  const changed: string[] = [];
  for (const [file, text] of files) if ((await textOf(join(folder, file))) !== text) changed.push(file);
  return [...changed, ...(await leftOver(folder, files))].sort();
}

/** Writes an output folder, and removes what an earlier build wrote and this one does not. Other files are left alone. */
export async function writeFolder(folder: string, files: ReadonlyMap<string, string>): Promise<void> {
  try {
    for (const file of await leftOver(folder, files)) {
      await rm(join(folder, file), { force: true });
      // A folder that this empties goes too; one with other files in it stays.
      await rmdir(join(folder, dirname(file))).catch(() => {});
    }
    for (const [file, text] of files) {
      const path = join(folder, file);
      if ((await textOf(path)) === text) continue;
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text);
    }
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    throw new Failure(`${folder}: cannot be written (${String(error.code)})`);
  }
}

/** Files that the folder's index names and that are no longer made. */
async function leftOver(folder: string, files: ReadonlyMap<string, string>): Promise<readonly string[]> {
  const text = await textOf(join(folder, indexFile));
  if (text === null) return [];
  let index: unknown;
  try {
    index = JSON.parse(text);
  } catch {
    return [];
  }
  const named = [...fileNames(index)].filter((file) => !files.has(file) && isBelow(file));
  const present = await Promise.all(named.map(async (file) => (await textOf(join(folder, file))) !== null));
  return named.filter((_, i) => present[i]);
}

function* fileNames(index: unknown): Generator<string> {
  if (typeof index !== "object" || index === null) return;
  for (const [key, value] of Object.entries(index)) {
    if (key === "file" && typeof value === "string") yield value;
    else yield* fileNames(value);
  }
}

/** Whether a path of the index, which anyone may have edited, stays inside of the folder. */
function isBelow(file: string): boolean {
  return !file.startsWith("/") && !/^[A-Za-z]:/.test(file) && !file.split(/[\\/]/).includes("..");
}

async function textOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch {
    return null;
  }
}
