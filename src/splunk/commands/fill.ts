import { expandNames, fieldNames, isInternal, put } from "../row.ts";
import type { Value } from "../value.ts";
import type { Run } from "./run.ts";

/** Gives a value to missing fields: the listed ones, made if need be, or all that occur. (Search Reference: fillnull) */
export const runFillnull: Run<"fillnull"> = (command, input) => {
  const value = command.value ?? "0";
  const names = fieldNames(input);
  const fields = command.fields.length > 0 ? expandNames(command.fields, names) : names.filter((n) => !isInternal(n));
  for (const row of input.rows) for (const name of fields) if (!row.has(name)) row.set(name, value);
  return input;
};

/** Gives a missing field the last value before it. (Search Reference: filldown) */
export const runFilldown: Run<"filldown"> = (command, input) => {
  const names = fieldNames(input);
  const fields = command.fields.length > 0 ? expandNames(command.fields, names) : names.filter((n) => !isInternal(n));
  const last = new Map<string, Value>();
  for (const row of input.rows) {
    for (const name of fields) {
      const value = row.get(name);
      if (value === undefined) put(row, name, last.get(name));
      else last.set(name, value);
    }
  }
  return input;
};
