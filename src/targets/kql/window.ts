import { mapExpressions, mapOperands } from "../../plan/children.ts";
import type { Expr, Extend, NamedExpr, Relation, Window } from "../../plan/nodes.ts";
import { isSerialized } from "../../plan/serialized.ts";

/** Calls of window functions stand in the operator that reads their columns again, where the analysis took them from. */
export function withWindowCalls(relation: Relation): Relation {
  if (relation.kind === "window") return relation.values.length === 0 ? relation : alone(relation);
  if (!("input" in relation) || relation.input.kind !== "window") return relation;
  if (!sameSpan(relation.input, relation) && !hides(relation, relation.input)) return relation;
  const { calls, base } = callsOf(relation.input);
  if (calls.size === 0) return relation;
  const inline = (e: Expr): Expr => (e.kind === "column" && calls.get(e.name)) || mapOperands(e, inline);
  const done = { ...mapExpressions(relation, inline), input: serialized(base, relation.span) };
  if (done.kind !== "extend") return done;
  const own = new Map<string, Expr>([...calls, ...done.values.map((v): [string, Expr] => [v.name, v.value])]);
  return { ...done, values: inOrder(done.columns, own) };
}

/** Nodes that the analysis made of one operator. */
const sameSpan = ({ span: a }: Relation, { span: b }: Relation): boolean => a.start === b.start && a.end === b.end;

/** Whether an operator that keeps all columns does not show those of a window function: they are part of its condition. */
function hides(relation: Relation, { values }: Window): boolean {
  return relation.kind === "filter" && values.some((v) => !relation.columns.some((c) => c.name === v.name));
}

/** `serialize` is the keyword of what follows it directly. */
export function withoutSerialize(relation: Relation): Relation {
  return relation.kind === "window" && relation.values.length === 0 ? relation.input : relation;
}

function alone(window: Window): Extend {
  const { calls, base } = callsOf(window);
  const { columns, span } = window;
  return { kind: "extend", input: serialized(base, span), values: inOrder(columns, calls), columns, span };
}

function inOrder(columns: Relation["columns"], values: ReadonlyMap<string, Expr>): NamedExpr[] {
  return columns.flatMap(({ name }) => {
    const value = values.get(name);
    return value === undefined ? [] : [{ name, value }];
  });
}

/** The rows in an order that counts, which KQL wants to read. */
function serialized(base: Relation, span: Relation["span"]): Relation {
  if (isSerialized(base, () => undefined)) return base;
  return { kind: "window", input: base, values: [], columns: base.columns, span };
}

/** The calls of Window nodes of one operator, as expressions over the rows below them. */
function callsOf(window: Window): { readonly calls: ReadonlyMap<string, Expr>; readonly base: Relation } {
  const { input } = window;
  const below = input.kind === "window" && sameSpan(input, window) ? callsOf(input) : { calls: new Map(), base: input };
  const inline = (e: Expr): Expr => (e.kind === "column" && below.calls.get(e.name)) || mapOperands(e, inline);
  const calls = new Map<string, Expr>(below.calls);
  for (const { name, function: called, args, type, span: at } of window.values)
    calls.set(name, { kind: "call", name: called, args: args.map(inline), type, span: at });
  return { calls, base: below.base };
}
