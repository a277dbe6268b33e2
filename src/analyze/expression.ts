import type { Span } from "../diagnostics/source.ts";
import { suggestion } from "../diagnostics/suggest.ts";
import type { Binary, Expression, Member, MemberCall } from "../kql/ast.ts";
import type { Expr, Literal } from "../plan/nodes.ts";
import { longOf, type Value } from "../types/value.ts";
import { functionCall } from "./function-call.ts";
import { inList } from "./in-list.ts";
import { openTable } from "./open.ts";
import { isPath } from "./path.ts";
import { checkOrder, scalarCall } from "./scalar-call.ts";
import type { Scope } from "./session.ts";
import { implicitText } from "./types.ts";
import { broken, call, columnRef, literal, not, undeclaredColumns } from "./values.ts";

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
    case "member": {
      const own = scope.special?.(e, scope);
      if (own) return own;
      if (isPath(e)) return elsewhere(e, scope);
      return access(e.target, literal("string", e.name.text, e.name.span), e.span, scope);
    }
    case "index":
      return access(e.target, expression(e.index, scope), e.span, scope);
    case "unary": {
      const operand = expression(e.operand, scope);
      if (e.operator === "+") return operand;
      const value = operand.kind === "literal" ? opposite(operand) : null;
      if (operand.kind === "literal" && value !== null) return { ...operand, value, span: e.span };
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
      return scope.special?.(e, scope) ?? functionCall(e, scope);
    case "pipe":
    case "datatable":
    case "externaldata":
    case "member-pattern":
      session.diagnostics.add(
        "KQL106",
        e.span,
        "a table stands where a single value is needed",
        "use toscalar(…) for its first value",
      );
      return broken(e.span);
    case "member-call":
      return elsewhere(e, scope);
    case "entity-group":
      session.diagnostics.add("KQL106", e.span, "a group of databases stands where a single value is needed");
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
    scope.session.diagnostics.add(
      "KQL104",
      value.span,
      `a condition is needed here, \`${scope.session.excerpt(value.span)}\` is a ${value.type}`,
    );
  }
  return value;
}

function nameReference(name: string, span: Span, scope: Scope): Expr {
  const { session, names, input } = scope;
  const column = input?.columns.find((c) => c.name === name);
  if (column) return columnRef(column, span);
  const binding = names.get(name);
  if (binding?.kind === "scalar") return { ...binding.value, span };
  if (binding?.kind === "unknown") return functionCall(binding.call, { session, names: binding.scope, input: null });
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
    session.diagnostics.add(
      "KQL101",
      span,
      `no column is named \`${name}\``,
      suggestion(name, [...known, ...names.all()], "columns here"),
    );
  } else {
    session.diagnostics.add(
      "KQL101",
      span,
      `nothing is named \`${name}\``,
      suggestion(name, names.all(), "names here"),
    );
  }
  return broken(span);
}

/** A value of another database: a function there, as far as can be told. */
function elsewhere(e: Member | MemberCall, scope: Scope): Expr {
  const { session } = scope;
  if (!isPath(e)) {
    session.diagnostics.add("KQL108", e.span, `\`${session.excerpt(e.span)}\`: a value has no functions of its own`);
    return broken(e.span);
  }
  if (e.kind === "member") {
    session.diagnostics.add("KQL106", e.span, "a table stands where a single value is needed", "use toscalar(…)");
    return broken(e.span);
  }
  const args = e.call.arguments.map((a) => expression(a.value, scope));
  return call(session.excerpt(e.span), args, "unknown", e.span);
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

const negations: Readonly<Record<string, string>> = { "!=": "==", "!~": "=~" };

function binary(e: Binary, scope: Scope): Expr {
  const { session } = scope;
  const negated = e.operator.startsWith("!");
  const name = negations[e.operator] ?? (negated ? e.operator.slice(1) : e.operator);
  if (name.endsWith("like") || name.endsWith("likecs")) {
    session.diagnostics.add(
      "KQL108",
      e.operatorSpan,
      `the operator \`${e.operator}\` is not supported`,
      "use contains, startswith, endswith or matches regex",
    );
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
  if (scope.input && openTable(scope.input) !== null) return undeclaredColumns([right], e.span);
  const columns = (scope.input?.columns ?? []).filter(
    (c) => ["string", "dynamic", "unknown"].includes(c.type) || name !== "==",
  );
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

/** The negative of a number; null for what is none, or where the type has no such number. */
function opposite({ type, value }: Literal): Value {
  if (typeof value !== "number" && typeof value !== "bigint") return null;
  if (type === "real") return -Number(value);
  const negative = longOf(-BigInt(value));
  return type === "int" && negative === 2 ** 31 ? null : negative;
}
