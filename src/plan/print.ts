import { Decimal } from "../types/decimal.ts";
import { Datetime, Timespan } from "../types/time.ts";
import { Real, type Value } from "../types/value.ts";
import { inputsOf } from "./children.ts";
import type { AggregateCall, Expr, NamedExpr, Plan, Relation } from "./nodes.ts";

/** A plan as indented text, for `explain` and for tests: one relation a line, its inputs below it. */
export function printPlan(plan: Plan): string {
  const lines: string[] = [];
  for (const setting of plan.settings) lines.push(setting.text);
  for (const l of plan.lets) {
    if (l.kind === "scalar") lines.push(`let ${l.name}: ${l.value.type} = ${printExpr(l.value)}`);
    else lines.push(`let ${l.name} =`, ...relation(l.value, 1));
  }
  lines.push(...relation(plan.body, 0));
  if (plan.render) lines.push(plan.render.text);
  return `${lines.join("\n")}\n`;
}

function relation(r: Relation, depth: number): string[] {
  const indent = "  ".repeat(depth);
  const columns = r.columns.map((c) => `${c.name}: ${c.type}`);
  const shown = columns.length > 8 ? [...columns.slice(0, 6), `… ${columns.length} in all`] : columns;
  return [`${indent}${describe(r)}  → ${shown.join(", ")}`, ...inputsOf(r).flatMap((i) => relation(i, depth + 1))];
}

function describe(r: Relation): string {
  switch (r.kind) {
    case "scan":
      return `scan ${r.table}${r.open ? " (open)" : ""}${r.source ? ` as ${r.source.profile}` : ""}`;
    case "rows":
      return `rows ${r.rows.length}`;
    case "range":
      return `range ${printExpr(r.from)} .. ${printExpr(r.to)} step ${printExpr(r.step)}`;
    case "table":
      return `table ${r.name}`;
    case "item":
      return "item";
    case "filter":
      return `filter ${printExpr(r.predicate)}`;
    case "extend":
      return `extend ${named(r.values)}`;
    case "project":
      return `project ${named(r.values)}`;
    case "aggregate": {
      return `aggregate ${r.aggregates.map(aggregateText).join(", ")}${r.keys.length > 0 ? ` by ${named(r.keys)}` : ""}`;
    }
    case "expand":
      return `expand ${named(r.values)}${r.limit ? ` limit ${printExpr(r.limit)}` : ""}`;
    case "apply":
      return `apply ${named(r.values)}${r.limit ? ` limit ${printExpr(r.limit)}` : ""}`;
    case "parse": {
      const steps = r.steps.map((s) =>
        s.kind === "text" ? JSON.stringify(s.value) : s.kind === "skip" ? "*" : `${s.name}: ${s.type}`,
      );
      return `parse ${r.mode}${r.filter ? " where" : ""} ${printExpr(r.value)} with ${steps.join(" ")}`;
    }
    case "join":
      return `join ${r.joinKind} on ${r.on.map((k) => `${k.left} == ${k.right}`).join(", ")}`;
    case "union":
      return `union ${r.inputs.length}`;
    case "sort":
      return `sort ${r.keys.map((k) => `${printExpr(k.value)} ${k.descending ? "desc" : "asc"} nulls ${k.nullsFirst ? "first" : "last"}`).join(", ")}`;
    case "limit":
      return `limit ${printExpr(r.count)}`;
    case "window":
      return r.values.length === 0
        ? "serialize"
        : `window ${r.values.map((v) => `${v.name} = ${v.function}(${list(v.args)})`).join(", ")}`;
    case "series": {
      const calls = r.aggregates.map((a) => `${aggregateText(a)} default ${printExpr(a.default)}`);
      const by = r.keys.length > 0 ? ` by ${named(r.keys)}` : "";
      const bounds = `${r.from ? printExpr(r.from) : "first"} .. ${r.to ? printExpr(r.to) : "last"}`;
      return `series ${calls.join(", ")} on ${named([r.on])} ${bounds} step ${printExpr(r.step)}${by}`;
    }
    case "partition":
      return `partition ${printExpr(r.by)}`;
    case "sequence":
      return `sequence ${r.steps.map((s) => `${s.name}: ${printExpr(s.predicate)} => ${named(s.assignments)}`).join("; ")}`;
    case "top-nested":
      return `top-nested ${r.levels.map((l) => `${l.count ? printExpr(l.count) : "all"} of ${named([l.key])} by ${aggregateText(l.aggregate)}`).join(", ")}`;
    case "top-hitters":
      return `top-hitters ${printExpr(r.count)} of ${named([r.key])}${r.weight ? ` by ${printExpr(r.weight)}` : ""}`;
    case "parse-kv":
      return `parse-kv ${printExpr(r.value)} as ${r.keys.map((k) => `${k.name}: ${k.type}`).join(", ")}`;
    case "plugin":
      return `plugin ${r.name}(${list(r.args.map((a) => a.value))})${r.open ? " (open)" : ""}`;
    case "opaque":
      return `opaque ${r.what}${r.open ? " (open)" : ""}`;
  }
}

const aggregateText = (a: AggregateCall): string =>
  `${a.columns.map((c) => c.name).join(", ")} = ${a.function}(${list(a.args)})`;
const named = (values: readonly NamedExpr[]): string =>
  values.map((v) => `${v.name} = ${printExpr(v.value)}`).join(", ");
const list = (values: readonly Expr[]): string => values.map(printExpr).join(", ");

/** An expression in prefix form. */
export function printExpr(e: Expr): string {
  switch (e.kind) {
    case "literal":
      return `${printValue(e.value)}${e.type === "string" || e.type === "long" || e.type === "bool" ? "" : `:${e.type}`}`;
    case "column":
      return e.step === undefined ? e.name : `${e.step}.${e.name}`;
    case "let":
      return `let ${e.name}`;
    case "call":
      return `${e.name}(${list(e.args)})`;
    case "and":
    case "or":
      return `(${e.operands.map(printExpr).join(` ${e.kind} `)})`;
    case "not":
      return `not(${printExpr(e.operand)})`;
    case "access":
      return `${printExpr(e.target)}[${printExpr(e.key)}]`;
    case "in-table":
      return `in-table(${printExpr(e.operand)}, ${e.table.kind})`;
    case "toscalar":
      return `toscalar(${e.table.kind})`;
  }
}

function printValue(value: Value): string {
  if (value instanceof Datetime || value instanceof Timespan) return `${value.ticks} ticks`;
  if (value instanceof Decimal) return String(value);
  if (value instanceof Real) return `${value.value}:real`;
  return JSON.stringify(value, (_, v: unknown) => (typeof v === "bigint" ? String(v) : v)) ?? "null";
}
