import { valueText } from "../value.ts";
import type { RunPlain } from "./plain-command.ts";

/** Rows and texts put together in other ways. (Search Reference: reverse, uniq, strcat) */
export const rowCommands: Readonly<Record<string, RunPlain>> = {
  reverse: (_, { rows, order }) => ({ rows: rows.reverse(), order }),
  uniq: (_, { rows, order }) => {
    let last = "";
    const kept = rows.filter((row) => {
      const text = JSON.stringify([...row].sort(([a], [b]) => (a < b ? -1 : 1)));
      const isNew = text !== last;
      last = text;
      return isNew;
    });
    return { rows: kept, order };
  },
  strcat: (plain, input) => {
    const options = plain.options(["allrequired"]);
    const sources = plain.words.slice(0, -1);
    const target = plain.words.at(-1) ?? "";
    for (const row of input.rows) {
      // A word that is no field is a text; the reader of the tree has taken its quotes.
      if (options.flag("allrequired", false) && sources.some((s) => !row.has(s) && /^\w+$/.test(s))) continue;
      row.set(
        target,
        sources
          .map((s) => {
            const v = row.get(s);
            return v === undefined ? (/^\w+$/.test(s) ? "" : s) : valueText(v);
          })
          .join(""),
      );
    }
    return input;
  },
};
