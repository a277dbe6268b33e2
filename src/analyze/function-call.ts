import { aggregateFunction, scalarFunction } from "../functions/index.ts";
import type { Call } from "../kql/ast.ts";
import type { Expr } from "../plan/nodes.ts";
import type { ScalarType } from "../types/scalar-type.ts";
import { scalarCall } from "./scalar-call.ts";
import type { Scope } from "./session.ts";
import { isTabular } from "./tabular.ts";
import { broken, call, columnRef, literal, not } from "./values.ts";

/** `f(a, b)`: a user function, a special form, or a row of `functions/`. */
export function functionCall(e: Call, scope: Scope): Expr {
  const { session, names } = scope;
  const name = e.name.text;
  const binding = names.get(name);
  if (binding?.kind === "function") {
    const result = session.call(binding.value, binding.scope, e, { session, names, input: scope.input });
    if (result.kind === "value") return result.value;
    session.diagnostics.add(
      "KQL106",
      e.span,
      `${name} gives a table, a value is needed here`,
      "use toscalar(…) for its first value",
    );
    return broken(e.span);
  }
  if (name === "toscalar") {
    const [argument] = e.arguments;
    if (!argument || e.arguments.length !== 1) {
      session.diagnostics.add("KQL103", e.name.span, `toscalar takes 1 argument, not ${e.arguments.length}`);
      return broken(e.span);
    }
    if (!isTabular(argument.value, names, session))
      return scope.session.expression(argument.value, { session, names, input: null });
    const table = session.relation(argument.value, scope);
    return { kind: "toscalar", table, type: table.columns[0]?.type ?? "unknown", span: e.span };
  }
  if (name === "not") {
    const [argument] = e.arguments;
    if (argument && e.arguments.length === 1) return not(session.condition(argument.value, scope), e.span);
    session.diagnostics.add("KQL103", e.name.span, `not takes 1 argument, not ${e.arguments.length}`);
    return broken(e.span);
  }
  if (scope.aggregate && aggregateFunction(name)) return scope.aggregate(e);
  if (!scalarFunction(name) && aggregateFunction(name)) {
    session.diagnostics.add(
      "KQL111",
      e.name.span,
      `${name} is an aggregate`,
      "an aggregate stands in summarize, outside any other aggregate",
    );
    return broken(e.span);
  }
  if (name === "pack_all") return packAll(e, scope);
  if (name === "extract" && e.arguments[3]?.value.kind === "typeof") return typedExtract(e, scope);
  if ((name === "column_ifexists" || name === "columnifexists") && e.arguments.length === 2)
    return columnIfExists(e, scope);
  const args = e.arguments.flatMap((a) => {
    if (a.value.kind === "star" && (name === "pack_array" || name === "strcat")) {
      return (scope.input?.columns ?? []).map((c) => columnRef(c, a.value.span));
    }
    return [scope.session.expression(a.value, scope)];
  });
  return scalarCall(name, args, e.span, e.name.span, session);
}

/** A bag of all columns. (pack-all-function) */
function packAll(e: Call, scope: Scope): Expr {
  if (e.arguments.length > 0) {
    scope.session.diagnostics.add(
      "KQL108",
      e.span,
      "pack_all with ignore_null_empty is not supported",
      "use pack_all()",
    );
    return broken(e.span);
  }
  const pairs = (scope.input?.columns ?? []).flatMap((c) => [literal("string", c.name, e.span), columnRef(c, e.span)]);
  return call("bag_pack", pairs, "dynamic", e.span);
}

const converters: Partial<Record<ScalarType, string>> = {
  long: "tolong",
  int: "toint",
  real: "toreal",
  bool: "tobool",
  datetime: "todatetime",
  timespan: "totimespan",
  guid: "toguid",
  dynamic: "parse_json",
};

/** `extract(…, typeof(long))` is the conversion of the text. */
function typedExtract(e: Call, scope: Scope): Expr {
  const wanted = e.arguments[3]?.value;
  const text = scalarCall(
    "extract",
    e.arguments.slice(0, 3).map((a) => scope.session.expression(a.value, scope)),
    e.span,
    e.name.span,
    scope.session,
  );
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
  return fallback ? scope.session.expression(fallback.value, scope) : broken(e.span);
}
