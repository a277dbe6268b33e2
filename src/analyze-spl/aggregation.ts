import type { Span } from "../diagnostics/source.ts";
import type { AggregateCall, Expr } from "../plan/nodes.ts";
import type { Aggregation } from "../spl/tree.ts";
import { isNumeric, type ScalarType } from "../types/scalar-type.ts";
import { allOf, call, keyOf, long, nothing } from "./build.ts";
import { type Field, fieldOf, made, type Rows, shown } from "./rows.ts";
import { noField } from "./search.ts";
import type { Session } from "./session.ts";
import { asNumber, asText, hasValue, isNull, type Value } from "./value.ts";

export interface Aggregated {
  readonly call: AggregateCall;
  /** Its name in Splunk. */
  readonly name: string;
  readonly field: Field;
  /** A column that only the aggregate needs. */
  readonly hidden: string | null;
}

interface Place {
  readonly rows: Rows;
  readonly session: Session;
  readonly span: Span;
  readonly label: string;
  readonly names: Set<string>;
}

/** One aggregate of stats; null, with a note, where KQL has none such. (SPL Search Reference: Statistical and charting functions) */
export function aggregation(
  item: Aggregation,
  rows: Rows,
  names: Set<string>,
  session: Session,
  span: Span,
): Aggregated | null {
  const name = item.as ?? defaultName(item);
  const place: Place = { rows, session, span, label: labelOf(item, rows, names), names };
  if (item.argument === null) {
    if (item.function !== "count" && item.function !== "c") return unknown(item, place);
    return result(name, "count", [], "long", place);
  }
  if (item.argument.kind === "eval") {
    if (item.function === "count" || item.function === "c") {
      const tested = session.condition(item.argument.expr, true, rows, span);
      return result(name, "countif", [tested], "long", place);
    }
    return over(item, name, session.value(item.argument.expr, rows, span), place);
  }
  const { name: fieldName } = item.argument;
  if (fieldName.includes("*")) {
    session.unsupported("wildcard", span, `${item.function}(${fieldName}) over several fields is not ported`);
    return null;
  }
  const field = fieldOf(rows, fieldName);
  if (field === null) {
    noField(fieldName, rows, session, span);
    return null;
  }
  const value = { expr: shown(field, fieldName, session, span), nullable: field.nullable, missing: null, lower: false };
  return over(item, name, value, place);
}

/** The name of a result without `as`. */
function defaultName({ function: name, argument }: Aggregation): string {
  if (argument === null) return name === "c" ? "count" : name;
  return `${name}(${argument.kind === "field" ? argument.name : "eval"})`;
}

/** The column: the given name, or the event's own column where it is the field's own name. */
function labelOf(item: Aggregation, rows: Rows, names: Set<string>): string {
  const given = item.as ?? (item.argument?.kind === "field" ? `${item.function}_${item.argument.name}` : item.function);
  const own =
    item.as !== null && rows.events !== null && item.as !== "_time" && !rows.fields.has(item.as)
      ? fieldOf(rows, item.as)
      : null;
  const plain = own?.value.kind === "column" ? own.value.name : given.replaceAll(/[^\w]+/g, "_").replace(/_$/, "");
  let label = plain === "" ? item.function : plain;
  for (let i = 2; names.has(label); i++) label = `${plain}_${i}`;
  names.add(label);
  return label;
}

function result(
  name: string,
  fn: string,
  args: readonly Expr[],
  type: ScalarType,
  { span, label }: Place,
  nullable = false,
): Aggregated {
  const columns = [{ name: label, type }];
  const value: Expr = { kind: "column", name: label, type, span };
  return {
    call: { function: fn, args, columns, span },
    name,
    field: made(value, nullable, label),
    hidden: null,
  };
}

function unknown(item: Aggregation, { session, span }: Place): null {
  session.unsupported("no-aggregate", span, `the aggregate ${item.function}() is not ported`);
  return null;
}

