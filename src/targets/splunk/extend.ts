import type { Call, Expr, Extend, NamedExpr } from "../../plan/nodes.ts";
import { call, field, text } from "../../spl/eval.ts";
import { forPcre, namingGroup } from "../../spl/regex.ts";
import type { Command, EvalCommand } from "../../spl/tree.ts";
import type { Code } from "./code.ts";
import { type Field, nullable, present } from "./columns.ts";
import { type Context, temporaryField } from "./context.ts";
import { columnsIn, evaluateWith } from "./partial.ts";
import { type Search, scopeOf, settled, withCommands } from "./search.ts";
import { value } from "./value.ts";

/** `extend`: an eval, and a rex for each text that a regular expression takes out of a field. */
export function emitExtend(extend: Extend, input: Search, context: Context): Search {
  return assign(extend.values, settled(input, context), context, "copies");
}

/**
 * Sets fields, all of them from the row as it was before. `copies`: one that takes the value of another as it is does so with the
 * text that stands for an absent value; else that becomes absent.
 */
export function assign(
  values: readonly NamedExpr[],
  search: Search,
  context: Context,
  columns: "copies" | "values" = "values",
): Search {
  const names = new Set(values.map((v) => v.name));
  const { order, saved } = sequence(values, search, context);
  let current =
    saved.length === 0
      ? search
      : withCommands(search, { kind: "eval", assignments: saved.map((s) => ({ field: s.to, value: field(s.from) })) });
  for (const { from, to } of saved) {
    const known = search.fields.get(from);
    if (known) current = { ...current, fields: new Map([...current.fields, [to, known]]) };
  }
  const scope = scopeOf(current, context);
  const assignments: { field: string; value: EvalCommand["assignments"][number]["value"] }[] = [];
  const extractions: Command[] = [];
  const made = new Map<string, Field>();
  for (const { name, value: expr } of order) {
    const rex = extraction(name, expr, current, names);
    if (rex !== null) {
      // An event may have a field of that name already; without a match it would stay.
      assignments.push({ field: name, value: text("") });
      extractions.push(rex);
      made.set(name, present("string"));
      continue;
    }
    const copied = expr.kind === "column" ? current.fields.get(expr.name) : undefined;
    if (columns === "copies" && expr.kind === "column" && copied !== undefined && !copied.textTime) {
      made.set(name, copied);
      if (expr.name !== name) assignments.push({ field: name, value: field(expr.name) });
      continue;
    }
    const code = filledText(expr, value(expr, scope));
    made.set(name, fieldOf(expr, code));
    if (code.code.kind === "field" && code.code.name === name) continue;
    assignments.push({ field: name, value: code.code });
  }
  const commands: Command[] = [
    ...(assignments.length === 0 ? [] : [{ kind: "eval", assignments } as const]),
    ...extractions,
    ...(saved.length === 0 ? [] : [{ kind: "fields", mode: "-", fields: saved.map((s) => s.to) } as const]),
  ];
  const after = withCommands(current, ...commands);
  return { ...after, fields: new Map([...after.fields, ...made]) };
}

/** A computed string column is never absent. */
function filledText(expr: Expr, code: Code): Code {
  if (expr.type !== "string" || !code.nullable) return code;
  return { ...code, code: call("coalesce", code.code, text("")), nullable: false };
}

export function fieldOf(expr: Expr, code: Code): Field {
  return code.nullable ? nullable(expr.type, code.shape) : present(expr.type, code.shape);
}

/** eval sets one field after the other, so a value goes before those that replace what it reads; a circle is cut with a copy. */
function sequence(
  values: readonly NamedExpr[],
  search: Search,
  context: Context,
): { order: readonly NamedExpr[]; saved: readonly { from: string; to: string }[] } {
  const left = values.map((v) => ({ ...v, reads: columnsIn(v.value) }));
  const order: NamedExpr[] = [];
  const saved: { from: string; to: string }[] = [];
  while (left.length > 0) {
    const next = left.findIndex((v) => left.every((other) => other === v || !other.reads.has(v.name)));
    const [chosen] = left.splice(Math.max(next, 0), 1);
    if (chosen === undefined) break;
    if (next < 0) {
      const to = temporaryField(context, `old_${chosen.name}`, search.fields.keys());
      saved.push({ from: chosen.name, to });
      for (const other of left) {
        other.value = renamed(other.value, chosen.name, to);
        other.reads = columnsIn(other.value);
      }
    }
    order.push({ name: chosen.name, value: chosen.value });
  }
  return { order, saved };
}

