import type { TableMapping } from "../fields/profile.ts";
import { fieldOf, sourceField } from "../fields/profile.ts";
import { type Column, isNumeric } from "../types/scalar-type.ts";
import { Dictionary } from "./dictionary.ts";

export interface ModuleTable {
  readonly mapping: TableMapping;
  readonly columns: readonly Column[];
}

/**
 * What an emitted module compares with what, as its text shows it: the constants between one `row.Column` and the next belong to
 * that column.
 */
export function dictionaryOfModule(body: string, tables: readonly ModuleTable[]): Dictionary {
  const dictionary = new Dictionary();
  const wordsOf = new Map(
    tables.flatMap(({ mapping, columns }) =>
      columns.flatMap((column) => {
        const mapped = fieldOf(mapping, column.name);
        const field = mapped === undefined ? null : sourceField(mapped);
        if (field === null) return [];
        const type = mapped?.kind === "field" ? column.type : "string";
        return [[column.name, { words: dictionary.field(field, type), type: column.type }] as const];
      }),
    ),
  );
  for (const [, name = "", rest = ""] of body.matchAll(/\brow(?:\.|\[")([\w$ -]+)([\s\S]*?)(?=\brow[.[]|$)/g)) {
    const found = wordsOf.get(name);
    if (found === undefined) continue;
    for (const [, quoted, digits] of rest.matchAll(/("(?:[^"\\\n]|\\.)*")|(?<![\w.])(\d+(?:\.\d+)?)n?\b/g)) {
      if (quoted !== undefined) addText(found.words.texts, quoted);
      else if (digits !== undefined && isNumeric(found.type)) found.words.numbers.add(Number(digits));
    }
  }
  return dictionary;
}

function addText(texts: Set<string>, quoted: string): void {
  try {
    texts.add(String(JSON.parse(quoted)));
  } catch {
    // A text with an escape that JSON does not have says little about the events.
  }
}
