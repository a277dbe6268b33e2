import type { Options } from "../options.ts";
import { expandNames, fieldNames, isInternal, type Row, type Table } from "../row.ts";
import { looksNumeric, type Value, valuesOf } from "../value.ts";
import type { RunPlain } from "./plain-command.ts";

/** Sums over columns and rows. (Search Reference: addtotals, addcoltotals, accum, delta) */
export const totals: Readonly<Record<string, RunPlain>> = {
  addtotals: (plain, input) => {
    const options = plain.options(["row", "col", "labelfield", "label", "fieldname"]);
    const names =
      plain.words.length > 0
        ? expandNames(plain.words, fieldNames(input))
        : fieldNames(input).filter((n) => !isInternal(n));
    const field = options.text("fieldname") ?? "Total";
    if (options.flag("row", true)) for (const row of input.rows) row.set(field, sum(names.map((n) => row.get(n))));
    if (!options.flag("col", false)) return input;
    return withColumnTotals(input, [...names, ...(options.flag("row", true) ? [field] : [])], options);
  },
  addcoltotals: (plain, input) => {
    const options = plain.options(["labelfield", "label"]);
    const names =
      plain.words.length > 0
        ? expandNames(plain.words, fieldNames(input))
        : fieldNames(input).filter((n) => !isInternal(n));
    return withColumnTotals(input, names, options);
  },
  accum: ({ words }, input) => {
    const [field = "", , as = field] = words;
    let total = 0;
    for (const row of input.rows) {
      const text = valuesOf(row.get(field))[0];
      if (text === undefined || !looksNumeric(text)) continue;
      total += Number(text);
      row.set(as, total);
    }
    return input;
  },
  delta: (plain, input) => {
    const [field = "", , as = `delta(${field})`] = plain.words;
    const distance = plain.options(["p"]).whole("p", 1);
    const values = input.rows.map((row) => Number(valuesOf(row.get(field))[0] ?? Number.NaN));
    input.rows.forEach((row, i) => {
      const change = (values[i] ?? Number.NaN) - (values[i - distance] ?? Number.NaN);
      if (!Number.isNaN(change)) row.set(as, change);
    });
    return input;
  },
};

function sum(values: readonly (Value | undefined)[]): number {
  return values.flatMap(valuesOf).reduce((total, text) => (looksNumeric(text) ? total + Number(text) : total), 0);
}

function withColumnTotals(input: Table, names: readonly string[], options: Options): Table {
  const row: Row = new Map();
  for (const name of names) {
    const values = input.rows.map((r) => r.get(name));
    if (values.some((v) => valuesOf(v).some(looksNumeric))) row.set(name, sum(values));
  }
  const label = options.text("labelfield");
  if (label !== null) row.set(label, options.text("label") ?? "Total");
  return { rows: [...input.rows, row], order: input.order };
}
