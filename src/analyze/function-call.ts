import type { Span } from "../diagnostics/source.ts";
import { aggregateFunction, isOperator, scalarFunction } from "../functions/index.ts";
import type { Call } from "../kql/ast.ts";
import type { Expr } from "../plan/nodes.ts";
import { automaticName } from "./names.ts";
import { looseArguments, unknownFunction } from "./saved-function.ts";
import { scalarCall } from "./scalar-call.ts";
import type { Scope } from "./session.ts";
import { isTabular } from "./tabular.ts";
import { conversions } from "./types.ts";
import { broken, call, columnRef, literal, not } from "./values.ts";
import { isWindowFunction } from "./window.ts";

/** `f(a, b)`: a user function, a special form, or a row of `functions/`. */
export function functionCall(e: Call, scope: Scope): Expr {
  const { session, names } = scope;
  const name = e.name.text;
  const binding = names.get(name);
  if (binding?.kind === "function") {
    const result = session.call(binding.value, binding.scope, e, { session, names, input: scope.input });
    if (result.kind === "value") return result.value;
    // A function that is not known here may give a value as well.
    if (result.value.kind === "opaque") return call(name, [], "unknown", e.span);
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
  if (!specialForms.has(name) && (isOperator(name) || !scalarFunction(name))) return unknownCall(e, scope);
  if (name === "column_names_of") return columnNamesOf(e, scope);
  if (name === "iscolumnexists") return isColumnThere(e, scope);
  if (name === "pack_all") return packAll(e, scope);
  if (name === "bag_pack_columns") return packColumns(e, scope);
  const typed = typedExtracts[name];
  if (typed !== undefined && e.arguments[typed]?.value.kind === "typeof") return typedExtract(e, typed, scope);
  if ((name === "column_ifexists" || name === "columnifexists") && e.arguments.length === 2)
    return columnIfExists(e, scope);
  const args = e.arguments.flatMap((a) => {
    if (a.value.kind === "star" && (name === "pack_array" || name === "strcat" || name === "estimate_data_size")) {
      return (scope.input?.columns ?? []).map((c) => columnRef(c, a.value.span));
    }
    return [scope.session.expression(a.value, scope)];
  });
  return scalarCall(name, args, e.span, e.name.span, session);
}

const specialForms: ReadonlySet<string> = new Set([
  "pack_all",
  "bag_pack_columns",
  "column_ifexists",
  "columnifexists",
  "column_names_of",
  "iscolumnexists",
]);

/** A call of a function that is not known here: its arguments are looked through, its value has no type. */
function unknownCall(e: Call, scope: Scope): Expr {
  if (isWindowFunction(e.name.text)) {
    const text = `${e.name.text} looks at the rows around, and there are none here`;
    scope.session.diagnostics.add("KQL108", e.span, text, "window functions stand in extend, project and where");
    return broken(e.span);
  }
  unknownFunction(e, scope, "value");
  return call(e.name.text, looseArguments(e, scope), "unknown", e.span);
}

/** The names of a table's columns as an array. (column-names-of-function) */
function columnNamesOf(e: Call, scope: Scope): Expr {
  const [table] = e.arguments;
  if (!table || e.arguments.length !== 1 || !isTabular(table.value, scope.names, scope.session)) {
    scope.session.diagnostics.add("KQL106", e.span, "column_names_of takes a table");
    return broken(e.span);
  }
  const { columns } = scope.session.relation(table.value, scope);
  return literal(
    "dynamic",
    columns.map((c) => c.name),
    e.span,
  );
}

/** Whether the input has a column. */
function isColumnThere(e: Call, scope: Scope): Expr {
  const [name] = e.arguments;
  if (!name || e.arguments.length !== 1 || name.value.kind !== "literal" || name.value.type !== "string") {
    scope.session.diagnostics.add("KQL104", e.span, "iscolumnexists takes the name of a column as a text");
    return broken(e.span);
  }
  const wanted = name.value.value;
  return literal("bool", scope.input?.columns.some((c) => c.name === wanted) === true, e.span);
}

/** A bag of all columns; `pack_all(true)` leaves out what is null or "". (pack-all-function) */
function packAll(e: Call, scope: Scope): Expr {
  const [flag, ...more] = e.arguments;
  if (more.length > 0) {
    scope.session.diagnostics.add("KQL103", e.name.span, `pack_all takes 0 to 1 arguments, not ${e.arguments.length}`);
    return broken(e.span);
  }
  const filled = flag ? scope.session.expression(flag.value, scope) : literal("bool", false, e.span);
  if (filled.kind !== "literal" || typeof filled.value !== "boolean") {
    scope.session.diagnostics.add("KQL104", filled.span, "pack_all takes true or false here");
    return broken(e.span);
  }
  const columns = (scope.input?.columns ?? []).map((c) => ({ name: c.name, value: columnRef(c, e.span) }));
  if (!filled.value) return bagOf(columns, e.span);
  const nothing = literal("dynamic", {}, e.span);
  const parts = columns.map((c) =>
    call("iff", [call("isnotempty", [c.value], "bool", e.span), bagOf([c], e.span), nothing], "dynamic", e.span),
  );
  return call("bag_merge", [nothing, ...parts], "dynamic", e.span);
}

/** `bag_pack_columns(a, b)` is `bag_pack("a", a, "b", b)`. */
function packColumns(e: Call, scope: Scope): Expr {
  const columns = e.arguments.flatMap((a) => {
    if (a.value.kind === "star")
      return (scope.input?.columns ?? []).map((c) => ({ name: c.name, value: columnRef(c, a.value.span) }));
    return [{ name: automaticName(a.value) ?? "", value: scope.session.expression(a.value, scope) }];
  });
  return bagOf(columns, e.span);
}

function bagOf(columns: readonly { readonly name: string; readonly value: Expr }[], span: Span): Expr {
  const pairs = columns.flatMap((c) => [literal("string", c.name, span), c.value]);
  return call("bag_pack", pairs, "dynamic", span);
}

/** Where the type stands in a call of these. */
const typedExtracts: Readonly<Partial<Record<string, number>>> = { extract: 3, extract_json: 2, extractjson: 2 };

/** `extract(…, typeof(long))` is the conversion of the text. */
function typedExtract(e: Call, place: number, scope: Scope): Expr {
  const wanted = e.arguments[place]?.value;
  const text = scalarCall(
    e.name.text,
    e.arguments.slice(0, place).map((a) => scope.session.expression(a.value, scope)),
    e.span,
    e.name.span,
    scope.session,
  );
  const type = wanted?.kind === "typeof" && typeof wanted.type === "string" ? wanted.type : "string";
  const converter = conversions[type];
  return converter === undefined || type === "string" ? text : call(converter, [text], type, e.span);
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
