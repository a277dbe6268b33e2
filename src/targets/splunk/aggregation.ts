import type { AggregateCall, Expr } from "../../plan/nodes.ts";
import { printExpr } from "../../plan/print.ts";
import { binary, call, type EvalExpr, field, nullValue, number, text } from "../../spl/eval.ts";
import type { Aggregation } from "../../spl/tree.ts";
import { type Field, nullable, present } from "./columns.ts";
import { condition } from "./condition.ts";
import { approximate, type Context, Unsupported } from "./context.ts";
import type { Key } from "./group-keys.ts";
import { columnsIn } from "./partial.ts";
import { type Search, scopeOf, withCommands } from "./search.ts";
import { textOf, value } from "./value.ts";

/** KQL's sum and spread of nothing are 0, those of stats null. */
export function withZeroSums(
  aggregates: readonly AggregateCall[],
  input: Search,
  by: readonly Key[],
  output: Search,
): Search {
  const names = aggregates.filter((a) => mayAddNothing(a, input, by)).flatMap((a) => a.columns.map((c) => c.name));
  if (names.length === 0) return output;
  const fields = new Map(output.fields);
  for (const name of names) fields.set(name, present(output.fields.get(name)?.type ?? "long"));
  return { ...withCommands(output, { kind: "fillnull", value: "0", fields: names }), fields };
}

function mayAddNothing(aggregate: AggregateCall, input: Search, by: readonly Key[]): boolean {
  const isSpread = spread.test(aggregate.function);
  if (isSpread && aggregate.function in conditional) return true;
  const isSum = aggregate.function === "sum" || aggregate.function === "sumif" || isSpread;
  const isCount = aggregate.function === "count" || aggregate.function === "countif";
  if (by.length === 0 && (isSum || (isCount && input.weight !== null))) return true;
  return (
    isSum &&
    aggregate.args.some((arg) =>
      [...columnsIn(arg)].some((n) => input.fields.get(n)?.nullable !== false || input.fields.get(n)?.missing != null),
    )
  );
}

/** String columns whose absent values count as "". */
export function emptyArguments(call: AggregateCall, search: Search): readonly string[] {
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
/** Aggregates in which the text for an absent value is one value like the others. */
const listing = new Set(["dcount", "count_distinct", "make_set", "make_list"]);
const conditional: Readonly<Record<string, string>> = {
  dcountif: "dc",
  count_distinctif: "dc",
  sumif: "sum",
  avgif: "avg",
  minif: "min",
  maxif: "max",
  make_set_if: "values",
  make_list_if: "list",
  take_anyif: "first",
  stdevif: "stdev",
  varianceif: "var",
  variancepif: "varp",
};
/** Aggregates that are 0 without a value, where those of stats are null. */
const spread = /^(stdev|variance)/;

export function aggregation(aggregate: AggregateCall, search: Search, context: Context): Aggregation {
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
    const known = first.kind === "column" ? search.fields.get(first.name) : undefined;
    if (first.kind === "column" && known?.textTime !== true && (known?.missing ?? null) === null) {
      // A value that is there comes before "".
      if (name === "first" && first.type === "string" && known?.nullable === false && known.empty)
        return evaluated(name, call("nullif", field(first.name), text("")));
      return { function: name, argument: { kind: "field", name: first.name }, as };
    }
    if (first.kind === "column" && known?.textTime !== true && listing.has(aggregate.function))
      return { function: name, argument: { kind: "field", name: first.name }, as };
    if (name === "first" && first.type === "string")
      return evaluated(name, call("nullif", value(first, scope).code, text("")));
    return evaluated(name, first.type === "string" ? textOf(first, scope) : value(first, scope).code);
  }
  const ifName = conditional[aggregate.function];
  if (ifName !== undefined && second !== undefined) {
    const known = first.type === "string" ? textOf(first, scope) : value(first, scope).code;
    // A value that is there comes before "".
    const taken =
      ifName === "first" && first.type === "string" ? call("nullif", value(first, scope).code, text("")) : known;
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

export function resultField(aggregate: AggregateCall, type: Field["type"], search: Search): Field {
  const [first] = aggregate.args;
  const known = first?.kind === "column" ? search.fields.get(first.name) : undefined;
  const isThere = known?.nullable === false && known.missing === null;
  if (isThere && ["min", "max", "avg", "sum"].includes(aggregate.function)) return present(type);
  if (isThere && aggregate.function === "take_any" && !known.empty) return present(type);
  if (aggregate.function.startsWith("make_")) return nullable(type, "several");
  if (aggregate.function.startsWith("count") || aggregate.function.startsWith("dcount")) return present(type);
  return nullable(type);
}

/** `make_set(x, 100)` */
export function sizeLimit(aggregate: AggregateCall): readonly { readonly field: string; readonly value: EvalExpr }[] {
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
