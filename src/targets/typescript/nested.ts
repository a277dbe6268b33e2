import type { ParseKv, TopHitters, TopNested } from "../../plan/nodes.ts";
import { aggregateCall } from "./aggregate.ts";
import { expression, selector } from "./expression.ts";
import { type Code, listOf, objectOf } from "./layout.ts";
import { keyLiteral, stringLiteral } from "./literal.ts";
import { emptyOf } from "./record.ts";
import type { Session } from "./session.ts";

/** `{ name: "a", of: (row) => row.a, as: "n", by: count(), most: 3 }` for every level */
export function nestedArguments(relation: TopNested, session: Session): readonly Code[] {
  return relation.levels.map(({ key, aggregate, count, others, descending }): Code => {
    const [result] = aggregate.columns;
    const parts: Code[] = [
      `name: ${stringLiteral(key.name)}`,
      ["of: ", selector(key.value, session)],
      `as: ${stringLiteral(result?.name ?? "")}`,
      ["by: ", aggregateCall(aggregate, session)],
    ];
    if (count) parts.push(["most: ", expression(count, session, false)]);
    if (!descending) parts.push("ascending: true");
    if (others) parts.push(["others: ", expression(others, session, false)]);
    const hasOthers = relation.levels.some((l) => l.others !== null);
    if (hasOthers) parts.push(`empty: [${emptyOf(key.value.type)}, ${emptyOf(result?.type ?? "unknown")}]`);
    return objectOf(parts);
  });
}

/** `3, "a", (row) => row.a, "approximate_count_a", count()` */
export function hittersArguments(relation: TopHitters, session: Session): readonly Code[] {
  const { count, key, weight, columns, span } = relation;
  const result = columns[1] ?? { name: "", type: "long" };
  const by = aggregateCall(
    weight
      ? { function: "sum", args: [weight], columns: [result], span }
      : { function: "count", args: [], columns: [result], span },
    session,
  );
  const most = expression(count, session, false);
  return [most, stringLiteral(key.name), selector(key.value, session), stringLiteral(result.name), by];
}

/** `(row) => row.text, { a: "string" }, { pairs: ";", keys: "=" }` */
export function parseKvArguments(relation: ParseKv, session: Session): readonly Code[] {
  const { value, keys, pairDelimiter, kvDelimiter, quotes, escape: mark, greedy } = relation;
  const options: Code[] = [];
  if (pairDelimiter !== undefined) options.push(`pairs: ${stringLiteral(pairDelimiter)}`);
  if (kvDelimiter !== undefined) options.push(`keys: ${stringLiteral(kvDelimiter)}`);
  if (quotes !== undefined) options.push(["quotes: ", listOf("[", quotes.map(stringLiteral), "]")]);
  if (mark !== undefined) options.push(`escape: ${stringLiteral(mark)}`);
  if (greedy) options.push("greedy: true");
  const schema = objectOf(keys.map((k) => `${keyLiteral(k.name)}: "${k.type}"`));
  return [selector(value, session), schema, ...(options.length === 0 ? [] : [objectOf(options)])];
}
