import type { Aggregate, AggregateCall, Expr, NamedExpr } from "../../plan/nodes.ts";
import { aggregation, emptyArguments, resultField, sizeLimit, withZeroSums } from "./aggregation.ts";
import { type Context, temporaryField, Unsupported } from "./context.ts";
import { assign, fillWithEmpty } from "./extend.ts";
import type { Key } from "./group-keys.ts";
import { columnsIn } from "./partial.ts";
import { select, tableOf } from "./project.ts";
import { type Search, withCommands } from "./search.ts";

/** `arg_max(T, …) by k`: the newest row first, then the first row of each key. */
export function chosenRows(
  aggregate: Aggregate,
  chooser: AggregateCall,
  by: readonly Key[],
  search: Search,
  needed: ReadonlySet<string> | null,
  context: Context,
): Search {
  const [by1, ...rest] = chooser.args;
  if (by1 === undefined || aggregate.aggregates.some((a) => a !== chooser && a.function.startsWith("arg_"))) {
    throw new Unsupported("aggregate", chooser.function, "rows are chosen by one column at a time", chooser.span);
  }
  let current = search;
  // The aggregates' results must not take the place of a field that the chosen row still gives.
  const kept = new Set([...chooser.args.flatMap((arg) => [...columnsIn(arg)]), ...by.map((k) => k.field)]);
  const others = aggregate.aggregates
    .filter((a) => a !== chooser)
    .map((a) => ({
      ...a,
      columns: a.columns.map((c) => ({
        ...c,
        as: c.name,
        name: kept.has(c.name) ? temporaryField(context, `${c.name}_of_group`, current.fields.keys()) : c.name,
      })),
    }));
  if (others.length > 0) {
    current = fillWithEmpty(
      current,
      others.flatMap((a) => emptyArguments(a, search)),
    );
    const aggregations = others.map((a) => aggregation(a, current, context));
    current = withCommands(current, { kind: "eventstats", options: [], aggregations, by: by.map((k) => k.field) });
    const fields = new Map(current.fields);
    for (const a of others) for (const c of a.columns) fields.set(c.name, resultField(a, c.type, current));
    current = withZeroSums(others, search, by, { ...current, fields });
    const cut = others.flatMap(sizeLimit);
    if (cut.length > 0) current = withCommands(current, { kind: "eval", assignments: cut });
  }
  const known = by1.kind === "column" ? current.fields.get(by1.name) : undefined;
  const isField = by1.kind === "column" && known?.textTime !== true && (known?.missing ?? null) === null;
  const sortName = isField ? by1.name : temporaryField(context, "sort_key", current.fields.keys());
  if (!isField) current = assign([{ name: sortName, value: by1 }], current, context);
  const type = by1.type === "string" ? "str" : null;
  current = withCommands(current, {
    kind: "sort",
    limit: 0,
    keys: [{ field: sortName, descending: chooser.function === "arg_max", type }],
  });
  current = withCommands(
    current,
    by.length === 0
      ? { kind: "head", limit: 1 }
      : { kind: "dedup", count: null, fields: by.map((k) => k.field), options: [] },
  );
  const results: readonly NamedExpr[] = [
    ...by.map((k) => ({ name: k.name, value: keyColumn(k, aggregate) })),
    ...[by1, ...rest].flatMap((arg, i) => {
      const column = chooser.columns[i];
      return column === undefined ? [] : [{ name: column.name, value: arg }];
    }),
    ...others.flatMap((a) =>
      a.columns.map(
        (c): NamedExpr => ({ name: c.as, value: { kind: "column", name: c.name, type: c.type, span: a.span } }),
      ),
    ),
  ];
  const made = select(needed === null ? results : results.filter((r) => needed.has(r.name)), current, context);
  return needed === null
    ? {
        ...tableOf(
          aggregate.columns.map((c) => c.name),
          made,
        ),
        weight: null,
      }
    : { ...made, whole: false, weight: null };
}

function keyColumn(key: Key, aggregate: Aggregate): Expr {
  const type = aggregate.keys.find((k) => k.name === key.name)?.value.type ?? "string";
  return { kind: "column", name: key.field, type, span: aggregate.span };
}