/** An aggregate of values; those that are null do not count. */
function over(item: Aggregation, name: string, value: Value, place: Place): Aggregated | null {
  const { session, span } = place;
  const { expr } = value;
  const has = hasValue(value, span);
  const always = !value.nullable || isNull(value);
  if (expr.type === "dynamic" && item.function !== "count") {
    session.unsupported("multivalue", span, `${item.function}() of a field with several values is not ported`);
    return null;
  }
  // Only a text that is absent is a value in KQL.
  const textual = expr.type === "string" && !always;
  const withGuard = (fn: string, guarded: string, type: ScalarType, more: readonly Expr[] = []): Aggregated =>
    textual ? result(name, guarded, [expr, has, ...more], type, place) : result(name, fn, [expr, ...more], type, place);
  const number = (): Expr => asNumber(value, session, span);
  const numeric = (fn: string, type: ScalarType): Aggregated =>
    result(name, fn, [number()], type, place, value.nullable);
  switch (item.function.toLowerCase()) {
    case "count":
    case "c":
      return always ? result(name, "count", [], "long", place) : result(name, "countif", [has], "long", place);
    case "dc":
    case "distinct_count":
      return withGuard("count_distinct", "count_distinctif", "long");
    case "estdc":
      return withGuard("dcount", "dcountif", "long");
    case "values":
      session.info("set-order", span, "values() sorts its texts, a set in KQL has no order");
      return withGuard("make_set", "make_set_if", "dynamic");
    case "list":
      session.info("list-order", span, "list() keeps the order of the events, newest first; a list in KQL has none");
      return withGuard("make_list", "make_list_if", "dynamic", [long(100, span)]);
    case "min":
    case "max": {
      const fn = item.function.toLowerCase();
      if (isNumeric(expr.type) || expr.type === "datetime") {
        return result(name, fn, [expr], expr.type, place, value.nullable);
      }
      session.approximate(
        "text-as-number",
        span,
        `${fn}() compares numbers`,
        "a value is no number: Splunk then compares texts",
      );
      return numeric(fn, "real");
    }
    case "sum":
      return numeric("sum", number().type);
    case "avg":
    case "mean":
      return numeric("avg", "real");
    case "stdev":
    case "stdevp":
      return numeric(item.function.toLowerCase(), "real");
    case "var":
      return numeric("variance", "real");
    case "varp":
      return numeric("variancep", "real");
    case "median":
      return percentile(name, number(), 50, place);
    case "latest":
    case "earliest":
    case "first":
    case "last":
      return byTime(item, name, value, place);
    default: {
      const rank = /^(?:exact)?p(?:erc)?(\d{1,2})$/.exec(item.function.toLowerCase());
      return rank === null ? unknown(item, place) : percentile(name, number(), Number(rank[1]), place);
    }
  }
}

function percentile(name: string, value: Expr, rank: number, place: Place): Aggregated {
  place.session.approximate(
    "percentile",
    place.span,
    "percentiles are found another way",
    "the rank falls between two values",
  );
  return result(name, "percentile", [value, long(rank, place.span)], value.type, place, true);
}

/** `latest(x)`: the x of the newest row that has one. Events arrive newest first, so `first` is the latest. */
function byTime(item: Aggregation, name: string, value: Value, place: Place): Aggregated | null {
  const { rows, session, span, label, names } = place;
  const fn = item.function.toLowerCase();
  const time = fieldOf(rows, "_time");
  if (
    time === null ||
    time.value.type !== "datetime" ||
    (rows.order !== "newest" && (fn === "first" || fn === "last"))
  ) {
    session.unsupported("row-order", span, `${fn}() needs the order of the events, which the rows no longer have`);
    return null;
  }
  const newest = fn === "latest" || fn === "first";
  if (keyOf(value.expr) === keyOf(time.value)) {
    return result(name, newest ? "max" : "min", [time.value], "datetime", place);
  }
  const has = allOf([hasValue(value, span)], span);
  const key: Expr = value.nullable
    ? call("iff", "datetime", span, has, time.value, nothing("datetime", span))
    : time.value;
  const expr = value.expr.type === "unknown" ? asText(value, session, span) : value.expr;
  let hidden = `${label}_time`;
  for (let i = 2; names.has(hidden); i++) hidden = `${label}_time_${i}`;
  names.add(hidden);
  const columns = [
    { name: hidden, type: "datetime" as const },
    { name: label, type: expr.type },
  ];
  return {
    call: { function: newest ? "arg_max" : "arg_min", args: [key, expr], columns, span },
    name,
    field: made({ kind: "column", name: label, type: expr.type, span }, value.nullable, label),
    hidden,
  };
}
