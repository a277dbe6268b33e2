import type { Span } from "../diagnostics/source.ts";
import { suggestion } from "../diagnostics/suggest.ts";
import { aggregateFunction, functionNames, scalarFunction } from "../functions/index.ts";
import type { Binary, Call, Expression, InList } from "../kql/ast.ts";
import type { Expr, Relation } from "../plan/nodes.ts";
import { regexProblem } from "../runtime/index.ts";
import type { Column, ScalarType } from "../types/scalar-type.ts";
import { openTable } from "./open.ts";
import { checkCount, coerceArguments, commonType, equalized, implicitText, ordered, resultType } from "./types.ts";
import type { Scope, Session } from "./session.ts";
import { isTabular } from "./tabular.ts";

export function literal(type: ScalarType, value: Extract<Expr, { kind: "literal" }>["value"], span: Span): Expr {
  return { kind: "literal", type, value, span };
}

export function columnRef(column: Column, span: Span): Expr {
  return { kind: "column", name: column.name, type: column.type, span };
}

export function call(name: string, args: readonly Expr[], type: ScalarType, span: Span): Expr {
  return { kind: "call", name, args, type, span };
}

/** Stands for an expression that was reported, so that the analysis can go on without a second message. */
function broken(span: Span): Expr {
  return literal("unknown", null, span);
}

export function expression(e: Expression, scope: Scope): Expr {
  const { session } = scope;
  if (!session.grow(e.span)) return broken(e.span);
  switch (e.kind) {
    case "literal":
      return literal(e.type, e.value, e.span);
    case "dynamic":
      return literal("dynamic", e.value, e.span);
    case "paren":
      return expression(e.expression, scope);
    case "name":
      return nameReference(e.name, e.span, scope);
    case "member":
      return access(e.target, literal("string", e.name.text, e.name.span), e.span, scope);
    case "index":
      return access(e.target, expression(e.index, scope), e.span, scope);
    case "unary": {
      const operand = expression(e.operand, scope);
      if (e.operator === "+") return operand;
      if (operand.kind === "literal" && (typeof operand.value === "number" || typeof operand.value === "bigint")) {
        return { ...operand, value: -operand.value, span: e.span };
      }
      return scalarCall("neg", [operand], e.span, e.span, session);
    }
    case "logical": {
      const operands = e.operands.map((o) => condition(o, scope));
      const flat = operands.flatMap((o) => (o.kind === e.operator ? o.operands : [o]));
      return { kind: e.operator, operands: flat, type: "bool", span: e.span };
    }
    case "binary":
      return binary(e, scope);
    case "in":
      return inList(e, scope);
    case "between": {
      const operand = expression(e.operand, scope);
      const low = expression(e.low, scope);
      let high = expression(e.high, scope);
      if (operand.type === "datetime" && high.type === "timespan") high = call("+", [low, high], "datetime", high.span);
      for (const end of [low, high]) checkOrder(operand, end, end.span, session);
      const test = call("between", [operand, low, high], "bool", e.span);
      return e.negated ? not(test, e.span) : test;
    }
    case "call":
      return functionCall(e, scope);
    case "pipe":
    case "datatable":
      session.diagnostics.add("KQL106", e.span, "a table stands where a single value is needed", "use toscalar(…) for its first value");
      return broken(e.span);
    case "star":
      session.diagnostics.add("KQL108", e.span, "`*` cannot stand here");
      return broken(e.span);
    case "typeof":
      session.diagnostics.add("KQL108", e.span, "typeof cannot stand here");
      return broken(e.span);
  }
}

/** An expression that must be a truth value. */
export function condition(e: Expression, scope: Scope): Expr {
  const value = expression(e, scope);
  if (value.type !== "bool" && value.type !== "unknown" && value.type !== "dynamic") {
    scope.session.diagnostics.add("KQL104", value.span, `a condition is needed here, \`${scope.session.excerpt(value.span)}\` is a ${value.type}`);
  }
  return value;
}

