import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { main } from "../../src/cli/program.ts";
import type { Terminal } from "../../src/cli/terminal.ts";

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line in this process, as on a terminal of the given width or, without one, into a pipe. */
export async function ruleport(argv: readonly string[], width = Number.POSITIVE_INFINITY): Promise<Outcome> {
  let out = "";
  let err = "";
  const terminal: Terminal = {
    out: async (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    width,
    errWidth: 100,
    interactive: false,
    outColor: false,
    errColor: false,
  };
  const code = await main(argv, terminal);
  return { code, out, err };
}

/** A folder of its own with these files in it. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), "ruleport-cli-"));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}
