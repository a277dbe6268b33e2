import { Datetime, Timespan } from "../types/time.ts";
import type { Value } from "../types/value.ts";
import { inputsOf } from "./children.ts";
import type { Expr, NamedExpr, Plan, Relation } from "./nodes.ts";

/** A plan as indented text, for `explain` and for tests: one relation a line, its inputs below it. */
export function printPlan(plan: Plan): string {
  const lines: string[] = [];
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
      const calls = r.aggregates.map(
        (a) => `${a.columns.map((c) => c.name).join(", ")} = ${a.function}(${list(a.args)})`,
      );
      return `aggregate ${calls.join(", ")}${r.keys.length > 0 ? ` by ${named(r.keys)}` : ""}`;
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
  }
}

const named = (values: readonly NamedExpr[]): string =>
  values.map((v) => `${v.name} = ${printExpr(v.value)}`).join(", ");
const list = (values: readonly Expr[]): string => values.map(printExpr).join(", ");

/** An expression in prefix form. */
export function printExpr(e: Expr): string {
  switch (e.kind) {
    case "literal":
      return `${printValue(e.value)}${e.type === "string" || e.type === "long" || e.type === "bool" ? "" : `:${e.type}`}`;
    case "column":
      return e.name;
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
  return JSON.stringify(value, (_, v: unknown) => (typeof v === "bigint" ? String(v) : v)) ?? "null";
}
