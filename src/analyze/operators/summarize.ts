import { aggregateFunction } from "../../functions/index.ts";
import type { Call, Expression, NamedExpression, SummarizeOperator } from "../../kql/ast.ts";
import { operandsOf } from "../../plan/children.ts";
import type { AggregateCall, Expr, NamedExpr, Relation } from "../../plan/nodes.ts";
import { printExpr } from "../../plan/print.ts";
import type { Column } from "../../types/scalar-type.ts";
import { aggregateCalls } from "../aggregate-call.ts";
import { expression } from "../expression.ts";
import { automaticName, ColumnNames } from "../names.ts";
import { openTable } from "../open.ts";
import type { TableScope } from "../session.ts";
import { broken, columnRef } from "../values.ts";
import { type DeclaredNames, declare, groupKey } from "./group-keys.ts";
import { oneName } from "./named.ts";

/** A result of `summarize`: aggregates as they are, or arithmetic over some. */
type Result =
  | { readonly kind: "direct"; readonly calls: readonly AggregateCall[] }
  | { readonly kind: "computed"; readonly name: string; readonly column: NamedExpression };

/**
 * `summarize a = f(x), … by k, …` (summarize-operator). Arithmetic over aggregates becomes a project behind the aggregates.
 */
export function summarize(o: SummarizeOperator, input: Relation, scope: TableScope): Relation {
  const names = new ColumnNames();
  const declared: DeclaredNames = new Set();
  const keys: NamedExpr[] = (o.by ?? []).map((key) => groupKey(key, input, names, declared, scope));
  const keyColumns = new Set(keys.flatMap(({ value }) => (value.kind === "column" ? [value.name] : [])));
  const results = o.aggregates.map((column): Result => {
    const call = directCall(column.value);
    const row = call && aggregateFunction(call.name.text);
    if (call && row) {
      return {
        kind: "direct",
        calls: named(column, aggregateCalls(row, call, input, keyColumns, scope), names, declared, scope),
      };
    }
    const given = oneName(column, scope.session);
    if (given !== null) declare(given, column, declared, scope.session);
    const name = given ?? automaticName(column.value);
    return { kind: "computed", name: name === null ? names.number(scope.session) : names.add(name), column };
  });
  const direct = results.flatMap((r) => (r.kind === "direct" ? r.calls : []));
  const parts = new Parts(keys, direct);
  const values: NamedExpr[] = [
    ...keys.map((k) => ({ name: k.name, value: columnRef({ name: k.name, type: k.value.type }, k.value.span) })),
    ...results.flatMap((r) =>
      r.kind === "direct"
        ? r.calls.flatMap((a) => a.columns.map((c) => ({ name: c.name, value: columnRef(c, a.span) })))
        : [{ name: r.name, value: computed(r.column, input, keyColumns, parts, scope) }],
    ),
  ];
  const isComputed = results.some((r) => r.kind === "computed");
  // Constants alone still make one row of each group.
  if (isComputed && parts.aggregates.length === 0)
    parts.add({ function: "count", args: [], columns: [{ name: "count_", type: "long" }], span: o.span });
  const { aggregates } = parts;
  const columns: Column[] = [
    ...keys.map((k) => ({ name: k.name, type: k.value.type })),
    ...aggregates.flatMap((a) => a.columns),
  ];
  const open = o.aggregates.some(hasStar) ? openTable(input) : null;
  const node: Relation = {
    kind: "aggregate",
    input,
    keys,
    aggregates,
    keyword: aggregates.length === 0 ? "distinct" : "summarize",
    ...(open === null ? {} : { open }),
    columns,
    span: o.span,
  };
  if (!isComputed) return node;
  const projected = values.map((r) => ({ name: r.name, type: r.value.type }));
  return { kind: "project", input: node, values, keyword: "project", columns: projected, span: o.span };
}

