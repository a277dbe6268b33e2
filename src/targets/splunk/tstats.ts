import type { Aggregate, AggregateCall, Expr, NamedExpr, Relation, Scan } from "../../plan/nodes.ts";
import { allOf, type SearchExpr } from "../../spl/search.ts";
import type { Aggregation, Command, Macro, Option, TstatsCommand } from "../../spl/tree.ts";
import type { Base } from "./base-search.ts";
import { type Field, nullable, present } from "./columns.ts";
import { approximate, type Context, info, temporaryField } from "./context.ts";
import { leftOf, type Need } from "./need.ts";
import { columnsIn } from "./partial.ts";
import { renamed, select } from "./project.ts";
import { type Search, settled, withCommands, withFilter } from "./search.ts";

/**
 * The events of an accelerated data model: `| tstats … FROM datamodel=… WHERE … BY …` over the fields that the rest of the query
 * reads. A row is a group of events that agree in those fields, with their number in `weight`.
 */
export function groupedEvents(base: Base, scan: Scan, need: Need, context: Context): Search {
  const time = scan.source?.time ?? "_time";
  const shaped = !need.whole;
  const read = shaped ? need.names : new Set(scan.columns.map((c) => c.name));
  const names = scan.columns
    .map((c) => c.name)
    .filter((n) => read.has(n) && n !== time)
    .toSorted();
  const readsTime = need.names.has(time);
  const weight = temporaryField(context, "count", names);
  if (readsTime) {
    approximate(
      context,
      "time-resolution",
      "Timestamp",
      "times are cut to whole seconds",
      "a result shows a time or depends on the order within a second",
      scan.span,
    );
  }
  if (!shaped) {
    approximate(
      context,
      "folded-events",
      scan.table,
      `events that agree in every field of the data model${readsTime ? " and in the second" : ""} are one row, with their number in count${readsTime ? "" : " and their first and last time"}`,
      "a process start is reported more than once",
      scan.span,
    );
  }
  const bounds: readonly Aggregation[] =
    shaped || readsTime ? [] : [of("min", time, "firstTime"), of("max", time, "lastTime")];
  const command = tstats(
    scan,
    base,
    [{ function: "count", argument: null, as: weight === "count" ? null : weight }, ...bounds],
    names,
    readsTime ? time : null,
    context,
  );
  const fields = new Map<string, Field>([
    ...names.map((n): [string, Field] => [n, grouped(base.fields.get(n))]),
    ...(readsTime ? [[time, present("datetime")] as const] : []),
    [weight, present("long")],
    ...bounds.map((b): [string, Field] => [b.as ?? "", present("datetime")]),
  ]);
  return { commands: [command, stripped(scan, context)], fields, pending: [], whole: !shaped, weight };
}

export function ctime(name: string): Macro {
  return { kind: "macro", name: "security_content_ctime", args: [name] };
}

const direct: Readonly<Record<string, string>> = {
  count: "count",
  min: "min",
  max: "max",
  avg: "avg",
  dcount: "dc",
  count_distinct: "dc",
  make_set: "values",
};

/** Aggregates in which the text for an absent value is one value like the others. */
const counting = new Set(["count", "dcount", "count_distinct", "make_set"]);

/**
 * A summarize over filtered events of a data model as tstats itself, or null where tstats cannot say it: every aggregate and key
 * is a field, or a part of one, and every condition left over is one on keys.
 */
export function aggregatedEvents(aggregate: Aggregate, base: Base, scan: Scan, context: Context): Search | null {
  const time = scan.source?.time ?? "_time";
  const left: Expr[] = [];
  for (let node: Relation = aggregate.input; node.kind !== "scan"; node = node.input) {
    if (node.kind !== "filter") return null;
    left.unshift(...leftOf(node, base));
  }
  const keyFields = aggregate.keys.map((k) => [...columnsIn(k.value)]);
  const names = [...new Set(keyFields.flat())];
  const isSimple = (a: AggregateCall): boolean =>
    direct[a.function] !== undefined &&
    a.args.length <= 1 &&
    a.args.every((arg) => arg.kind === "column" && (arg.name === time) === (arg.type === "datetime")) &&
    (counting.has(a.function) || a.args.every((arg) => arg.kind === "column" && fieldMissing(arg.name) === null));
  const fieldMissing = (name: string): string | null => base.fields.get(name)?.missing ?? null;
  if (
    aggregate.keyword === "distinct" ||
    keyFields.some((f) => f.length !== 1) ||
    names.includes(time) ||
    names.length !== keyFields.length
  )
    return null;
  if (!aggregate.keys.every((k) => isField(k.value)) || !aggregate.aggregates.every(isSimple)) return null;
  if (!left.every((p) => [...columnsIn(p)].every((c) => names.includes(c)))) return null;
  const prefix = prefixOf(scan);
  const aggregations = aggregate.aggregates.map((a): Aggregation => {
    const [argument] = a.args;
    const as = a.columns[0]?.name ?? a.function;
    const name = direct[a.function] ?? a.function;
    if (argument?.kind !== "column") return { function: name, argument: null, as: as === name ? null : as };
    return of(name, argument.name === time ? time : `${prefix}.${argument.name}`, as);
  });
  const taken = new Set(aggregate.aggregates.flatMap((a) => a.columns.map((c) => c.name)));
  if (names.some((n) => taken.has(n))) return null;
  for (const key of aggregate.keys) {
    if (key.value.kind === "column") continue;
    const field = names[aggregate.keys.indexOf(key)] ?? "";
    approximate(
      context,
      "part-of-field",
      key.name,
      `${key.name} is a part of ${field}, by all of which the events are grouped`,
      `two events agree in ${key.name} and differ in the rest of ${field}`,
      key.value.span,
    );
  }
  const command = tstats(scan, base, aggregations, names, null, context);
  const fields = new Map<string, Field>([
    ...names.map((n): [string, Field] => [n, grouped(base.fields.get(n))]),
    ...aggregate.aggregates.flatMap((a) =>
      a.columns.map((c): [string, Field] => [
        c.name,
        a.function === "make_set" ? nullable(c.type, "several") : present(c.type),
      ]),
    ),
  ]);
  if (scan.source?.missing != null) {
    info(
      context,
      "absent-values",
      scan.source.missing,
      `an absent value shows as ${scan.source.missing}`,
      aggregate.span,
    );
  }
  const made = withFilter({ commands: [command], fields, pending: [], whole: false, weight: null }, left);
  return named(made, aggregate.keys, scan, context);
}

