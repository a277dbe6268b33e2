import type { Expr, Relation } from "../../plan/nodes.ts";
import { columnRef } from "../values.ts";
import type { RunnablePlugin } from "./plugin-columns.ts";

/**
 * `ipv4_lookup(T, ip, network, further keys, return_unmatched = false)`: the rows with those of T whose network their address lies in.
 * (ipv4-lookup-plugin, ipv6-lookup-plugin)
 */
export function ipLookup(plugin: RunnablePlugin): Relation | null {
  const { input, span, session } = plugin;
  const [table, ip, network, ...rest] = plugin.arguments;
  const given = network?.written.value;
  if (!table?.table || !ip?.value || given?.kind !== "name") return null;
  const other = table.table.columns.find((c) => c.name === given.name);
  if (!other) {
    session.diagnostics.add("KQL101", given.span, `the table that is looked into has no column \`${given.name}\``);
    return null;
  }
  const flag = rest.find((a) => a.written.name?.text === "return_unmatched")?.value;
  const keys = rest.flatMap((a): Expr[] => (a.value?.kind === "column" && !a.written.name ? [a.value] : []));
  return {
    kind: "plugin",
    name: plugin.name,
    input,
    tables: [table.table],
    args: [
      ...[ip.value, columnRef(other, span), ...keys].map((value) => ({ name: null, value })),
      ...(flag ? [{ name: "return_unmatched", value: flag }] : []),
    ],
    open: false,
    columns: plugin.columns,
    span,
  };
}
