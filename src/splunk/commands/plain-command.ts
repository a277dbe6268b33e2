import type { Engine } from "../engine.ts";
import type { Options } from "../options.ts";
import type { Table } from "../row.ts";
import type { NodeOf } from "./run.ts";

/** The words of a plain command, and its options. */
export interface Plain {
  readonly node: NodeOf<"plain">;
  readonly words: readonly string[];
  readonly engine: Engine;
  options(known: readonly string[]): Options;
}

/** Runs a command whose arguments are words and options. */
export type RunPlain = (plain: Plain, input: Table) => Table;
