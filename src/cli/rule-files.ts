import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { unreadable } from "../events/unreadable.ts";
import { Failure } from "./failure.ts";

/** Holds events, not rules. */
export const sampleFolder = "sample";
const ruleFile = /\.(?:ya?ml|kql)$/i;

/** The rule files below a folder, relative to it and with `/`, in a fixed order. @throws Failure where there are none. */
export async function ruleFilesIn(folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  await walk(folder, "", found);
  if (found.length === 0)
    throw new Failure(`${folder}: holds no rules`, { hint: "rules are .yml, .yaml and .kql files" });
  return found.sort((a, b) => (a < b ? -1 : 1));
}

async function walk(root: string, below: string, found: string[]): Promise<void> {
  const entries = await readdir(join(root, below), { withFileTypes: true }).catch((error: unknown) => {
    const folder = join(root, below);
    const isFile = error instanceof Error && "code" in error && error.code === "ENOTDIR";
    throw new Failure(`${folder}: ${isFile ? "is not a folder" : unreadable(folder, error).message}`);
  });
  for (const entry of entries) {
    const path = below === "" ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) {
      if (!entry.name.startsWith(".") && path !== sampleFolder) await walk(root, path, found);
    } else if (ruleFile.test(entry.name)) {
      found.push(path);
    }
  }
}
