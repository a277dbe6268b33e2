import { mapExpressions, mapInputs, mapOperands } from "../../plan/children.ts";
import type { Apply, Expand, Expansion, Expr, Relation } from "../../plan/nodes.ts";
import { printExpr } from "../../plan/print.ts";
import { call } from "../../spl/eval.ts";
import { nullable } from "./columns.ts";
import { approximate, type Context, temporaryField, Unsupported } from "./context.ts";
import { assign } from "./extend.ts";
import { type Search, scopeOf, settled, withCommands, withField, withFilter } from "./search.ts";
import { value } from "./value.ts";

/** `mv-expand x`: one row for each value. */
export function emitExpand(expand: Expand, input: Search, context: Context): Search {
  return expanded(expand, "mv-expand", input, context);
}

/** `mv-apply x on (where … | extend … | project …)`: the rows of the expansion, filtered; a row that leaves none is gone. */
export function emitApply(given: Apply, input: Search, context: Context): Search {
  const apply = withOwnElement(given, input, context);
  let current = expanded(apply, "mv-apply", input, context);
  for (const step of stepsOf(apply.body, apply)) {
    if (step.kind === "filter") current = withFilter(current, [step.predicate]);
    else {
      const values = step.values.filter((v) => v.value.kind !== "column" || v.value.name !== v.name);
      if (values.length > 0) current = assign(values, settled(current, context), context);
    }
  }
  return withoutGone(apply, current, context);
}

/** Elements under another name where the row's own column of that name is still there behind the subquery. */
function withOwnElement(apply: Apply, input: Search, context: Context): Apply {
  const [only] = apply.values;
  const has = (relation: Relation): boolean => relation.columns.some((c) => c.name === only?.name);
  if (only === undefined || !has(apply.input) || !has(apply) || has(apply.body)) return apply;
  const name = temporaryField(context, `${only.name}_element`, input.fields.keys());
  const inside = (expr: Expr): Expr =>
    expr.kind === "column" && expr.name === only.name ? { ...expr, name } : mapOperands(expr, inside);
  const step = (relation: Relation): Relation => {
    const below = mapExpressions(mapInputs(relation, step), inside);
    const own = (n: string): string => (n === only.name ? name : n);
    return below.kind === "extend" || below.kind === "project"
      ? { ...below, values: below.values.map((v) => ({ ...v, name: own(v.name) })) }
      : below;
  };
  return { ...apply, values: [{ ...only, name }, ...apply.values.slice(1)], body: step(apply.body) };
}

/** Takes off the elements, and what the subquery makes of them on its way, where its result has no such columns. */
function withoutGone(apply: Apply, search: Search, context: Context): Search {
  const kept = new Set(apply.columns.map((c) => c.name));
  const made = [...apply.values.map((v) => v.name), ...stepsOf(apply.body, apply).flatMap(namesMade)];
  const gone = [...new Set(made)].filter((name) => !kept.has(name) && search.fields.has(name));
  if (gone.length === 0) return search;
  const rows = settled(search, context);
  const fields = new Map([...rows.fields].filter(([name]) => !gone.includes(name)));
  return { ...withCommands(rows, { kind: "fields", mode: "-", fields: gone }), fields };
}

function namesMade(step: Step): readonly string[] {
  return step.kind === "filter" ? [] : step.values.map((v) => v.name);
}

type Step = Extract<Relation, { kind: "filter" | "extend" | "project" }>;

/** The subquery's operators in their order. */
function stepsOf(body: Relation, apply: Apply): readonly Step[] {
  if (body.kind === "item") return [];
  if (body.kind === "filter" || body.kind === "extend" || body.kind === "project")
    return [...stepsOf(body.input, apply), body];
  const construct = body.kind === "aggregate" ? "summarize" : body.kind;
  throw new Unsupported(
    "mv-apply",
    `mv-apply … ${construct}`,
    `${construct} within the elements of one row has no form in SPL`,
    body.span,
  );
}

function expanded(node: Expand | Apply, construct: string, input: Search, context: Context): Search {
  const [only] = node.values;
  if (only === undefined || node.values.length > 1) {
    throw new Unsupported("mv-expand", construct, "several arrays side by side cannot be expanded", node.span);
  }
  if (node.indexColumn !== null)
    throw new Unsupported("mv-expand", "with_itemindex", "mvexpand does not count the elements", node.span);
  const made = arrayField(only, settled(input, context), context);
  const limit = node.limit?.kind === "literal" && typeof node.limit.value === "number" ? node.limit.value : null;
  const rows = withCommands(made, { kind: "mvexpand", field: only.name, limit });
  const shown = withField(rows, only.name, nullable(only.type));
  if (only.type === "dynamic" || only.type === "string") return shown;
  const element: Expr = { kind: "column", name: only.name, type: "string", span: node.span };
  const conversion = { int: "toint", long: "tolong", real: "toreal" } as const;
  if (only.type !== "int" && only.type !== "long" && only.type !== "real") {
    throw new Unsupported(
      "mv-expand",
      `typeof(${only.type})`,
      `elements cannot be made ${only.type} values`,
      node.span,
    );
  }
  return assign(
    [
      {
        name: only.name,
        value: { kind: "call", name: conversion[only.type], args: [element], type: only.type, span: node.span },
      },
    ],
    shown,
    context,
  );
}

/** A multivalue field with the elements. */
function arrayField(expansion: Expansion, search: Search, context: Context): Search {
  const code = value(expansion.value, scopeOf(search, context));
  if (code.shape === "one") {
    throw new Unsupported(
      "mv-expand",
      printExpr(expansion.value),
      "this is not known to be an array",
      expansion.value.span,
    );
  }
  if (code.shape === "several") {
    if (expansion.value.kind === "column" && expansion.value.name === expansion.name) return search;
    return assign([expansion], search, context);
  }
  approximate(
    context,
    "empty-array",
    printExpr(expansion.value),
    "an array without elements leaves one row without a value, where KQL leaves none",
    "the array is empty",
    expansion.value.span,
  );
  const made = withCommands(search, {
    kind: "eval",
    assignments: [{ field: expansion.name, value: call("json_array_to_mv", code.code) }],
  });
  return withField(made, expansion.name, nullable("dynamic", "several"));
}