export function not(operand: Expr, span: Span): Expr {
  return { kind: "not", operand, type: "bool", span };
}

function nameReference(name: string, span: Span, scope: Scope): Expr {
  const { session, names, input } = scope;
  const column = input?.columns.find((c) => c.name === name);
  if (column) return columnRef(column, span);
  const binding = names.get(name);
  if (binding?.kind === "scalar") return { ...binding.value, span };
  if (binding) {
    session.diagnostics.add("KQL106", span, `${name} is a ${binding.kind}, a value is needed here`);
    return broken(span);
  }
  const open = input && openTable(input);
  if (open) {
    const found = session.found.get(open) ?? new Set();
    session.found.set(open, found.add(name));
    return columnRef({ name, type: "unknown" }, span);
  }
  if (input) {
    const known = input.columns.map((c) => c.name);
    session.diagnostics.add("KQL101", span, `no column is named \`${name}\``, suggestion(name, [...known, ...names.all()], "columns here"));
  } else {
    session.diagnostics.add("KQL101", span, `nothing is named \`${name}\``, suggestion(name, names.all(), "names here"));
  }
  return broken(span);
}

function access(target: Expression, key: Expr, span: Span, scope: Scope): Expr {
  const value = expression(target, scope);
  if (value.type !== "dynamic" && value.type !== "unknown") {
    scope.session.diagnostics.add(
      "KQL104",
      span,
      `\`${scope.session.excerpt(target.span)}\` is a ${value.type}, only a dynamic value has parts`,
      value.type === "string" ? "parse_json(…) makes a dynamic value of a string" : undefined,
    );
    return broken(span);
  }
  return { kind: "access", target: value, key, type: "dynamic", span };
}

const negations: Readonly<Record<string, string>> = { "!=": "==", "!~": "=~", "!in": "in", "!in~": "in~" };
const orderings = new Set(["<", "<=", ">", ">="]);

function checkOrder(left: Expr, right: Expr, span: Span, session: Session): void {
  if (ordered(left.type, right.type)) return;
  const hint = left.type === "datetime" && right.type === "string" ? "datetime(…) writes a time" : undefined;
  session.diagnostics.add("KQL104", span, `a ${left.type} has no order with a ${right.type}`, hint);
}

/** The arguments of `==` and `in` in types that can be equal. */
function equalizedArguments(args: readonly Expr[]): readonly Expr[] {
  const [operand, ...others] = args;
  if (!operand) return args;
  const same = others.map((o) => equalized(o, operand.type));
  const [other] = others;
  const first = other && others.every((o) => o.type === other.type) ? equalized(operand, other.type) : operand;
  return [first, ...same.map((o, i) => (first === operand ? o : (others[i] ?? o)))];
}

function binary(e: Binary, scope: Scope): Expr {
  const { session } = scope;
  const negated = e.operator.startsWith("!");
  const name = negations[e.operator] ?? (negated ? e.operator.slice(1) : e.operator);
  if (name.endsWith("like") || name.endsWith("likecs")) {
    session.diagnostics.add("KQL108", e.operatorSpan, `the operator \`${e.operator}\` is not supported`, "use contains, startswith, endswith or matches regex");
    return broken(e.span);
  }
  const right = expression(e.right, scope);
  if (e.left.kind === "star") return anyColumn(name, right, negated, e, scope);
  const left = expression(e.left, scope);
  const test = scalarCall(name, [left, right], e.span, e.operatorSpan, session);
  return negated ? not(test, e.span) : test;
}

