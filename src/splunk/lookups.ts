import type { Located } from "../spl/tree.ts";
import type { Engine } from "./engine.ts";
import { SplProblem } from "./problem.ts";
import type { Row } from "./row.ts";

/** The rows of a lookup table, by the name of its definition or file; one that is not given is a located problem. */
export function lookupTable(engine: Engine, node: Located, name: string): readonly Row[] {
  const rows = engine.lookups.get(tableKey(name));
  if (rows === undefined) {
    throw new SplProblem("SPL205", node, `the lookup \`${name}\` is not given`, "give its rows in `lookups`");
  }
  return rows;
}

/** `hosts.csv` and `hosts` are one table. */
export function tableKey(name: string): string {
  return name.replace(/\.csv(?:\.gz)?$/i, "").toLowerCase();
}
