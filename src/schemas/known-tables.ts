import { readFileSync } from "node:fs";
import type { Column, ScalarType } from "../types/scalar-type.ts";

/**
 * The tables of Microsoft Sentinel and Defender XDR, from Microsoft's table reference. `tables.json` holds one text a table:
 * column names in order, separated by commas, `%s` and its like switching to the type of the names that follow.
 */
const marks: Readonly<Record<string, ScalarType>> = {
  "%s": "string",
  "%l": "long",
  "%i": "int",
  "%r": "real",
  "%t": "datetime",
  "%n": "timespan",
  "%d": "dynamic",
  "%b": "bool",
  "%g": "guid",
  "%m": "decimal",
};

let texts: Readonly<Record<string, string>> | undefined;
const parsed = new Map<string, readonly Column[]>();

/** The file is read when a table is first asked for: most commands never need it. */
function tables(): Readonly<Record<string, string>> {
  texts ??= JSON.parse(readFileSync(new URL("./tables.json", import.meta.url), "utf8")) as Record<string, string>;
  return texts;
}

/** The columns of a known table in the reference's order, or undefined. */
export function knownColumns(table: string): readonly Column[] | undefined {
  const done = parsed.get(table);
  if (done) return done;
  const text = Object.hasOwn(tables(), table) ? tables()[table] : undefined;
  if (text === undefined) return undefined;
  let type: ScalarType = "string";
  const columns: Column[] = [];
  for (const word of text.split(",")) {
    const mark = marks[word];
    if (mark) type = mark;
    else columns.push({ name: word, type });
  }
  parsed.set(table, columns);
  return columns;
}

export function knownTables(): readonly string[] {
  return Object.keys(tables());
}
