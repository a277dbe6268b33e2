import type { Span } from "../diagnostics/source.ts";
import type { Call, Operator } from "../kql/ast.ts";
import { mapExpressions, mapInputs, mapOperands } from "../plan/children.ts";
import type { ColumnRef, Expr, Relation, WindowCall, WindowFunction } from "../plan/nodes.ts";
import { windowFunctions } from "../plan/nodes.ts";
import { printExpr } from "../plan/print.ts";
import { isSerialized } from "../plan/serialized.ts";
import { isNumeric, type ScalarType } from "../types/scalar-type.ts";
import type { Scope, Session, TableScope } from "./session.ts";
import { broken } from "./values.ts";

export function isWindowFunction(name: string): name is WindowFunction {
  return windowFunctions.some((known) => known === name);
}

/** Reports rows whose order does not count, for what looks at the rows around. */
export function checkSerialized(what: string, input: Relation, span: Span, session: Session): void {
  const letOf = (name: string): Relation | undefined => {
    const found = session.lets.find((l) => l.name === name);
    return found?.kind === "table" ? found.value : undefined;
  };
  if (isSerialized(input, letOf)) return;
  session.diagnostics.add(
    "KQL117",
    span,
    `${what} looks at the rows around, and these rows are in no order`,
    "put `sort by …` or `serialize` before it",
  );
}

interface Lifted {
  readonly call: WindowCall;
  /** Calls inside the arguments of others come first. */
  readonly level: number;
}

/**
 * Analyzes an operator whose expressions may call window functions. The calls become columns of a Window node below it, which the
 * operator then reads; where nothing is left to do, the operator is that node. (window-functions)
 */
export function withWindows(
  o: Operator,
  input: Relation,
  scope: TableScope,
  analyze: (scope: TableScope) => Relation,
): Relation {
  const lifted = new Map<string, Lifted>();
  const special: TableScope["special"] = (e, inner) => {
    if (e.kind !== "call" || !isWindowFunction(e.name.text) || inner.names.get(e.name.text) !== undefined) return null;
    return lift(e, e.name.text, inner, lifted);
  };
  const analyzed = analyze({ ...scope, special });
  if (lifted.size === 0) return analyzed;
  const [first] = lifted.values();
  if (first) checkSerialized(first.call.function, input, first.call.span, scope.session);
  return lowered(o, analyzed, input, [...lifted.values()]);
}

function lift(e: Call, name: WindowFunction, scope: Scope, lifted: Map<string, Lifted>): Expr {
  const { session } = scope;
  const args = e.arguments.map((a) => session.expression(a.value, scope));
  const type = checked(e, name, args, session);
  if (type === null) return broken(e.span);
  const key = `${name}(${args.map(printExpr).join(", ")})`;
  const known = lifted.get(key);
  const call: WindowCall = known?.call ?? { name: `\u0000${lifted.size}`, function: name, args, type, span: e.span };
  const level = known?.level ?? 1 + Math.max(-1, ...args.map((a) => levelOf(a, lifted)));
  lifted.set(key, { call, level });
  return { kind: "column", name: call.name, type, span: e.span };
}

/** The highest level of the lifted columns that an expression reads; -1 for none. */
function levelOf(expr: Expr, lifted: ReadonlyMap<string, Lifted>): number {
  let level = -1;
  const visit = (e: Expr): Expr => {
    if (e.kind === "column")
      for (const found of lifted.values()) if (found.call.name === e.name) level = Math.max(level, found.level);
    return mapOperands(e, visit);
  };
  visit(expr);
  return level;
}

type Argument = "any" | "number" | "datetime" | "offset" | "constant" | "whole" | "distance" | "bool";
const signatures: Readonly<
  Record<WindowFunction, { readonly least: number; readonly arguments: readonly Argument[] }>
> = {
  prev: { least: 1, arguments: ["any", "offset", "constant"] },
  next: { least: 1, arguments: ["any", "offset", "constant"] },
  row_number: { least: 0, arguments: ["whole", "bool"] },
  row_cumsum: { least: 1, arguments: ["number", "bool"] },
  row_rank_dense: { least: 1, arguments: ["any", "bool"] },
  row_rank_min: { least: 1, arguments: ["any", "bool"] },
  row_window_session: { least: 3, arguments: ["datetime", "distance", "distance", "bool"] },
};

