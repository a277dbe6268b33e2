import type { Span } from "../diagnostics/source.ts";
import { suggestion } from "../diagnostics/suggest.ts";
import { aggregateFunction, scalarFunction } from "../functions/index.ts";
import type { Call, Datatable, Expression, Externaldata, Pipe } from "../kql/ast.ts";
import type { Expr, Relation } from "../plan/nodes.ts";
import type { ScalarType } from "../types/scalar-type.ts";
import { constantOf } from "./constant.ts";
import { expression } from "./expression.ts";
import { opaque } from "./open.ts";
import { pathTable } from "./path.ts";
import { savedFunction } from "./saved-function.ts";
import type { Session, TableScope } from "./session.ts";
import { empty, tableFunctions } from "./tabular.ts";
import { commonType, conversions } from "./types.ts";

export function relation(e: Expression, scope: TableScope): Relation {
  const { session, names } = scope;
  switch (e.kind) {
    case "paren":
      return relation(e.expression, scope);
    case "name":
      return tableByName(e.name, e.span, scope);
    case "pipe":
      return pipe(e, scope);
    case "datatable":
      return datatable(e, scope);
    case "externaldata":
      return externaldata(e, scope);
    case "member":
    case "member-call":
    case "member-pattern":
      return pathTable(e, scope);
    case "call": {
      const binding = names.get(e.name.text);
      if (binding?.kind === "function") {
        const result = session.call(binding.value, binding.scope, e, { ...scope, input: null });
        if (result.kind === "table") return result.value;
        session.diagnostics.add("KQL106", e.span, `${e.name.text} gives a value, a table is needed here`);
        return empty(e.span);
      }
      return tableFunction(e, scope);
    }
    default:
      session.diagnostics.add("KQL106", e.span, `a table is needed here, \`${session.excerpt(e.span)}\` is a value`);
      return opaque("a value in place of a table", [], e.span, session);
  }
}

function tableFunction(e: Call, scope: TableScope): Relation {
  const { session } = scope;
  const [argument] = e.arguments;
  const name = e.name.text;
  if (name === "materialize" && argument) return relation(argument.value, scope);
  if (name === "table" && argument) {
    const table = expression(argument.value, { ...scope, input: null });
    const constant = constantOf(table, session);
    if (typeof constant === "string") return tableByName(constant, argument.value.span, scope);
    return opaque("a table whose name is worked out", [], e.span, session);
  }
  if (tableFunctions.has(name)) {
    return opaque(`\`${session.excerpt(e.span)}\``, [], e.span, session);
  }
  if (scalarFunction(name) || aggregateFunction(name)) {
    session.diagnostics.add("KQL106", e.span, `${name} gives a value, a table is needed here`);
    return opaque("a value in place of a table", [], e.span, session);
  }
  return savedFunction(e, scope);
}

function tableByName(name: string, span: Span, scope: TableScope): Relation {
  const { session, names } = scope;
  const binding = names.get(name);
  switch (binding?.kind) {
    case "table":
      return { ...binding.value, span };
    case "unknown":
      return savedFunction(binding.call, { session, names: binding.scope });
    case "function":
      if (binding.value.parameters.every((p) => p.default !== null)) {
        return relation({ kind: "call", name: { text: name, span }, arguments: [], span }, scope);
      }
      session.diagnostics.add("KQL103", span, `the function ${name} needs its arguments`, `write ${name}(…)`);
      return opaque(`the function ${name}`, [], span, session);
    case "scalar":
      if (binding.value.type !== "unknown") {
        session.diagnostics.add("KQL106", span, `${name} is a value, a table is needed here`);
      }
      return opaque("a value in place of a table", [], span, session);
    case undefined:
      break;
  }
  const columns = session.schemas.columns(name);
  if (columns) return { kind: "scan", table: name, open: false, columns, span };
  if (!session.found.has(name)) {
    const later = session.defined.get(name);
    if (later !== undefined && later > span.start) {
      session.diagnostics.add("KQL112", span, `${name} is defined below its first use`, "move its let up");
    } else {
      const tables = names.all().filter((other) => names.get(other)?.kind !== "scalar");
      session.diagnostics.add(
        "KQL110",
        span,
        `the columns of the table \`${name}\` are not known`,
        suggestion(name, [...tables, ...session.schemas.names()], "tables") ?? "declare them with --schema",
      );
    }
  }
  return { kind: "scan", table: name, open: true, columns: session.openedColumns(name, []), span };
}

function pipe(e: Pipe, scope: TableScope): Relation {
  let input = e.source && relation(e.source, scope);
  for (const o of e.operators) input = scope.session.operator(o, input, scope);
  return input ?? empty(e.span);
}

/**
 * `externaldata (a: string) ["https://…"]`: rows of files. Where the query is run, their rows are given as the events of a table
 * that is called by the first address. (externaldata-operator)
 */
function externaldata(e: Externaldata, scope: TableScope): Relation {
  const columns = e.columns.map((c) => ({ name: c.name.text, type: c.type }));
  const uris = e.uris.flatMap((uri): string[] => {
    const value = constantOf(expression(uri, { ...scope, input: null }), scope.session);
    return typeof value === "string" ? [value] : [];
  });
  const [table] = uris;
  if (table !== undefined && uris.length === e.uris.length) {
    const properties = e.properties.map((p) => ("kind" in p.value ? { ...p, value: { ...p.value, text: "" } } : p));
    const external = { uris, properties };
    return { kind: "scan", table, open: false, external, columns, span: e.span };
  }
  return opaque("the file of externaldata", columns, e.span, scope.session, { open: false });
}

function datatable(e: Datatable, scope: TableScope): Relation {
  const { session } = scope;
  const columns = e.columns.map((c) => ({ name: c.name.text, type: c.type }));
  const width = columns.length;
  if (width === 0 || e.values.length % width !== 0) {
    session.diagnostics.add("KQL103", e.span, `${e.values.length} values do not fill rows of ${width} columns`);
    return { kind: "rows", rows: [], columns, span: e.span };
  }
  const rows: Expr[][] = [];
  e.values.forEach((value, i) => {
    const cell = expression(value, { ...scope, input: null });
    if (i % width === 0) rows.push([]);
    rows.at(-1)?.push(cellOf(cell, columns[i % width]?.type ?? "unknown", session));
  });
  return { kind: "rows", rows, columns, span: e.span };
}

/** A cell of a datatable in the column's type. */
function cellOf(cell: Expr, type: ScalarType, session: Session): Expr {
  if (cell.type === type || (type === "dynamic" && cell.kind === "literal" && cell.type !== "string"))
    return { ...cell, type };
  const converter = conversions[type];
  const fits =
    commonType([cell.type, type]) !== null ||
    cell.type === "string" ||
    (cell.kind === "literal" && cell.value === null);
  if (converter === undefined || !fits) {
    session.diagnostics.add(
      "KQL104",
      cell.span,
      `the column is a ${type}, \`${session.excerpt(cell.span)}\` is a ${cell.type}`,
    );
    return cell;
  }
  return { kind: "call", name: converter, args: [cell], implicit: true, type, span: cell.span };
}