/** `arg_max(x, *)` */
function hasStar({ value }: NamedExpression): boolean {
  return value.kind === "call" && value.arguments.some((a) => a.value.kind === "star");
}

/** The aggregates of the node: those that are results, and those that only arithmetic sees, under names of their own. */
class Parts {
  readonly aggregates: AggregateCall[];
  readonly #names: ColumnNames;
  readonly #known = new Map<string, AggregateCall>();
  constructor(keys: readonly NamedExpr[], direct: readonly AggregateCall[]) {
    this.aggregates = [...direct];
    this.#names = new ColumnNames([...keys.map((k) => k.name), ...direct.flatMap((a) => a.columns.map((c) => c.name))]);
    for (const call of direct) this.#known.set(keyOf(call), call);
  }
  /** The call itself, or an equal one that is there. */
  add(call: AggregateCall): AggregateCall {
    const known = this.#known.get(keyOf(call));
    if (known !== undefined) return known;
    const own = {
      ...call,
      columns: call.columns.map((c) => ({ ...c, name: this.#names.add(c.name === "" ? call.function : c.name) })),
    };
    this.aggregates.push(own);
    this.#known.set(keyOf(own), own);
    return own;
  }
}

const keyOf = (call: AggregateCall): string => `${call.function}(${call.args.map(printExpr).join(", ")})`;

function directCall(e: Expression): Call | null {
  if (e.kind === "paren") return directCall(e.expression);
  return e.kind === "call" ? e : null;
}

/** The calls with their columns named as the query says, or else so that no two are alike. */
function named(
  column: NamedExpression,
  calls: readonly AggregateCall[],
  names: ColumnNames,
  declared: DeclaredNames,
  scope: TableScope,
): readonly AggregateCall[] {
  const count = calls.reduce((sum, call) => sum + call.columns.length, 0);
  const surplus = column.names[Math.max(count, 1)];
  if (surplus && count > 0) {
    scope.session.diagnostics.add("KQL103", surplus.span, `there are ${count} values for ${column.names.length} names`);
  }
  let next = 0;
  return calls.map((call) => ({
    ...call,
    columns: call.columns.map((c) => {
      const given = column.names[next++]?.text;
      if (given !== undefined) declare(given, column, declared, scope.session);
      const wanted = given ?? c.name;
      return { ...c, name: wanted === "" ? names.number(scope.session) : names.add(wanted) };
    }),
  }));
}

/** Arithmetic over aggregates, or a constant. */
function computed(
  column: NamedExpression,
  input: Relation,
  keyColumns: ReadonlySet<string>,
  parts: Parts,
  scope: TableScope,
): Expr {
  const { session } = scope;
  const made = new Set<Expr>();
  const value = expression(column.value, {
    ...scope,
    input,
    aggregate: (inner) => {
      const row = aggregateFunction(inner.name.text);
      const [call, second] = row ? aggregateCalls(row, inner, input, keyColumns, scope) : [];
      if (second) session.diagnostics.add("KQL108", inner.span, `${inner.name.text} gives several values here`);
      const [result] = call === undefined ? [] : parts.add(call).columns;
      if (result === undefined) return broken(inner.span);
      const reference = columnRef(result, inner.span);
      made.add(reference);
      return reference;
    },
  });
  const outside = columnOutside(value, made);
  if (outside === null) return value;
  const { span } = made.size === 0 ? column.value : outside;
  session.diagnostics.add(
    "KQL111",
    span,
    `\`${session.excerpt(span)}\` is not an aggregate`,
    "use an aggregate such as take_any(…), or move it behind by",
  );
  return broken(column.span);
}

/** A column of the input that stands outside every aggregate. */
function columnOutside(value: Expr, made: ReadonlySet<Expr>): Expr | null {
  if (value.kind === "column") return made.has(value) ? null : value;
  for (const operand of operandsOf(value)) {
    const found = columnOutside(operand, made);
    if (found !== null) return found;
  }
  return null;
}
