import { looksLikeXml, spathAll, spathValues } from "../json/spath.ts";
import { limits } from "../limits.ts";
import { SplProblem } from "../problem.ts";
import { put, putMulti } from "../row.ts";
import { multi, valuesOf, valueText } from "../value.ts";
import type { Run } from "./run.ts";

/**
 * Takes values out of JSON: the one at a path, or all of them under their paths; a value that is not there removes nothing.
 * (Search Reference: spath)
 */
export const runSpath: Run<"spath"> = (command, input, engine) => {
  const field = command.input ?? "_raw";
  for (const row of input.rows) {
    const value = row.get(field);
    if (value === undefined) continue;
    const text = valueText(value);
    if (looksLikeXml(text))
      throw new SplProblem("SPL201", command, `spath of XML, as in \`${field}\`, is not run here`);
    if (command.path !== null) {
      const { path } = command;
      const values = valuesOf(value).flatMap((t) => spathValues(t, path));
      if (values.length > 0) put(row, command.output ?? path, multi(values));
      continue;
    }
    if (text.length > limits.spath) {
      engine.warn(
        "SPL211",
        command,
        `spath without a path reads the first ${limits.spath} characters only; here it reads all`,
      );
    }
    for (const [name, found] of spathAll(text) ?? []) putMulti(row, name, found);
  }
  return input;
};
