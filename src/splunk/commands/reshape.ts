import { fieldNames, isInternal, put, putAll, type Row } from "../row.ts";
import { type Value, valuesOf } from "../value.ts";
import type { RunPlain } from "./plain-command.ts";

/** Tables turned: cells to rows and back. (Search Reference: xyseries, untable, transpose) */
export const reshaping: Readonly<Record<string, RunPlain>> = {
  xyseries: (plain, input) => {
    const [x = "", name = "", ...data] = plain.words;
    const options = plain.options(["sep", "format", "grouped"]);
    const rows = new Map<string, Row>();
    const columns = new Set<string>();
    for (const old of input.rows) {
      const key = valuesOf(old.get(x))[0];
      const series = valuesOf(old.get(name))[0];
      if (key === undefined || series === undefined) continue;
      const row: Row = rows.get(key) ?? new Map([[x, key]]);
      rows.set(key, row);
      for (const field of data) {
        const column = data.length === 1 ? series : `${field}${options.text("sep") ?? ": "}${series}`;
        columns.add(column);
        put(row, column, old.get(field));
      }
    }
    return { rows: [...rows.values()], order: [x, ...[...columns].sort()] };
  },
  untable: ({ words }, input) => {
    const [x = "", name = "", value = ""] = words;
    const columns = fieldNames(input).filter((n) => n !== x && !isInternal(n));
    const rows = input.rows.flatMap((old) =>
      columns.flatMap((column) => {
        const cell = old.get(column);
        if (cell === undefined) return [];
        const row: Row = new Map<string, Value>([
          [name, column],
          [value, cell],
        ]);
        put(row, x, old.get(x));
        return [row];
      }),
    );
    return { rows, order: [x, name, value] };
  },
  transpose: (plain, input) => {
    const options = plain.options(["column_name", "header_field", "include_empty"]);
    const limit = Number(plain.words[0] ?? 5);
    const header = options.text("header_field");
    const label = options.text("column_name") ?? "column";
    const shown = input.rows.slice(0, limit === 0 ? undefined : limit);
    const heads = shown.map((row, i) => (header === null ? `row ${i + 1}` : valuesOf(row.get(header)).join(" ")));
    const names = fieldNames(input).filter((n) => n !== header && !isInternal(n));
    const rows = names.map((name) => {
      const row: Row = new Map([[label, name]]);
      putAll(
        row,
        heads,
        shown.map((old) => old.get(name)),
      );
      return row;
    });
    return { rows, order: [label, ...heads] };
  },
};
