import { readFileSync } from "node:fs";

/** The version in package.json, which lies two levels up from `dist/cli` and `src/cli` alike. */
export function packageVersion(): string {
  const data: unknown = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  return typeof data === "object" && data !== null && "version" in data ? String(data.version) : "unknown";
}
