import { clip } from "../diagnostics/width.ts";
import type { Terminal } from "./terminal.ts";

/** A line on standard error that shows how far a long input has been read. */
export interface Progress {
  /** `bytes` of the total, or of an input of unknown length. */
  update(bytes: number): void;
  /** Removes the line until the next update, so that something else can be written. */
  clear(): void;
}

const firstShown = 400;
const interval = 100;

/**
 * Shows a bar after a moment, on a terminal alone. `total` is in bytes, null where nobody knows it;
 * `clock` gives milliseconds.
 */
export function startProgress(terminal: Terminal, total: number | null, clock: () => number): Progress {
  if (!terminal.interactive) return { update: () => {}, clear: () => {} };
  const begun = clock();
  let next = begun + firstShown;
  let shown = false;
  return {
    update(bytes) {
      const time = clock();
      if (time < next) return;
      next = time + interval;
      shown = true;
      const text = progressLine(bytes, total, (time - begun) / 1000, terminal.errWidth - 1);
      terminal.err(`\r\u001b[2K${text}`);
    },
    clear() {
      if (shown) terminal.err("\r\u001b[2K");
      shown = false;
    },
  };
}

/** `████████░░░░  63 %  120 of 190 MB  41 MB/s  1 s left`, or what of it fits. */
export function progressLine(bytes: number, total: number | null, seconds: number, width: number): string {
  const rate = seconds > 0 ? bytes / seconds : 0;
  if (total === null || total === 0) return clip(`${megabytes(bytes)} MB read  ${megabytes(rate)} MB/s`, width);
  const part = Math.min(1, bytes / total);
  const left = rate > 0 ? Math.ceil((total - bytes) / rate) : 0;
  const figures =
    `${String(Math.floor(part * 100)).padStart(3)} %  ${megabytes(bytes)} of ${megabytes(total)} MB  ` +
    `${megabytes(rate)} MB/s  ${Math.max(0, left)} s left`;
  const room = Math.min(30, width - figures.length - 2);
  if (room < 5) return clip(figures, width);
  const full = Math.round(part * room);
  return `${"█".repeat(full)}${"░".repeat(room - full)}  ${figures}`;
}

function megabytes(bytes: number): string {
  const value = bytes / 1e6;
  return value < 10 ? value.toFixed(1) : String(Math.round(value));
}
