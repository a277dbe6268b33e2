import type { Span } from "../diagnostics/source.ts";
import type { Call, Expr, Literal, NamedExpr, Relation } from "../plan/nodes.ts";
import type { Column, ScalarType } from "../types/scalar-type.ts";
import { Timespan } from "../types/time.ts";
import type { Value } from "../types/value.ts";

/** Builders for the plan's nodes. */

/** An expression that grows beyond what anybody would read: parts of a nested one are written several times. */
export class TooLarge extends Error {
  readonly span: Span;
  constructor(span: Span) {
    super("the expression grows too large");
    this.span = span;
  }
}

const mostNodes = 50_000;
const sizes = new WeakMap<Expr, number>();

function sized<E extends Expr>(expr: E, operands: readonly Expr[]): E {
  const size = operands.reduce((sum, o) => sum + (sizes.get(o) ?? 1), 1);
  if (size > mostNodes) throw new TooLarge(expr.span);
  sizes.set(expr, size);
  return expr;
}

export function literal(value: Value, type: ScalarType, span: Span): Literal {
  return { kind: "literal", value, type, span };
}
export function text(value: string, span: Span): Literal {
  return literal(value, "string", span);
}
export function long(value: number, span: Span): Literal {
  return literal(value, "long", span);
}
export function truth(value: boolean, span: Span): Literal {
  return literal(value, "bool", span);
}
export function ticks(value: bigint, span: Span): Literal {
  return literal(new Timespan(value), "timespan", span);
}
/** The value that KQL has where SPL has none. */
export function nothing(type: ScalarType, span: Span): Literal {
  return type === "string" || type === "unknown" ? text("", span) : literal(null, type, span);
}

export function column(of: Column, span: Span): Expr {
  return { kind: "column", name: of.name, type: of.type, span };
}
export function call(name: string, type: ScalarType, span: Span, ...args: readonly Expr[]): Call {
  return sized({ kind: "call", name, args, type, span }, args);
}
export function test(name: string, span: Span, ...args: readonly Expr[]): Call {
  return call(name, "bool", span, ...args);
}

export function isTruth(expr: Expr, value: boolean): boolean {
  return expr.kind === "literal" && expr.value === value && expr.type === "bool";
}

export function not(operand: Expr): Expr {
  const { span } = operand;
  if (isTruth(operand, true)) return truth(false, span);
  if (isTruth(operand, false)) return truth(true, span);
  if (operand.kind === "not") return operand.operand;
  if (operand.kind === "call" && operand.name === "isempty") return { ...operand, name: "isnotempty" };
  if (operand.kind === "call" && operand.name === "isnotempty") return { ...operand, name: "isempty" };
  if (operand.kind === "call" && operand.name === "isnull") return { ...operand, name: "isnotnull" };
  if (operand.kind === "call" && operand.name === "isnotnull") return { ...operand, name: "isnull" };
  return sized({ kind: "not", operand, type: "bool", span }, [operand]);
}

export function allOf(operands: readonly Expr[], span: Span): Expr {
  const flat = operands.flatMap((o) => (o.kind === "and" ? o.operands : [o])).filter((o) => !isTruth(o, true));
  if (flat.some((o) => isTruth(o, false))) return truth(false, span);
  const parts = withoutImplied(distinct(flat));
  const [only] = parts;
  if (only === undefined) return truth(true, span);
  return parts.length === 1 ? only : sized({ kind: "and", operands: parts, type: "bool", span }, parts);
}

/** A disjunction; tests of one column against whole texts become one list. */
export function anyOf(operands: readonly Expr[], span: Span): Expr {
  const flat = operands.flatMap((o) => (o.kind === "or" ? o.operands : [o])).filter((o) => !isTruth(o, false));
  if (flat.some((o) => isTruth(o, true))) return truth(true, span);
  const joined = joinLists(withoutOpposites(distinct(flat), span));
  const [only] = joined;
  if (only === undefined) return truth(false, span);
  return joined.length === 1 ? only : sized({ kind: "or", operands: joined, type: "bool", span }, joined);
}

/** `isnotempty(x)` goes where another test holds for no empty text. */
function withoutImplied(exprs: readonly Expr[]): readonly Expr[] {
  const isGuard = (e: Expr): e is Call => e.kind === "call" && (e.name === "isnotempty" || e.name === "isnotnull");
  const held = new Set(exprs.filter((e) => !isGuard(e)).flatMap(subjectsOf));
  return exprs.filter((e) => !isGuard(e) || e.args[0] === undefined || !held.has(keyOf(e.args[0])));
}

/** `isempty(x) or (isnotempty(x) and x != "a")` is `x != "a"`. */
function withoutOpposites(exprs: readonly Expr[], span: Span): readonly Expr[] {
  const keys = new Set(exprs.map(keyOf));
  const reduced = exprs.map((e) =>
    e.kind === "and"
      ? allOf(
          e.operands.filter((o) => !keys.has(keyOf(not(o)))),
          span,
        )
      : e,
  );
  const negated = new Set(reduced.flatMap((e) => (e.kind === "not" ? subjectsOf(e.operand) : [])));
  return reduced.filter(
    (e) => !(e.kind === "call" && e.name === "isempty" && e.args[0] !== undefined && negated.has(keyOf(e.args[0]))),
  );
}

