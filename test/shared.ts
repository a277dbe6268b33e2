import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { gunzipSync } from "node:zlib";

/** Data from others, beside the project. Where it is absent, tests that need it are skipped and say so. */
export const sharedFolder = resolve(import.meta.dirname, "../../shared");
export const hasShared = existsSync(sharedFolder);

export function sharedPath(path: string): string {
  return resolve(sharedFolder, path);
}

export function sharedText(path: string): string {
  const bytes = readFileSync(sharedPath(path));
  return path.endsWith(".gz") ? gunzipSync(bytes).toString("utf8") : bytes.toString("utf8");
}

export function sharedLines<T>(path: string): T[] {
  return sharedText(path)
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as T);
}