/** `* has "x"`: the test holds for at least one column. (where-operator) */
function anyColumn(name: string, right: Expr, negated: boolean, e: Binary, scope: Scope): Expr {
  const columns = (scope.input?.columns ?? []).filter((c) => ["string", "dynamic", "unknown"].includes(c.type) || name !== "==");
  const tests = columns.map((c) => {
    const value = columnRef(c, e.left.span);
    const operand = c.type === "string" || name === "==" ? value : implicitText(value);
    return call(name, [operand, right], "bool", e.span);
  });
  const [only] = tests;
  if (only === undefined) return literal("bool", false, e.span);
  const any: Expr = tests.length === 1 ? only : { kind: "or", operands: tests, type: "bool", span: e.span };
  return negated ? not(any, e.span) : any;
}

/** A call of a known function or operator with analyzed arguments. */
export function scalarCall(name: string, given: readonly Expr[], span: Span, nameSpan: Span, session: Session): Expr {
  const row = scalarFunction(name);
  if (!row) {
    session.diagnostics.add("KQL102", nameSpan, `no function is named \`${name}\``, suggestion(name, functionNames(), "functions"));
    return broken(span);
  }
  if (!checkCount(row, given.length, nameSpan, session)) return broken(span);
  const coerced = coerceArguments(row, given, session);
  const args = row.name === "==" || row.name === "in" ? equalizedArguments(coerced) : coerced;
  const [left, right] = args;
  if (orderings.has(row.name) && left && right) checkOrder(left, right, span, session);
  row.parameters.forEach((parameter, i) => {
    const arg = args[i];
    if (parameter !== "regex" || arg?.kind !== "literal" || typeof arg.value !== "string") return;
    const problem = regexProblem(arg.value);
    if (problem !== null) session.diagnostics.add("KQL109", arg.span, `this is not a regular expression of KQL: ${problem}`);
  });
  const types = args.map((a) => a.type);
  if (typeof row.returns === "object" && "commonFrom" in row.returns) {
    const { commonFrom, step = 1 } = row.returns;
    const chosen = types.filter((_, i) => i >= commonFrom && ((i - commonFrom) % step === 0 || i === types.length - 1));
    if (commonType(chosen) === null) {
      session.diagnostics.add("KQL104", span, `${row.name} gets values of different types: ${[...new Set(chosen)].join(", ")}`);
    }
  }
  return call(row.name, args, resultType(row.returns, types), span);
}

function inList(e: InList, scope: Scope): Expr {
  const { session } = scope;
  const negated = e.operator.startsWith("!");
  const name = negations[e.operator] ?? e.operator;
  const operand = e.operand.kind === "star" ? null : expression(e.operand, scope);
  const finish = (test: Expr): Expr => (negated ? not(test, e.span) : test);
  const [only] = e.items;
  if (only && e.items.length === 1 && isTabular(only, scope.names, session)) {
    const table = session.relation(only, scope);
    const [column] = table.columns;
    if (!operand || !column) return broken(e.span);
    if (name === "in" || name === "in~") {
      return finish({ kind: "in-table", operand, table, ignoreCase: name === "in~", type: "bool", span: e.span });
    }
    const set: Relation = {
      kind: "aggregate",
      input: table,
      keys: [],
      aggregates: [{ function: "make_set", args: [columnRef(column, only.span)], columns: [{ name: "set", type: "dynamic" }], span: only.span }],
      keyword: "summarize",
      columns: [{ name: "set", type: "dynamic" }],
      span: only.span,
    };
    return finish(call(name, [operand, { kind: "toscalar", table: set, type: "dynamic", span: only.span }], "bool", e.span));
  }
  const items = e.items.map((i) => expression(i, scope));
  if (operand) return finish(scalarCall(name, [operand, ...items], e.span, e.operatorSpan, session));
  const tests = (scope.input?.columns ?? [])
    .filter((c) => c.type === "string")
    .map((c) => call(name, [columnRef(c, e.operand.span), ...items], "bool", e.span));
  return finish({ kind: "or", operands: tests, type: "bool", span: e.span });
}

