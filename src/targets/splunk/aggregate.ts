import type { Aggregate } from "../../plan/nodes.ts";
import type { Command } from "../../spl/tree.ts";
import { aggregation, emptyArguments, resultField, sizeLimit, withZeroSums } from "./aggregation.ts";
import { chosenRows } from "./chosen-rows.ts";
import { type Field, present } from "./columns.ts";
import type { Context } from "./context.ts";
import { fillWithEmpty } from "./extend.ts";
import { grouped, type Key } from "./group-keys.ts";
import { renamed, tableOf } from "./project.ts";
import { type Search, settled, withCommands } from "./search.ts";

/** `summarize`, `distinct`, `count`. */
export function emitAggregate(
  aggregate: Aggregate,
  input: Search,
  needed: ReadonlySet<string> | null,
  context: Context,
): Search {
  const before = settled(input, context);
  const chooser = aggregate.aggregates.find((a) => a.function === "arg_max" || a.function === "arg_min");
  const { search, by } = grouped(aggregate, before, context);
  if (chooser) return chosenRows(aggregate, chooser, by, search, needed, context);
  if (aggregate.aggregates.length === 0) return distinct(aggregate, by, search);
  const filled = fillWithEmpty(
    search,
    aggregate.aggregates.flatMap((a) => emptyArguments(a, search)),
  );
  const aggregations = aggregate.aggregates.map((a) => aggregation(a, filled, context));
  const stats: Command = { kind: "stats", options: [], aggregations, by: by.map((k) => k.field) };
  const fields = new Map<string, Field>([
    ...by.map((k): [string, Field] => [k.field, filled.fields.get(k.field) ?? present("string")]),
    ...aggregate.aggregates.flatMap((a) =>
      a.columns.map((c): [string, Field] => [c.name, resultField(a, c.type, filled)]),
    ),
  ]);
  const cut = aggregate.aggregates.flatMap(sizeLimit);
  const done: Search = { ...withCommands(filled, stats), fields, whole: false, weight: null };
  const named = renamed(
    done,
    by.filter((k) => k.field !== k.name).map((k) => ({ from: k.field, to: k.name })),
  );
  const summed = withZeroSums(aggregate.aggregates, filled, by, named);
  return cut.length === 0 ? summed : withCommands(summed, { kind: "eval", assignments: cut });
}

function distinct(aggregate: Aggregate, by: readonly Key[], search: Search): Search {
  const deduplicated = withCommands(search, {
    kind: "dedup",
    count: null,
    fields: by.map((k) => k.field),
    options: [],
  });
  const named = renamed(
    deduplicated,
    by.filter((k) => k.field !== k.name).map((k) => ({ from: k.field, to: k.name })),
  );
  return {
    ...tableOf(
      aggregate.keys.map((k) => k.name),
      named,
    ),
    weight: null,
  };
}
