import { once } from "node:events";
import { styleText } from "node:util";

export type Style = Parameters<typeof styleText>[0];

/** The outside of a command: where it writes, and what its output may look like. */
export interface Terminal {
  /** Standard output: results alone. Resolves when there is room for more. */
  out(text: string): Promise<void>;
  /** Standard error: notes, findings about the call, progress. */
  err(text: string): void;
  /** Cells of a line of standard output; Infinity where no terminal cuts or wraps lines. */
  readonly width: number;
  readonly errWidth: number;
  /** Whether standard error is a terminal that can redraw a line. */
  readonly interactive: boolean;
  readonly outColor: boolean;
  readonly errColor: boolean;
}

/** The process's own streams. Colour where a terminal takes it; NO_COLOR and FORCE_COLOR are honoured. */
export function processTerminal(): Terminal {
  const { stdout, stderr } = process;
  for (const stream of [stdout, stderr]) {
    // The reader left (`| head`): there is nobody to tell.
    stream.on("error", (error: NodeJS.ErrnoException) => {
      process.exit(error.code === "EPIPE" ? (process.exitCode ?? 0) : 74);
    });
  }
  return {
    out: async (text) => {
      if (!stdout.write(text)) await once(stdout, "drain");
    },
    err: (text) => void stderr.write(text),
    width: stdout.isTTY ? stdout.columns || 80 : Number.POSITIVE_INFINITY,
    errWidth: stderr.isTTY ? stderr.columns || 80 : 100,
    interactive: stderr.isTTY && process.env.TERM !== "dumb",
    outColor: takesColor(stdout),
    errColor: takesColor(stderr),
  };
}

function takesColor(stream: NodeJS.WriteStream): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR !== undefined && NO_COLOR !== "") return false;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  return stream.isTTY && TERM !== "dumb";
}

/** Styles text where colour is on. */
export function paint(color: boolean, style: Style, text: string): string {
  return color ? styleText(style, text, { validateStream: false }) : text;
}