function functionCall(e: Call, scope: Scope): Expr {
  const { session, names } = scope;
  const name = e.name.text;
  const binding = names.get(name);
  if (binding?.kind === "function") {
    const result = session.call(binding.value, binding.scope, e, { session, names, input: scope.input });
    if (result.kind === "value") return result.value;
    session.diagnostics.add("KQL106", e.span, `${name} gives a table, a value is needed here`, "use toscalar(…) for its first value");
    return broken(e.span);
  }
  if (name === "toscalar") {
    const [argument] = e.arguments;
    if (!argument || e.arguments.length !== 1) {
      session.diagnostics.add("KQL103", e.name.span, `toscalar takes 1 argument, not ${e.arguments.length}`);
      return broken(e.span);
    }
    if (!isTabular(argument.value, names, session)) return expression(argument.value, { session, names, input: null });
    const table = session.relation(argument.value, scope);
    return { kind: "toscalar", table, type: table.columns[0]?.type ?? "unknown", span: e.span };
  }
  if (name === "not") {
    const [argument] = e.arguments;
    if (argument && e.arguments.length === 1) return not(condition(argument.value, scope), e.span);
    session.diagnostics.add("KQL103", e.name.span, `not takes 1 argument, not ${e.arguments.length}`);
    return broken(e.span);
  }
  if (scope.aggregate && aggregateFunction(name)) return scope.aggregate(e);
  if (!scalarFunction(name) && aggregateFunction(name)) {
    session.diagnostics.add("KQL111", e.name.span, `${name} is an aggregate`, "an aggregate stands in summarize, outside any other aggregate");
    return broken(e.span);
  }
  if (name === "pack_all") return packAll(e, scope);
  if (name === "extract" && e.arguments[3]?.value.kind === "typeof") return typedExtract(e, scope);
  if ((name === "column_ifexists" || name === "columnifexists") && e.arguments.length === 2) return columnIfExists(e, scope);
  const args = e.arguments.flatMap((a) => {
    if (a.value.kind === "star" && (name === "pack_array" || name === "strcat")) {
      return (scope.input?.columns ?? []).map((c) => columnRef(c, a.value.span));
    }
    return [expression(a.value, scope)];
  });
  return scalarCall(name, args, e.span, e.name.span, session);
}

/** A bag of all columns. (pack-all-function) */
function packAll(e: Call, scope: Scope): Expr {
  if (e.arguments.length > 0) {
    scope.session.diagnostics.add("KQL108", e.span, "pack_all with ignore_null_empty is not supported", "use pack_all()");
    return broken(e.span);
  }
  const pairs = (scope.input?.columns ?? []).flatMap((c) => [literal("string", c.name, e.span), columnRef(c, e.span)]);
  return call("bag_pack", pairs, "dynamic", e.span);
}

const converters: Partial<Record<ScalarType, string>> = {
  long: "tolong", int: "toint", real: "toreal", bool: "tobool", datetime: "todatetime", timespan: "totimespan", guid: "toguid", dynamic: "parse_json",
};

/** `extract(…, typeof(long))` is the conversion of the text. */
function typedExtract(e: Call, scope: Scope): Expr {
  const wanted = e.arguments[3]?.value;
  const text = scalarCall("extract", e.arguments.slice(0, 3).map((a) => expression(a.value, scope)), e.span, e.name.span, scope.session);
  const type = wanted?.kind === "typeof" && typeof wanted.type === "string" ? wanted.type : "string";
  const converter = converters[type];
  return converter === undefined ? text : call(converter, [text], type, e.span);
}

function columnIfExists(e: Call, scope: Scope): Expr {
  const [name, fallback] = e.arguments;
  if (name?.value.kind === "literal" && typeof name.value.value === "string") {
    const wanted = name.value.value;
    const column = scope.input?.columns.find((c) => c.name === wanted);
    if (column) return columnRef(column, e.span);
  }
  return fallback ? expression(fallback.value, scope) : broken(e.span);
}
