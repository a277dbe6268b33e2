import type { Command, CommandKind } from "../../spl/tree.ts";
import type { Engine } from "../engine.ts";
import type { Table } from "../row.ts";

/** The node of one kind of command. */
export type NodeOf<K extends CommandKind> = Command extends infer C
  ? C extends { kind: infer Kind }
    ? K extends Kind
      ? C
      : never
    : never
  : never;

/** Runs a command on the rows before it. */
export type Run<K extends CommandKind> = (command: NodeOf<K>, input: Table, engine: Engine) => Table;