function renamed(expr: Expr, from: string, to: string): Expr {
  if (expr.kind === "column") return expr.name === from ? { ...expr, name: to } : expr;
  if (expr.kind === "call") return { ...expr, args: expr.args.map((a) => renamed(a, from, to)) };
  if (expr.kind === "and" || expr.kind === "or")
    return { ...expr, operands: expr.operands.map((a) => renamed(a, from, to)) };
  if (expr.kind === "not") return { ...expr, operand: renamed(expr.operand, from, to) };
  if (expr.kind === "access")
    return { ...expr, target: renamed(expr.target, from, to), key: renamed(expr.key, from, to) };
  return expr;
}

/** `extract(regex, group, field)` as a rex, where that gives the same. */
function extraction(name: string, given: Expr, search: Search, assigned: ReadonlySet<string>): Command | null {
  const expr = asItIs(given);
  if (expr.kind !== "call" || expr.name !== "extract" || expr.type !== "string" || !/^[A-Za-z]\w{0,31}$/.test(name))
    return null;
  const [regex, group, source] = expr.args;
  if (
    regex?.kind !== "literal" ||
    typeof regex.value !== "string" ||
    group?.kind !== "literal" ||
    source?.kind !== "column"
  )
    return null;
  if (assigned.has(source.name) || !agreesOnMissing(expr, source.name, search)) return null;
  try {
    const pattern = namingGroup(forPcre(regex.value), Number(group.value), name);
    return pattern === null ? null : { kind: "rex", field: source.name, options: [], pattern };
  } catch {
    return null;
  }
}

/** `tostring` of a string is that string. */
function asItIs(expr: Expr): Expr {
  const [of] = expr.kind === "call" && expr.name === "tostring" ? expr.args : [];
  return of?.type === "string" ? asItIs(of) : expr;
}

/** Whether the text that stands for an absent value gives what "" gives. */
function agreesOnMissing(expr: Call, source: string, search: Search): boolean {
  const missing = search.fields.get(source)?.missing ?? null;
  if (missing === null && evaluateWith(expr, new Map([[source, ""]])) === "") return true;
  return missing !== null && [missing, ""].every((given) => evaluateWith(expr, new Map([[source, given]])) === "");
}

/** Writes "" where another text stands for an absent value. */
export function withEmptyForMissing(search: Search, names: readonly string[]): Search {
  const fields = new Map(search.fields);
  const assignments = [...new Set(names)].flatMap((name) => {
    const known = search.fields.get(name);
    if (known === undefined || known.missing === null) return [];
    fields.set(name, { ...known, missing: null, nullable: known.type !== "string" });
    const value = call("nullif", field(name), text(known.missing));
    return [{ field: name, value: known.type === "string" ? call("coalesce", value, text("")) : value }];
  });
  if (assignments.length === 0) return search;
  return { ...withCommands(search, { kind: "eval", assignments }), fields };
}

/** Fills absent values with "": rows without a key would go. */
export function fillWithEmpty(search: Search, names: readonly string[]): Search {
  const open = [...new Set(names)].filter((n) => search.fields.get(n)?.nullable !== false);
  if (open.length === 0) return search;
  const missing = new Map<string, string[]>();
  for (const name of open) {
    const by = search.fields.get(name)?.missing ?? "";
    missing.set(by, [...(missing.get(by) ?? []), name]);
  }
  const commands: Command[] = [...missing].map(([by, fields]) => ({ kind: "fillnull", value: by, fields }));
  const known = new Map(search.fields);
  for (const name of open) {
    const field = known.get(name) ?? present("string");
    // "" is no number: it still stands for an absent one.
    const missing = field.missing ?? (field.type === "string" ? null : "");
    known.set(name, { ...field, nullable: false, missing });
  }
  return { ...withCommands(search, ...commands), fields: known };
}
