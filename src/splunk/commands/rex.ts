import type { Engine } from "../engine.ts";
import { Options } from "../options.ts";
import { SplProblem } from "../problem.ts";
import { compilePattern } from "../regex/compile.ts";
import { sedScript } from "../regex/sed.ts";
import { put, putMulti, type Row } from "../row.ts";
import { multi, numberText, valuesOf } from "../value.ts";
import type { NodeOf, Run } from "./run.ts";

/**
 * Takes named groups of a match as fields; a row that does not match stays as it is. `max_match` more than 1, or 0 for all,
 * gives multivalue fields. `mode=sed` replaces in the field. (Search Reference: rex)
 */
export const runRex: Run<"rex"> = (command, input, engine) => {
  const options = new Options("rex", command.options, ["field", "mode", "max_match", "offset_field"]);
  const field = command.field ?? options.text("field") ?? "_raw";
  if (options.oneOf("mode", ["sed", "extract"], "extract") === "sed") {
    sed(command, field, input.rows, engine);
    return input;
  }
  const pattern = compilePattern(engine, command, command.pattern, true);
  if (pattern.names.length === 0) {
    throw new SplProblem("SPL203", command, "the pattern of rex has no named group", "write (?<name>…)");
  }
  const limit = options.whole("max_match", 1);
  const offsets = options.text("offset_field");
  for (const row of input.rows) {
    const matches = valuesOf(row.get(field)).flatMap((text) => pattern.all(text, limit === 0 ? undefined : limit));
    const kept = limit === 0 ? matches : matches.slice(0, limit);
    if (kept.length === 0) continue;
    for (const name of pattern.names) {
      const found = kept.flatMap((match) => match.groups?.[name] ?? []);
      const values = found.filter((v) => v !== "");
      if (values.length < found.length) {
        engine.warn(
          "SPL212",
          command,
          `the group \`${name}\` matches nothing in some rows; here its field is then not set`,
        );
      }
      if (values.length > 0) putMulti(row, name, values);
    }
    const [first] = kept;
    if (offsets !== null && first !== undefined) put(row, offsets, offsetText(first, pattern.names));
  }
  return input;
};

/** `name=0-4`, the first and last character of each group. */
function offsetText(match: RegExpExecArray, names: readonly string[]): string {
  return names
    .flatMap((name) => {
      const value = match.groups?.[name];
      if (value === undefined) return [];
      const start = match.index + match[0].indexOf(value);
      return [`${name}=${numberText(start)}-${numberText(start + value.length - 1)}`];
    })
    .join("&");
}

function sed(command: NodeOf<"rex">, field: string, rows: readonly Row[], engine: Engine): void {
  const edit = sedScript(engine, command, command.pattern);
  for (const row of rows) {
    const value = row.get(field);
    if (value !== undefined) put(row, field, multi(valuesOf(value).map(edit)));
  }
}
