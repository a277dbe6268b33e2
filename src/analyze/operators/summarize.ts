import { aggregateFunction } from "../../functions/index.ts";
import type { Call, Expression, NamedExpression, SummarizeOperator } from "../../kql/ast.ts";
import type { AggregateCall, Expr, NamedExpr, Relation } from "../../plan/nodes.ts";
import type { Column } from "../../types/scalar-type.ts";
import { expression } from "../expression.ts";
import { automaticName, ColumnNames } from "../names.ts";
import type { TableScope } from "../session.ts";
import { checkCount, coerceArguments, resultType } from "../types.ts";
import { columnRef } from "../values.ts";
import { oneName } from "./named.ts";

const several = new Set(["arg_max", "arg_min", "argmax", "argmin", "take_any", "any", "percentile", "percentiles"]);

/**
 * `summarize a = f(x), … by k, …` (summarize-operator). Arithmetic over aggregates becomes a project behind the aggregates.
 */
export function summarize(o: SummarizeOperator, input: Relation, scope: TableScope): Relation {
  const { session } = scope;
  const names = new ColumnNames(
    [],
    input.columns.map((c) => c.name),
  );
  const keys: NamedExpr[] = (o.by ?? []).map((key) => {
    const value = expression(key.value, { ...scope, input });
    const name = oneName(key, session) ?? automaticName(key.value);
    return { name: name === null ? names.number() : names.add(name), value };
  });
  const aggregates: AggregateCall[] = [];
  const results: NamedExpr[] = keys.map((k) => ({
    name: k.name,
    value: columnRef({ name: k.name, type: k.value.type }, k.value.span),
  }));
  let computed = false;
  for (const column of o.aggregates) {
    if (column.value.kind === "call" && several.has(column.value.name.text)) {
      const call = wide(column, column.value, input, keys, names, scope);
      aggregates.push(...call);
      results.push(...call.flatMap((a) => a.columns.map((c) => ({ name: c.name, value: columnRef(c, a.span) }))));
      continue;
    }
    const wanted = oneName(column, session) ?? automaticName(column.value);
    const name = wanted === null ? names.number() : names.add(wanted);
    if (column.value.kind === "call" && aggregateFunction(column.value.name.text)) {
      const call = aggregate(column.value, name, input, scope);
      aggregates.push(call);
      results.push(...call.columns.map((c) => ({ name: c.name, value: columnRef(c, call.span) })));
      continue;
    }
    if (!hasAggregate(column.value)) {
      session.diagnostics.add(
        "KQL111",
        column.span,
        `\`${session.excerpt(column.span)}\` is not an aggregate`,
        "use an aggregate such as take_any(…), or move it behind by",
      );
      continue;
    }
    computed = true;
    const value = expression(column.value, {
      ...scope,
      input: {
        kind: "rows",
        rows: [],
        columns: results.slice(0, keys.length).map((k) => ({ name: k.name, type: k.value.type })),
        span: o.span,
      },
      aggregate: (inner) => {
        const part = aggregate(inner, names.add(automaticName(inner) ?? inner.name.text), input, scope);
        aggregates.push(part);
        const [result] = part.columns;
        return columnRef(result ?? { name, type: "unknown" }, inner.span);
      },
    });
    results.push({ name, value });
  }
  const columns: Column[] = [
    ...keys.map((k) => ({ name: k.name, type: k.value.type })),
    ...aggregates.flatMap((a) => a.columns),
  ];
  const node: Relation = {
    kind: "aggregate",
    input,
    keys,
    aggregates,
    keyword: aggregates.length === 0 ? "distinct" : "summarize",
    columns,
    span: o.span,
  };
  if (!computed) return node;
  const projected = results.map((r) => ({ name: r.name, type: r.value.type }));
  return { kind: "project", input: node, values: results, keyword: "project", columns: projected, span: o.span };
}

