import { aggregateFunction } from "../../functions/index.ts";
import { isStored, runtimeFor } from "../../functions/variants.ts";
import type { Aggregate, AggregateCall, Relation } from "../../plan/nodes.ts";
import { expression, selector, stored } from "./expression.ts";
import { type Chain, type Code, callOf, listOf, objectOf } from "./layout.ts";
import { keyLiteral, stringLiteral } from "./literal.ts";
import { emptyOf, record } from "./record.ts";
import { type Session, unsupported, use } from "./session.ts";

/** Adds a call to the chain of an input. */
export type After = (input: Relation, name: string, args: readonly Code[]) => Chain;

/** As many aggregates with several columns as `summarize` takes. */
const mostWide = 3;

/** `summarize`, `distinct` and `count`. */
export function aggregateCode(relation: Aggregate, session: Session, after: After): Chain {
  const { input, keys, aggregates, keyword } = relation;
  const [only] = aggregates;
  if (aggregates.length === 0) return after(input, "distinct", [record(keys, session)]);
  if (keyword === "count" && only !== undefined) {
    const name = only.columns[0]?.name ?? "Count";
    return after(input, "count", name === "Count" ? [] : [stringLiteral(name)]);
  }
  const single: Code[] = [];
  const wide: Code[] = [];
  for (const call of aggregates) {
    const [column] = call.columns;
    if (call.function === "arg_max" || call.function === "arg_min" || column === undefined)
      wide.push(wideAggregate(call, relation, session));
    else single.push([`${keyLiteral(column.name)}: `, aggregateCall(call, session)]);
  }
  if (wide.length > mostWide) {
    unsupported(
      session,
      "many-arg-max",
      "summarize",
      `more than ${mostWide} of arg_max and arg_min in one summarize cannot be run yet`,
      relation.span,
    );
  }
  const parts = [objectOf(single), ...wide];
  return keys.length === 0
    ? after(input, "summarize", parts)
    : after(input, "summarizeBy", [record(keys, session), ...parts]);
}

const withEmpty = new Set(["min", "max", "minif", "maxif", "take_any", "take_anyif"]);

/** `sum((row) => row.bytes)` */
export function aggregateCall(call: AggregateCall, session: Session): Code {
  const row = aggregateFunction(call.function);
  const run =
    row &&
    runtimeFor(
      row,
      call.args.map((a) => a.type),
    );
  if (row === undefined || run === undefined) {
    unsupported(session, "no-function", call.function, `the aggregate ${call.function} cannot be run yet`, call.span);
    return "null";
  }
  const firstConstant = row.constants?.[0] ?? call.args.length;
  const args = call.args.map(
    (arg, i): Code =>
      i >= firstConstant
        ? expression(arg, session, true)
        : isStored(row, i, arg.type, call.columns[0]?.type ?? "unknown")
          ? ["(row) => ", stored(arg, expression(arg, session, true), session)]
          : selector(arg, session, row.parameters[i] === "bool"),
  );
  if (withEmpty.has(call.function) && call.args[0]?.type === "string") args.push('""');
  return args.length > 1 ? listOf(`${use(session, run)}(`, args, ")") : callOf(use(session, run), args);
}

/** `argMax((row) => row.time, (row) => ({ time: row.time, … }))`; without groups there may be no row, and then the columns are empty. */
function wideAggregate(call: AggregateCall, relation: Aggregate, session: Session): Code {
  const row = aggregateFunction(call.function);
  const [key] = call.args;
  const run = row?.run;
  if (run === undefined || key === undefined) {
    unsupported(session, "no-function", call.function, `the aggregate ${call.function} cannot be run yet`, call.span);
    return "null";
  }
  const needed = session.needs.of(relation);
  const values = call.columns.flatMap(({ name, type }, i) => {
    const value = call.args[i];
    return value !== undefined && (needed.has(name) || call.columns.length === 1) ? [{ name, type, value }] : [];
  });
  const empty = objectOf(values.map(({ name, type }) => `${keyLiteral(name)}: ${emptyOf(type)}`));
  const args = [selector(key, session), record(values, session), ...(relation.keys.length === 0 ? [empty] : [])];
  return listOf(`${use(session, run)}(`, args, ")");
}
