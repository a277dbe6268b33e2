import { noSpan } from "../../diagnostics/source.ts";
import type { Aggregate, AggregateCall, Expr, NamedExpr } from "../../plan/nodes.ts";
import { printExpr } from "../../plan/print.ts";
import { binary, call, type EvalExpr, field, nullValue, number } from "../../spl/eval.ts";
import type { Aggregation, Command } from "../../spl/tree.ts";
import { type Field, nullable, present } from "./columns.ts";
import { approximate, type Context, info, temporaryField, Unsupported } from "./context.ts";
import { assign, fillWithEmpty } from "./extend.ts";
import { renamed, select, tableOf } from "./project.ts";
import { type Search, scopeOf, settled, withCommands } from "./search.ts";
import { condition, textOf, value } from "./translate.ts";

/** `summarize`, `distinct`, `count`. */
export function emitAggregate(
  aggregate: Aggregate,
  input: Search,
  needed: ReadonlySet<string> | null,
  context: Context,
): Search {
  const before = settled(input, context);
  const chooser = aggregate.aggregates.find((a) => a.function === "arg_max" || a.function === "arg_min");
  const { search, by } = grouped(aggregate.keys, before, context);
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
  return cut.length === 0 ? named : withCommands(named, { kind: "eval", assignments: cut });
}

interface Key {
  readonly field: string;
  readonly name: string;
}

/** The fields to group by, made where they are computed, and never absent: a group without a key would go. */
function grouped(
  keys: readonly NamedExpr[],
  search: Search,
  context: Context,
): { readonly search: Search; readonly by: readonly Key[] } {
  const isPlain = (k: NamedExpr): boolean =>
    k.value.kind === "column" &&
    search.fields.get(k.value.name)?.textTime !== true &&
    keys.filter(
      (other) => other.value.kind === "column" && k.value.kind === "column" && other.value.name === k.value.name,
    ).length === 1 &&
    !keys.some((other) => other !== k && k.value.kind === "column" && other.name === k.value.name);
  const computed = keys.filter((k) => !isPlain(k));
  const by = keys.map((k) => ({
    name: k.name,
    field: isPlain(k) && k.value.kind === "column" ? k.value.name : k.name,
  }));
  const made = computed.length === 0 ? search : assign(computed, search, context);
  for (const { field: name } of by) {
    const missing = made.fields.get(name)?.missing ?? null;
    if (missing !== null)
      info(context, "absent-values", name, `an absent value shows as ${missing}`, keys[0]?.value.span ?? noSpan);
  }
  for (const key of keys) {
    const known = made.fields.get(by.find((b) => b.name === key.name)?.field ?? "");
    if (known?.shape === "several") {
      approximate(
        context,
        "array-key",
        printExpr(key.value),
        "a group for every element, where KQL has one for the whole array",
        "the array has more than one element",
        key.value.span,
      );
    }
  }
  return {
    search: fillWithEmpty(
      made,
      by.map((k) => k.field),
    ),
    by,
  };
}

/** String columns whose absent values count as "". */
function emptyArguments(call: AggregateCall, search: Search): readonly string[] {
  if (!["make_set", "make_list", "dcount", "count_distinct"].includes(call.function)) return [];
  const [argument] = call.args;
  return argument?.kind === "column" && argument.type === "string" && search.fields.has(argument.name)
    ? [argument.name]
    : [];
}

const plain: Readonly<Record<string, string>> = {
  dcount: "dc",
  count_distinct: "dc",
  sum: "sum",
  avg: "avg",
  min: "min",
  max: "max",
  make_set: "values",
  make_list: "list",
  take_any: "first",
  stdev: "stdev",
  stdevp: "stdevp",
  variance: "var",
  variancep: "varp",
};
const conditional: Readonly<Record<string, string>> = {
  dcountif: "dc",
  count_distinctif: "dc",
  sumif: "sum",
  avgif: "avg",
  minif: "min",
  maxif: "max",
  make_set_if: "values",
  make_list_if: "list",
};

