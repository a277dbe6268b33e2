import { limits } from "../limits.ts";
import { Options } from "../options.ts";
import type { Table } from "../row.ts";
import { putAll, type Row } from "../row.ts";
import { groupRows } from "../stats/group.ts";
import { compareText } from "../value.ts";
import type { NodeOf, Run } from "./run.ts";

/** The most frequent values, with their count and share. (Search Reference: top) */
export const runTop: Run<"top"> = (command, input) => frequencies(command, input, -1);

/** The least frequent values. (Search Reference: rare) */
export const runRare: Run<"rare"> = (command, input) => frequencies(command, input, 1);

/** Rows without one of the fields do not count; percent is the share in the by-group. */
function frequencies(command: NodeOf<"top">, input: Table, direction: 1 | -1): Table {
  const options = new Options(command.kind, command.options, [
    "limit",
    "countfield",
    "percentfield",
    "showcount",
    "showperc",
    "useother",
    "otherstr",
  ]);
  const limit = command.limit ?? options.whole("limit", limits.top);
  const by = command.by.length;
  const parts = new Map<
    string,
    {
      readonly keys: readonly string[];
      readonly counts: { readonly values: readonly string[]; readonly rows: number }[];
    }
  >();
  for (const group of groupRows(input.rows, [...command.by, ...command.fields], [], false)) {
    const keys = group.keys.slice(0, by);
    const id = JSON.stringify(keys);
    const part = parts.get(id) ?? { keys, counts: [] };
    parts.set(id, part);
    part.counts.push({ values: group.keys.slice(by), rows: group.rows });
  }
  const countField = options.text("countfield") ?? "count";
  const percentField = options.text("percentfield") ?? "percent";
  const rows = [...parts.values()].flatMap(({ keys, counts }) => {
    const total = counts.reduce((sum, c) => sum + c.rows, 0);
    counts.sort((a, b) => direction * (a.rows - b.rows) || compareText(a.values.join("\n"), b.values.join("\n")));
    const kept = limit === 0 ? counts : counts.slice(0, limit);
    const rest = counts.slice(kept.length).reduce((sum, c) => sum + c.rows, 0);
    const other = options.text("otherstr") ?? "OTHER";
    const all =
      rest > 0 && options.flag("useother", false)
        ? [...kept, { values: command.fields.map(() => other), rows: rest }]
        : kept;
    return all.map((c) => {
      const row: Row = new Map();
      putAll(row, command.by, keys);
      putAll(row, command.fields, c.values);
      if (options.flag("showcount", true)) row.set(countField, c.rows);
      if (options.flag("showperc", true)) row.set(percentField, Number(((c.rows / total) * 100).toFixed(6)));
      return row;
    });
  });
  const shown = [
    options.flag("showcount", true) ? [countField] : [],
    options.flag("showperc", true) ? [percentField] : [],
  ];
  return { rows, order: [...command.by, ...command.fields, ...shown.flat()] };
}
