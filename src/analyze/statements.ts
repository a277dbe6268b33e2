import type { LetStatement, Parameter, Statement } from "../kql/ast.ts";
import type { Expr, Relation } from "../plan/nodes.ts";
import { expression } from "./expression.ts";
import { openTable } from "./open.ts";
import type { Binding, Called, TableScope } from "./session.ts";
import { formOf } from "./tabular.ts";
import { call } from "./values.ts";

/**
 * Takes up a statement. Definitions go into `names`; an expression's value or rows are given back. `named`: the plan keeps the
 * lets under their names, as it does for those outside functions.
 */
export function statement(s: Statement, scope: TableScope, named: boolean): Called | null {
  switch (s.kind) {
    case "let":
      letStatement(s, scope, named);
      return null;
    case "expression":
      return given(s.expression, scope);
    case "declare":
      for (const p of s.parameters) queryParameter(p, scope);
      return null;
    case "pattern":
      scope.session.diagnostics.add(
        "KQL108",
        s.span,
        `the pattern ${s.name.text} is resolved by a service that is not known here`,
      );
      return null;
    // How the query is run, or where its tables are looked for: the plan keeps them as they are written.
    case "set":
    case "alias":
    case "restrict":
      return null;
  }
}

/** The rows or the value of an expression that may be either. */
function given(e: Exclude<LetStatement["value"], { kind: "function" }>, scope: TableScope): Called {
  const form = formOf(e, scope.names, scope.session);
  const isRecursion = e.kind === "call" && scope.session.calling.includes(e.name.text);
  const isTable = form === "table" || (form === "unknown" && e.kind !== "paren" && !isRecursion);
  if (isTable) return { kind: "table", value: scope.session.relation(e, scope) };
  return { kind: "value", value: expression(e, { ...scope, input: null }) };
}

function letStatement(s: LetStatement, scope: TableScope, named: boolean): void {
  const { session, names } = scope;
  const { value, span } = s;
  const name = s.name.text;
  if (names.has(name)) {
    session.diagnostics.add("KQL105", s.name.span, `\`${name}\` is defined twice`, "give one of them another name");
    return;
  }
  if (value.kind === "function") {
    const binding: Binding & { kind: "function" } = { kind: "function", value, scope: names.soFar() };
    names.set(name, binding);
    session.uncalled.set(value, { name: s.name, scope: binding.scope });
    return;
  }
  if (value.kind === "call" && formOf(value, names, session) === "unknown") {
    names.set(name, { kind: "unknown", call: value, scope: names.soFar() });
    return;
  }
  const result = given(value, scope);
  if (result.kind === "table") names.set(name, { kind: "table", value: keptTable(name, result.value, span) });
  else names.set(name, { kind: "scalar", value: keptValue(name, result.value, span) });

  function keptTable(name: string, table: Relation, span: LetStatement["span"]): Relation {
    if (!named) return table;
    session.lets.push({ kind: "table", name, value: table, span });
    return { kind: "table", name, open: openTable(table), columns: table.columns, span };
  }
  function keptValue(name: string, value: Expr, span: LetStatement["span"]): Expr {
    if (!named) return value;
    session.lets.push({ kind: "scalar", name, value, span });
    return { kind: "let", name, type: value.type, span };
  }
}

/** `declare query_parameters (a: long = 5)`: who runs the query may give another value. (query-parameters-statement) */
function queryParameter(p: Parameter, { session, names }: TableScope): void {
  const name = p.name.text;
  const type = typeof p.type === "object" ? "unknown" : p.type;
  if (!p.default) {
    // A call of what no target knows: only who runs the query has its value.
    names.set(name, { kind: "scalar", value: call(`the query parameter ${name}`, [], type, p.span) });
    return;
  }
  const value = expression(p.default, { session, names, input: null });
  session.lets.push({ kind: "scalar", name, value: { ...value, type }, span: p.span, parameter: true });
  names.set(name, { kind: "scalar", value: { kind: "let", name, type, span: p.span } });
}
