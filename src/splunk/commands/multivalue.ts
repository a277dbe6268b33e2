import { limits } from "../limits.ts";
import { Options } from "../options.ts";
import { compilePattern } from "../regex/compile.ts";
import { put, putMulti, type Row } from "../row.ts";
import { multi, valuesOf, valueText } from "../value.ts";
import type { Run } from "./run.ts";

/** Parts a field into several values, at a delimiter or by a pattern; empty ones go unless `allowempty`. (Search Reference: makemv) */
export const runMakemv: Run<"makemv"> = (command, input, engine) => {
  const options = new Options("makemv", command.options, ["delim", "tokenizer", "allowempty", "setsv"]);
  const tokenizer = options.text("tokenizer");
  const delimiter = options.text("delim") ?? " ";
  const allowEmpty = options.flag("allowempty", false);
  const pattern =
    tokenizer === null ? null : compilePattern(engine, options.node("tokenizer") ?? command, tokenizer, true);
  for (const row of input.rows) {
    const value = row.get(command.field);
    if (value === undefined) continue;
    const parts = valuesOf(value).flatMap((text) =>
      pattern === null ? text.split(delimiter) : pattern.all(text).map((match) => match[1] ?? match[0]),
    );
    const kept = allowEmpty ? parts : parts.filter((p) => p !== "");
    if (kept.length > 0) put(row, command.field, multi(kept));
  }
  return input;
};

/** One row for each value of a field; a row without the field stays. (Search Reference: mvexpand) */
export const runMvexpand: Run<"mvexpand"> = (command, { rows, order }, engine) => {
  const result: Row[] = [];
  const limit = command.limit ?? 0;
  let bytes = 0;
  for (const row of rows) {
    const values = valuesOf(row.get(command.field));
    const kept = limit > 0 ? values.slice(0, limit) : values;
    if (values.length === 0)
      engine.warn("SPL212", command, `rows without \`${command.field}\` stay as they are; that is not documented`);
    if (kept.length <= 1) {
      putMulti(row, command.field, kept);
      result.push(row);
      continue;
    }
    const size = sizeOf(row);
    for (const value of kept) {
      bytes += size;
      if (bytes > limits.mvexpand) {
        engine.warn("SPL211", command, "mvexpand meets its memory limit and drops the rest of the rows");
        return { rows: result, order };
      }
      result.push(new Map(row).set(command.field, value));
    }
  }
  return { rows: result, order };
};

function sizeOf(row: Row): number {
  let size = 0;
  for (const [name, value] of row) size += name.length + (typeof value === "number" ? 8 : value.length);
  return size;
}

/** Joins rows that are equal in all other fields, with the values of one beside each other. (Search Reference: mvcombine) */
export const runMvcombine: Run<"mvcombine"> = (command, { rows, order }) => {
  const found = new Map<string, { readonly row: Row; readonly values: string[] }>();
  const result: Row[] = [];
  for (const row of rows) {
    const value = row.get(command.field);
    if (value === undefined) {
      result.push(row);
      continue;
    }
    const others = [...row].filter(([name]) => name !== command.field).map(([name, v]) => [name, valuesOf(v)] as const);
    const key = JSON.stringify(others.sort(([a], [b]) => (a < b ? -1 : 1)));
    const known = found.get(key);
    if (known === undefined) {
      found.set(key, { row, values: [...valuesOf(value)] });
      result.push(row);
    } else known.values.push(...valuesOf(value));
  }
  for (const { row, values } of found.values()) putMulti(row, command.field, values);
  return { rows: result, order };
};

/** Makes one value of several, one under the other. (Search Reference: nomv) */
export const runNomv: Run<"nomv"> = (command, input) => {
  for (const row of input.rows) {
    const value = row.get(command.field);
    if (value !== undefined) row.set(command.field, valueText(value));
  }
  return input;
};
