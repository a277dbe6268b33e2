import type { PluginArgument, Relation } from "../../plan/nodes.ts";
import type { RunnablePlugin } from "./plugin-columns.ts";

/** A plugin that runs with its arguments as they are: values over the rows and constants. null where one is something else. */
export function overTime({ name, input, columns, arguments: given, span }: RunnablePlugin): Relation | null {
  const args = given.flatMap(({ written, value }): PluginArgument[] =>
    value ? [{ name: written.name?.text ?? null, value }] : [],
  );
  if (args.length < given.length) return null;
  return { kind: "plugin", name, input, tables: [], args, open: false, columns, span };
}
