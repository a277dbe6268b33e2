import { compilePattern } from "../regex/compile.ts";
import { valuesOf } from "../value.ts";
import type { Run } from "./run.ts";

/**
 * Keeps rows whose field matches; with `!=` those whose field does not, also where it is missing. Of several values one is enough
 * to match. (Search Reference: regex)
 */
export const runRegex: Run<"regex"> = (command, { rows, order }, engine) => {
  const field = command.field ?? "_raw";
  const pattern = compilePattern(engine, command, command.pattern, false);
  const matches = (row: (typeof rows)[number]): boolean => valuesOf(row.get(field)).some((text) => pattern.test(text));
  return { rows: rows.filter((row) => matches(row) !== command.negated), order };
};