/** The call's type; null where it was reported. */
function checked(e: Call, name: WindowFunction, args: readonly Expr[], session: Session): ScalarType | null {
  const { least, arguments: wanted } = signatures[name];
  if (args.length < least || args.length > wanted.length) {
    const count = least === wanted.length ? String(least) : `${least} to ${wanted.length}`;
    session.diagnostics.add("KQL103", e.name.span, `${name} takes ${count} arguments, not ${args.length}`);
    return null;
  }
  const problems = args.map((arg, i) => problem(wanted[i] ?? "any", arg));
  problems.forEach((text, i) => {
    const span = args[i]?.span ?? e.span;
    if (text !== null) session.diagnostics.add("KQL104", span, `${name} takes ${text} here`);
  });
  if (problems.some((text) => text !== null)) return null;
  const [first] = args;
  if (name === "row_window_session") return "datetime";
  return name === "prev" || name === "next" || name === "row_cumsum" ? (first?.type ?? "unknown") : "long";
}

const isConstant = (expr: Expr): boolean => expr.kind === "literal" || expr.kind === "let" || !readsRow(expr);

function readsRow(expr: Expr): boolean {
  let reads = false;
  const visit = (e: Expr): Expr => {
    if (e.kind === "column") reads = true;
    return mapOperands(e, visit);
  };
  visit(expr);
  return reads;
}

/** What is wanted instead, or null where the argument fits. */
function problem(wanted: Argument, arg: Expr): string | null {
  const { type } = arg;
  if (type === "unknown" || (type === "dynamic" && wanted !== "offset")) return null;
  switch (wanted) {
    case "any":
      return null;
    case "number":
      return isNumeric(type) || type === "timespan" ? null : "a number";
    case "datetime":
      return type === "datetime" ? null : "a datetime";
    case "bool":
      return type === "bool" ? null : "a condition";
    case "distance":
      return type === "timespan" && isConstant(arg) ? null : "a constant timespan";
    case "constant":
      return isConstant(arg) ? null : "a constant";
    case "whole":
      return isConstant(arg) && (type === "long" || type === "int") ? null : "a constant whole number";
    case "offset": {
      const isPositive = arg.kind !== "literal" || arg.value === null || Number(arg.value) > 0;
      return isConstant(arg) && (type === "long" || type === "int") && isPositive
        ? null
        : "a constant number of rows above 0";
    }
  }
}

/** The operator over Window nodes, one for each level. */
function lowered(o: Operator, analyzed: Relation, input: Relation, lifted: readonly Lifted[]): Relation {
  const names = naming(analyzed, input, lifted);
  const rename = (e: Expr): Expr => {
    const name = e.kind === "column" ? names.get(e.name) : undefined;
    return name === undefined ? mapOperands(e, rename) : { ...(e as ColumnRef), name };
  };
  // `serialize` with values is one operator.
  let below = input.kind === "window" && input.values.length === 0 && input.span === o.span ? input.input : input;
  const levels = [...new Set(lifted.map((l) => l.level))].sort((a, b) => a - b);
  for (const level of levels) {
    const values = lifted
      .filter((l) => l.level === level)
      .map(({ call }) => ({ ...call, name: names.get(call.name) ?? call.name, args: call.args.map(rename) }));
    const columns = [...below.columns, ...values.map(({ name, type }) => ({ name, type }))];
    below = { kind: "window", input: below, values, columns, span: o.span };
  }
  const top = below;
  const rebuilt = (r: Relation): Relation => (r === input ? top : mapExpressions(mapInputs(r, rebuilt), rename));
  const result = rebuilt(analyzed);
  if (result.kind !== "extend" || result.input !== top) return result;
  const left = result.values.filter((v) => v.value.kind !== "column" || v.value.name !== v.name || !made(v.name, top));
  if (left.length > 0) return { ...result, values: left };
  return { ...top, columns: result.columns };
}

const made = (name: string, window: Relation): boolean =>
  window.kind === "window" && (window.values.some((v) => v.name === name) || made(name, window.input));

/**
 * Names for the lifted columns: that of the column which is the call and nothing else, where it replaces none; else one made of the
 * function and its argument.
 */
function naming(analyzed: Relation, input: Relation, lifted: readonly Lifted[]): ReadonlyMap<string, string> {
  const taken = new Set([...input.columns, ...analyzed.columns].map((c) => c.name));
  const isInput = new Set(input.columns.map((c) => c.name));
  const names = new Map<string, string>();
  if (analyzed.kind === "extend" || analyzed.kind === "project") {
    for (const { name, value } of analyzed.values) {
      if (value.kind !== "column" || names.has(value.name) || isInput.has(name)) continue;
      if (lifted.some((l) => l.call.name === value.name)) names.set(value.name, name);
    }
  }
  for (const { call } of lifted) {
    if (names.has(call.name)) continue;
    const [first] = call.args;
    const base =
      first?.kind === "column" && !first.name.startsWith("\u0000") ? `${call.function}_${first.name}` : call.function;
    let name = base;
    for (let i = 2; taken.has(name); i++) name = `${base}_${i}`;
    taken.add(name);
    names.set(call.name, name);
  }
  return names;
}