function aggregation(aggregate: AggregateCall, search: Search, context: Context): Aggregation {
  const [first, second] = aggregate.args;
  const [column] = aggregate.columns;
  if (column === undefined)
    throw new Unsupported("aggregate", aggregate.function, `${aggregate.function} has no result`, aggregate.span);
  const as = column.name;
  const scope = scopeOf(search, context);
  const evaluated = (name: string, expr: EvalExpr): Aggregation => ({
    function: name,
    argument: { kind: "eval", expr },
    as,
  });
  const { weight } = search;
  noteLimits(aggregate, first, weight, context);
  if (aggregate.function === "count") {
    if (weight !== null) return { function: "sum", argument: { kind: "field", name: weight }, as };
    return { function: "count", argument: null, as: as === "count" ? null : as };
  }
  if (first === undefined)
    throw new Unsupported("aggregate", aggregate.function, `${aggregate.function} needs an argument`, aggregate.span);
  if (aggregate.function === "countif") {
    const test = condition(first, true, scope);
    return weight === null ? evaluated("count", test) : evaluated("sum", call("if", test, field(weight), number(0)));
  }
  const percentile = aggregate.function === "percentile" ? rank(second) : null;
  const name = plain[aggregate.function] ?? percentile;
  if (name !== null && name !== undefined) {
    if (weight !== null && aggregate.function === "sum")
      return evaluated("sum", binary(value(first, scope).code, "*", field(weight)));
    if (first.kind === "column" && search.fields.get(first.name)?.textTime !== true) {
      return { function: name, argument: { kind: "field", name: first.name }, as };
    }
    return evaluated(name, first.type === "string" ? textOf(first, scope) : value(first, scope).code);
  }
  const ifName = conditional[aggregate.function];
  if (ifName !== undefined && second !== undefined) {
    const taken = first.type === "string" ? textOf(first, scope) : value(first, scope).code;
    return evaluated(
      ifName,
      call("if", condition(second, true, scope), taken, ifName === "sum" ? number(0) : nullValue),
    );
  }
  throw new Unsupported("aggregate", aggregate.function, `${aggregate.function} has no form in stats`, aggregate.span);
}

function rank(expr: Expr | undefined): string | null {
  return expr?.kind === "literal" && typeof expr.value === "number" ? `perc${expr.value}` : null;
}

function noteLimits(aggregate: AggregateCall, first: Expr | undefined, weight: string | null, context: Context): void {
  const construct = `${aggregate.function}(${aggregate.args.map(printExpr).join(", ")})`;
  const differs = (cause: string, message: string, when: string): void =>
    approximate(context, cause, construct, message, when, aggregate.span);
  if (aggregate.function.startsWith("make_list")) {
    differs("list-size", "list() keeps the first 100 values", "a group has more than 100 values");
  }
  if (aggregate.function === "percentile")
    differs(
      "percentile",
      "both sides estimate percentiles, in different ways",
      "the values are many, or the rank falls between two of them",
    );
  if (["min", "max", "minif", "maxif"].includes(aggregate.function) && first?.type === "string") {
    differs(
      "text-order",
      "texts that are all numbers are compared as numbers",
      "all values of a group look like numbers",
    );
  }
  if (
    weight !== null &&
    (["avg", "avgif", "stdev", "stdevp", "variance", "variancep", "sumif", "percentile"].includes(aggregate.function) ||
      aggregate.function.startsWith("make_list"))
  ) {
    differs(
      "folded-events",
      "tstats folds events that agree in every field below into one row",
      "two events agree in every field that the search reads",
    );
  }
}

function resultField(aggregate: AggregateCall, type: Field["type"], search: Search): Field {
  const [first] = aggregate.args;
  const isThere = first?.kind === "column" && search.fields.get(first.name)?.nullable === false;
  if (isThere && ["min", "max", "avg", "sum", "take_any"].includes(aggregate.function)) return present(type);
  if (aggregate.function.startsWith("make_")) return nullable(type, "several");
  if (aggregate.function.startsWith("count") || aggregate.function.startsWith("dcount")) return present(type);
  return nullable(type);
}

/** `make_set(x, 100)` */
function sizeLimit(aggregate: AggregateCall): readonly { readonly field: string; readonly value: EvalExpr }[] {
  const size = aggregate.args[aggregate.function.endsWith("_if") ? 2 : 1];
  const [column] = aggregate.columns;
  if (
    !aggregate.function.startsWith("make_") ||
    size?.kind !== "literal" ||
    typeof size.value !== "number" ||
    column === undefined
  )
    return [];
  return [{ field: column.name, value: call("mvindex", field(column.name), number(0), number(size.value - 1)) }];
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

/** `arg_max(T, …) by k`: the newest row first, then the first row of each key. */
function chosenRows(
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
  const others = aggregate.aggregates.filter((a) => a !== chooser);
  let current = search;
  if (others.length > 0) {
    const aggregations = others.map((a) => aggregation(a, current, context));
    current = withCommands(current, { kind: "eventstats", options: [], aggregations, by: by.map((k) => k.field) });
    const fields = new Map(current.fields);
    for (const a of others) for (const c of a.columns) fields.set(c.name, resultField(a, c.type, current));
    current = { ...current, fields };
  }
  const isField = by1.kind === "column" && current.fields.get(by1.name)?.textTime !== true;
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
        (c): NamedExpr => ({ name: c.name, value: { kind: "column", name: c.name, type: c.type, span: a.span } }),
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
