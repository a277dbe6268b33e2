import type { Series } from "../../plan/nodes.ts";
import { aggregateCall } from "./aggregate.ts";
import { expression, selector } from "./expression.ts";
import { type Code, objectOf } from "./layout.ts";
import { keyLiteral } from "./literal.ts";
import { record } from "./record.ts";
import { type Session, unsupported, use } from "./session.ts";

/** `{ t: (row) => row.t, from: …, to: …, step: … }, { s: series(sum((row) => row.v), 0) }` */
export function seriesArguments(relation: Series, session: Session): readonly Code[] {
  const constant = (e: Parameters<typeof expression>[0]): Code => expression(e, session, false);
  const axis: Code[] = [
    [`on: `, selector(relation.on.value, session)],
    ...(relation.from ? [["from: ", constant(relation.from)]] : []),
    ...(relation.to ? [["to: ", constant(relation.to)]] : []),
    ["step: ", constant(relation.step)],
    ...(relation.keys.length > 0 ? [["by: ", record(relation.keys, session)]] : []),
    ...(relation.inclusive ? ["inclusive: true"] : []),
    ...(relation.nonempty ? ["nonempty: true"] : []),
  ];
  const values = relation.aggregates.map((call): Code => {
    const [column, second] = call.columns;
    if (column === undefined || second !== undefined)
      unsupported(session, "wide-series", call.function, `a series of ${call.function} cannot be run`, call.span);
    const name = use(session, column?.type === "real" ? "seriesOfReals" : "series");
    const args = [aggregateCall(call, session), ", ", constant(call.default)];
    return [`${keyLiteral(column?.name ?? "")}: ${name}(`, args, ")"];
  });
  return [`"${relation.on.name.replace(/["\\]/g, "\\$&")}"`, objectOf(axis), objectOf(values)];
}