/** Takes the data model's prefix off; a field that has another name in the result gets it at once where it can. */
function named(search: Search, keys: readonly NamedExpr[], scan: Scan, context: Context): Search {
  const plain = keys.flatMap((k) => (k.value.kind === "column" ? [{ field: k.value.name, name: k.name }] : []));
  const isPlain = plain.length === keys.length;
  const bare = withCommands(search, stripped(scan, context));
  if (isPlain && plain.every((n) => n.field === n.name)) return bare;
  if (isPlain && !context.macros && search.pending.length === 0) {
    const renaming = renamed(
      search,
      plain.map((n) => ({ from: n.field, to: n.name })),
    );
    const pairs = plain.map((n) => ({ from: `${prefixOf(scan)}.${n.field}`, to: n.name }));
    return { ...withCommands(search, { kind: "rename", pairs }), fields: renaming.fields };
  }
  const made = select(keys, settled(bare, context), context);
  const wholes = keys.flatMap((k) => (k.value.kind === "column" ? [] : [...columnsIn(k.value)]));
  return withoutFields(
    made,
    wholes.filter((name) => keys.every((k) => k.name !== name)),
  );
}

/** Fields of which only a part is in the result. */
function withoutFields(search: Search, names: readonly string[]): Search {
  const fields = new Map(search.fields);
  const removed = [...new Set(names)].filter((name) => fields.delete(name));
  if (removed.length === 0) return search;
  return { ...withCommands(search, { kind: "fields", mode: "-", fields: removed }), fields };
}

/** A field or a part of one. */
function isField(expr: Expr): boolean {
  if (expr.kind === "column") return true;
  return (
    expr.kind === "call" &&
    expr.name.startsWith("$") &&
    expr.args.every((a, i) => (i === 0 ? isField(a) : a.kind === "literal"))
  );
}

function tstats(
  scan: Scan,
  base: Base,
  aggregations: readonly Aggregation[],
  names: readonly string[],
  time: string | null,
  context: Context,
): TstatsCommand {
  const prefix = prefixOf(scan);
  const where = allOf(base.terms.map((t) => prefixed(t, prefix)));
  const by = [
    ...(time === null ? [] : [{ field: time, span: "1s" }]),
    ...names.map((n) => ({ field: `${prefix}.${n}`, span: null })),
  ];
  const missing = scan.source?.missing ?? "";
  if (context.macros) {
    approximate(
      context,
      "fill-macro",
      "security_content_summariesonly",
      "the macro's fillnull_config decides which text absent fields get, `null` as it is delivered",
      "a field of the data model is absent",
      scan.span,
    );
  }
  const option = (name: string, value: string): Option => ({ kind: "option", name, value });
  const options: readonly (Option | Macro)[] = context.macros
    ? [{ kind: "macro", name: "security_content_summariesonly", args: [] }]
    : [...(by.length === 0 ? [] : [option("fillnull_value", missing)])];
  return { kind: "tstats", options, aggregations, dataModel: scan.source?.dataModel ?? null, where, by };
}

function stripped(scan: Scan, context: Context): Command {
  const prefix = prefixOf(scan);
  if (context.macros) return { kind: "macro", macro: { kind: "macro", name: "drop_dm_object_name", args: [prefix] } };
  return { kind: "rename", pairs: [{ from: `${prefix}.*`, to: "*" }] };
}

function prefixOf(scan: Scan): string {
  return scan.source?.dataModel?.split(".").at(-1) ?? "";
}

function of(name: string, field: string, as: string): Aggregation {
  return { function: name, argument: { kind: "field", name: field }, as };
}

/** A field to group by is never absent: fillnull_value gives it a text. */
function grouped(field: Field | undefined): Field {
  return { ...(field ?? present("string")), nullable: false };
}

/** The terms with the data model's prefix before their fields. */
function prefixed(expr: SearchExpr, prefix: string): SearchExpr {
  switch (expr.kind) {
    case "compare":
      return expr.field === "earliest" || expr.field === "latest"
        ? expr
        : { ...expr, field: `${prefix}.${expr.field}` };
    case "in":
      return { ...expr, field: `${prefix}.${expr.field}` };
    case "and":
    case "or":
      return { ...expr, operands: expr.operands.map((o) => prefixed(o, prefix)) };
    case "not":
      return { ...expr, operand: prefixed(expr.operand, prefix) };
    default:
      return expr;
  }
}
