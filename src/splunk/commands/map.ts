import { SplProblem } from "../problem.ts";
import type { Row } from "../row.ts";
import { valueText } from "../value.ts";
import type { RunPlain } from "./plain-command.ts";

/** Runs a search for each row, `$field$` in it standing for the row's value; for ten rows unless told otherwise. (Search Reference: map) */
export const runMap: RunPlain = ({ node, engine, options }, input) => {
  const given = options(["search", "maxsearches"]);
  const subsearch = node.args.find((arg) => arg.kind === "subsearch");
  const text = given.text("search");
  if (text === null || subsearch !== undefined) {
    throw new SplProblem("SPL201", node, "map of anything but a quoted search is not run here");
  }
  // A search that cannot be run is found without any row.
  engine.parse(text.replace(/\$(?:[\w.{}]+)\$/g, "1"));
  const limit = given.whole("maxsearches", 10);
  if (input.rows.length > limit) engine.warn("SPL211", node, `map runs ${limit} of ${input.rows.length} searches`);
  const rows = input.rows.slice(0, limit).flatMap((row): Row[] => {
    let isMissing = false;
    const search = text.replace(/\$([\w.{}]+)\$/g, (_, name: string) => {
      const value = row.get(name);
      isMissing ||= value === undefined;
      return value === undefined ? "" : valueText(value).replace(/["\\]/g, "\\$&");
    });
    return isMissing ? [] : engine.run(engine.parse(search)).rows;
  });
  return { rows, order: [] };
};