/** Whether an aggregate is called somewhere in an expression. */
function hasAggregate(e: Expression): boolean {
  switch (e.kind) {
    case "call":
      return aggregateFunction(e.name.text) !== undefined || e.arguments.some((a) => hasAggregate(a.value));
    case "paren":
      return hasAggregate(e.expression);
    case "unary":
      return hasAggregate(e.operand);
    case "binary":
      return hasAggregate(e.left) || hasAggregate(e.right);
    case "logical":
      return e.operands.some(hasAggregate);
    case "member":
    case "index":
      return hasAggregate(e.target);
    case "in":
      return hasAggregate(e.operand) || e.items.some(hasAggregate);
    case "between":
      return [e.operand, e.low, e.high].some(hasAggregate);
    default:
      return false;
  }
}

/** An aggregate with one result. */
function aggregate(call: Call, name: string, input: Relation, scope: TableScope): AggregateCall {
  const { session } = scope;
  const row = aggregateFunction(call.name.text);
  const given = call.arguments.map((a) => expression(a.value, { ...scope, input }));
  if (!row || !checkCount(row, given.length, call.name.span, session)) {
    return { function: "count", args: [], columns: [{ name, type: "unknown" }], span: call.span };
  }
  // The engine lets count take an argument and does not look at it.
  const args = row.name === "count" ? [] : coerceArguments(row, given, session);
  for (const i of row.constants ?? []) {
    const arg = args[i];
    if (arg && arg.kind !== "literal" && arg.kind !== "let") {
      session.diagnostics.add("KQL107", arg.span, `${row.name} needs a constant here`);
    }
  }
  return {
    function: row.name,
    args,
    columns: [
      {
        name,
        type: resultType(
          row.returns,
          args.map((a) => a.type),
        ),
      },
    ],
    span: call.span,
  };
}

/** arg_max, take_any and percentiles give a column per argument. */
function wide(
  column: NamedExpression,
  call: Call,
  input: Relation,
  keys: readonly NamedExpr[],
  names: ColumnNames,
  scope: TableScope,
): AggregateCall[] {
  const row = aggregateFunction(call.name.text);
  if (!row || !checkCount(row, call.arguments.length, call.name.span, scope.session)) return [];
  const analyze = (e: Expression): Expr => expression(e, { ...scope, input });
  const given = column.names.map((n) => n.text);
  const span = call.span;
  if (row.name === "percentile" || row.name === "percentiles") {
    const [first, ...ranks] = call.arguments;
    if (!first) return [];
    const value = analyze(first.value);
    return ranks.map((rank, i) => {
      const constant = analyze(rank.value);
      const label = constant.kind === "literal" ? String(constant.value).replace(".", "_") : String(i);
      const name = names.add(given[i] ?? `percentile_${automaticName(first.value) ?? ""}_${label}`);
      return { function: "percentile", args: [value, constant], columns: [{ name, type: value.type }], span };
    });
  }
  const values: { value: Expr; name: string }[] = [];
  call.arguments.forEach((argument, i) => {
    if (argument.value.kind === "star") {
      const first = values[0]?.name;
      for (const c of input.columns) {
        if (keys.some((k) => k.name === c.name) || c.name === first) continue;
        values.push({ value: columnRef(c, argument.value.span), name: c.name });
      }
      return;
    }
    const value = analyze(argument.value);
    const automatic = automaticName(argument.value);
    const prefix = i === 0 && row.prefix !== "" ? `${row.prefix}_` : "";
    const byName = call.name.text === "any" ? `any_${automatic ?? ""}` : automatic;
    values.push({ value, name: byName ?? (prefix === "" ? names.number() : prefix) });
  });
  const columns = values.map((v, i) => ({ name: names.add(given[i] ?? v.name), type: v.value.type }));
  if (row.name === "take_any") {
    return values.map((v, i) => ({ function: row.name, args: [v.value], columns: columns.slice(i, i + 1), span }));
  }
  return [{ function: row.name, args: values.map((v) => v.value), columns, span }];
}
