import type { Expression, NamedExpression, Operator } from "../../kql/ast.ts";
import type { Aggregate, AggregateCall, NamedExpr } from "../../plan/nodes.ts";
import { automaticName, automaticNames } from "./automatic-name.ts";
import { nameAt, type Writing, written } from "./writing.ts";

/** `summarize`, `distinct` or `count`. */
export function aggregate(writing: Writing, relation: Aggregate): Operator {
  const { span, keys, aggregates } = relation;
  const spans = { span, keywordSpan: span };
  const [only] = aggregates;
  if (relation.keyword === "count" && keys.length === 0 && only?.function === "count" && aggregates.length === 1) {
    const name = only.columns[0]?.name ?? "Count";
    return { kind: "count", as: name === "Count" ? null : nameAt(name, span), ...spans };
  }
  const by = keys.map((key) => named(writing, key));
  if (aggregates.length === 0 && keys.length > 0) {
    return allColumns(writing, relation)
      ? { kind: "distinct", columns: [{ names: [], value: { kind: "star", span }, span }], ...spans }
      : { kind: "distinct", columns: by, ...spans };
  }
  const results = aggregates.map((call) => aggregateCall(writing, call, relation));
  return { kind: "summarize", parameters: [], aggregates: results, by: keys.length === 0 ? null : by, ...spans };
}

/** A value with its name, which goes where the value has it by itself. */
export function named(writing: Writing, { name, value }: NamedExpr): NamedExpression {
  const names = automaticName(value) === name ? [] : [nameAt(name, value.span)];
  return { names, value: writing.expression(value), span: value.span };
}

/** `distinct *`, if it was written so and still means all columns. */
function allColumns(writing: Writing, { keys, input, span }: Aggregate): boolean {
  if (!/\*\s*$/.test(written(writing, span)) || keys.length !== input.columns.length) return false;
  return keys.every(
    ({ name, value }, i) => value.kind === "column" && value.name === name && name === input.columns[i]?.name,
  );
}

/** The call of an aggregate over rows, grouped by keys. */
export function aggregateCall(
  writing: Writing,
  call: AggregateCall,
  relation: Pick<Aggregate, "input" | "keys">,
): NamedExpression {
  const { span } = call;
  const star = restOfColumns(writing, call, relation);
  const args: Expression[] = (star ? call.args.slice(0, 1) : call.args).map(writing.expression);
  if (star) args.push({ kind: "star", span });
  const value: Expression = {
    kind: "call",
    name: nameAt(call.function, span),
    arguments: args.map((argument) => ({ name: null, value: argument })),
    span,
  };
  const automatic = automaticNames(call);
  const given = star || call.columns.every((column, i) => column.name === automatic[i]) ? [] : call.columns;
  return { names: given.map((column) => nameAt(column.name, span)), value, span };
}

/** `arg_max(x, *)`: the arguments behind the first are all other columns, under their names, as the source says. */
function restOfColumns(
  writing: Writing,
  call: AggregateCall,
  { input, keys }: Pick<Aggregate, "input" | "keys">,
): boolean {
  const [first, ...rest] = call.args;
  const starred = call.star === true || /,\s*\*\s*\)$/.test(written(writing, call.span));
  if (first?.kind !== "column" || !starred) return false;
  const wanted = input.columns
    .map((c) => c.name)
    .filter((name) => name !== first.name && !keys.some((k) => k.value.kind === "column" && k.value.name === name));
  const taken = new Set(keys.map((k) => k.name));
  const automatic = (name: string): string => (taken.has(name) ? `${name}1` : name);
  const plain = call.args.every((arg, i) => arg.kind === "column" && automatic(arg.name) === call.columns[i]?.name);
  const names = new Set(rest.flatMap((arg) => (arg.kind === "column" ? [arg.name] : [])));
  return (
    plain && names.size === rest.length && rest.length === wanted.length && wanted.every((name) => names.has(name))
  );
}
