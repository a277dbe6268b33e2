import type { Plugin, Relation } from "../../plan/nodes.ts";
import type { After } from "./aggregate.ts";
import { expression, selector } from "./expression.ts";
import { type Chain, type Code, listOf, objectOf } from "./layout.ts";
import { keyLiteral, memberOf } from "./literal.ts";
import { emptyOf } from "./record.ts";
import { type Session, unsupported } from "./session.ts";

/** `evaluate` of a plugin that runs as itself: the lookups of addresses. */
export function pluginCode(relation: Plugin, session: Session, inner: (r: Relation) => Chain, after: After): Chain {
  const [table] = relation.tables;
  const [ip, network, unmatched, ...keys] = relation.args;
  if (!table || !ip || network?.kind !== "column" || !unmatched) {
    unsupported(session, "no-plugin", relation.name, `the plugin ${relation.name} cannot be run yet`, relation.span);
    return inner(relation.input);
  }
  const shared = new Set(keys.flatMap((k) => (k.kind === "column" ? [k.name] : [])));
  const added = table.columns.filter((c) => !shared.has(c.name));
  const outer = unmatched.kind !== "literal" || unmatched.value === true;
  const fields = relation.columns.slice(relation.input.columns.length).map((c, i): Code => {
    const from = memberOf("network", added[i]?.name ?? c.name);
    return `${keyLiteral(c.name)}: ${from}${outer ? ` ?? ${emptyOf(c.type)}` : ""}`;
  });
  const args: Code[] = [
    inner(table),
    selector(ip, session),
    `(network) => ${memberOf("network", network.name)}`,
    ["(row, network) => (", objectOf(["...row", ...fields]), ")"],
  ];
  const options: Code[] = [];
  if (outer) options.push(["unmatched: ", expression(unmatched, session, false)]);
  if (shared.size > 0) {
    const both = (side: string): Code => [
      `(${side}) => `,
      listOf(
        "[",
        [...shared].map((name) => memberOf(side, name)),
        "]",
      ),
    ];
    options.push(["keys: ", both("row")], ["networkKeys: ", both("network")]);
  }
  const name = relation.name === "ipv4_lookup" ? "ipv4Lookup" : "ipv6Lookup";
  return after(relation.input, name, options.length === 0 ? args : [...args, objectOf(options)]);
}
