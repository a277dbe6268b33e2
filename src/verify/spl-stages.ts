import type { Command, Pipeline, SearchExpr } from "../spl/tree.ts";

/** Commands that work on each row by itself: before the first other one, a row is still one event. */
const rowwise = new Set<Command["kind"]>([
  "search",
  "where",
  "eval",
  "rex",
  "regex",
  "replace",
  "fillnull",
  "rename",
  "makemv",
  "mvexpand",
  "nomv",
  "spath",
  "convert",
  "bin",
  "lookup",
  "comment",
  "sort",
]);

/**
 * The commands up to the first one that makes rows of several events, over events as they are: a `tstats` becomes the search that it
 * begins with, names lose the data model's prefix, and what only chooses columns is left out, so that `_id` stays.
 */
export function eventStages(pipeline: Pipeline): readonly Command[] {
  const stages: Command[] = [];
  let prefix = "";
  for (const [i, command] of pipeline.commands.entries()) {
    if (command.kind === "tstats" && i === 0) {
      prefix = `${command.dataModel?.split(".").at(-1) ?? ""}.`;
      const expr: SearchExpr = command.where ?? { kind: "compare", field: "_time", operator: "=", value: "*" };
      stages.push(withoutPrefix({ kind: "search", expr }, prefix));
    } else if (command.kind === "table" || command.kind === "fields") {
      if (stages.length === 0) return stages;
    } else if (command.kind === "rename" && command.pairs.every((p) => p.from === `${prefix}*`)) {
      // The prefix is gone already.
    } else if (!rowwise.has(command.kind)) return stages;
    else stages.push(prefix === "" ? command : withoutPrefix(command, prefix));
  }
  return stages;
}

const nameKeys = new Set(["field", "name", "from", "to", "as", "fields", "by"]);

/** The same command with field names without the prefix of their dataset. */
export function withoutPrefix<T>(node: T, prefix: string): T {
  if (prefix === "" || prefix === ".") return node;
  const visit = (value: unknown, key: string): unknown => {
    if (typeof value === "string")
      return nameKeys.has(key) && value.startsWith(prefix) ? value.slice(prefix.length) : value;
    if (Array.isArray(value)) return value.map((item) => visit(item, key));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, visit(v, k)]));
  };
  return visit(node, "") as T;
}
