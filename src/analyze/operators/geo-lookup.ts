import type { PluginArgument, Relation } from "../../plan/nodes.ts";
import { columnRef } from "../values.ts";
import type { RunnablePlugin } from "./plugin-columns.ts";

/**
 * `geo_polygon_lookup(T, polygon, longitude, latitude)`, `geo_line_lookup(T, line, longitude, latitude, meters)`: the rows with those
 * of T whose shape holds, or is near, their place. (geo-polygon-lookup-plugin, geo-line-lookup-plugin)
 */
export function geoLookup({ name, input, columns, arguments: all, span, session }: RunnablePlugin): Relation | null {
  const [table, shape, ...rest] = all;
  const written = shape?.written.value;
  if (!table?.table || written?.kind !== "name") return null;
  const column = table.table.columns.find((c) => c.name === written.name);
  if (!column) {
    session.diagnostics.add("KQL101", written.span, `the table that is looked into has no column \`${written.name}\``);
    return null;
  }
  const args = rest.flatMap(({ written: argument, value }): PluginArgument[] =>
    value ? [{ name: argument.name?.text ?? null, value }] : [],
  );
  if (args.length < rest.length) return null;
  const first = { name: null, value: columnRef(column, written.span) };
  return { kind: "plugin", name, input, tables: [table.table], args: [first, ...args], open: false, columns, span };
}
