import type { EventFormat } from "../events/format.ts";
import type { RowFormat } from "./rows.ts";

/** What `run` may be told. */
export interface RunCommandOptions {
  readonly events?: readonly string[];
  readonly inputFormat?: EventFormat;
  readonly skipBadLines?: boolean;
  readonly now?: string;
  readonly format: RowFormat;
  readonly limit?: number;
  readonly variant?: string;
  readonly schema?: readonly string[];
  /** For SPL: what its macros stand for, and the zone in which its days begin. */
  readonly macroFile?: readonly string[];
  readonly timeZone?: string;
}