/** Tests that no empty text and no null passes, against constants that are neither. */
const neverEmpty = new Set([
  "<",
  "<=",
  ">",
  ">=",
  "==",
  "=~",
  "in",
  "in~",
  "contains",
  "contains_cs",
  "startswith",
  "startswith_cs",
  "endswith",
  "endswith_cs",
  "has",
  "has_cs",
  "has_any",
  "hasprefix",
  "hasprefix_cs",
  "hassuffix",
  "hassuffix_cs",
]);

/** What must have a text where a condition holds, by `keyOf`. */
export function subjectsOf(expr: Expr): readonly string[] {
  switch (expr.kind) {
    case "and":
      return expr.operands.flatMap(subjectsOf);
    case "or": {
      const [first = [], ...others] = expr.operands.map(subjectsOf);
      return first.filter((key) => others.every((o) => o.includes(key)));
    }
    case "call": {
      const [subject, ...items] = expr.args;
      if (subject === undefined) return [];
      if (expr.name === "isnotempty" || expr.name === "isnotnull") return [keyOf(subject)];
      const constants = items.every((i) => i.kind === "literal" && i.value !== "" && i.value !== null);
      return neverEmpty.has(expr.name) && constants ? [keyOf(subject)] : [];
    }
    default:
      return [];
  }
}

function distinct(exprs: readonly Expr[]): readonly Expr[] {
  const seen = new Set<string>();
  return exprs.filter((expr) => {
    const key = keyOf(expr);
    return !seen.has(key) && seen.add(key);
  });
}

/** Equal for expressions that mean the same, wherever they stand. */
export function keyOf(expr: Expr): string {
  return JSON.stringify(expr, (key, value: unknown) =>
    key === "span" ? undefined : typeof value === "bigint" ? String(value) : value,
  );
}

const lists: Readonly<Record<string, string>> = { "=~": "in~", "in~": "in~", "==": "in", in: "in" };

function joinLists(exprs: readonly Expr[]): readonly Expr[] {
  const groups = new Map<string, { first: number; items: Expr[]; names: Set<string> }>();
  const groupOf = (expr: Expr): string | null => {
    if (expr.kind !== "call" || lists[expr.name] === undefined) return null;
    const [operand, ...items] = expr.args;
    if (operand?.type !== "string" || items.some((i) => i.kind !== "literal" || i.type !== "string")) return null;
    return keyOf(operand);
  };
  exprs.forEach((expr, i) => {
    const key = groupOf(expr);
    if (key === null || expr.kind !== "call") return;
    const group = groups.get(key) ?? { first: i, items: [], names: new Set() };
    group.items.push(...expr.args.slice(1));
    group.names.add(expr.name === "==" && caseless(expr) ? "caseless" : (lists[expr.name] ?? ""));
    groups.set(key, group);
  });
  return exprs.flatMap((expr, i): readonly Expr[] => {
    const key = groupOf(expr);
    const group = key === null ? undefined : groups.get(key);
    if (group === undefined || expr.kind !== "call") return [expr];
    const names = [...group.names].filter((n) => n !== "caseless");
    if (names.length > 1) return [expr];
    if (group.first !== i) return [];
    const items = distinctTexts(group.items, names[0] !== "in");
    if (items.length === 1) return [expr];
    const operand = expr.args[0];
    return operand === undefined ? [expr] : [test(names[0] ?? "in", expr.span, operand, ...items)];
  });
}

/** `==` against a text that has no case. */
function caseless(expr: Call): boolean {
  const value = expr.args[1];
  return value?.kind === "literal" && typeof value.value === "string" && !hasCase(value.value);
}

function distinctTexts(items: readonly Expr[], ignoreCase: boolean): readonly Expr[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const value = item.kind === "literal" ? String(item.value) : keyOf(item);
    const key = ignoreCase ? value.toLowerCase() : value;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

export function hasCase(value: string): boolean {
  return value.toLowerCase() !== value || value.toUpperCase() !== value;
}

export function columnsOf(values: readonly NamedExpr[]): readonly Column[] {
  return values.map((v) => ({ name: v.name, type: v.value.type }));
}

export function filter(input: Relation, predicate: Expr, span: Span): Relation {
  if (isTruth(predicate, true)) return input;
  return { kind: "filter", input, predicate, columns: input.columns, span };
}

export function extend(input: Relation, values: readonly NamedExpr[], span: Span): Relation {
  if (values.length === 0) return input;
  const added = columnsOf(values);
  const names = new Set(input.columns.map((c) => c.name));
  const columns = [
    ...input.columns.map((c) => added.find((a) => a.name === c.name) ?? c),
    ...added.filter((a) => !names.has(a.name)),
  ];
  return { kind: "extend", input, values, columns, span };
}
