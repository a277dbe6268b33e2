import type { Span } from "../diagnostics/source.ts";
import { suggestion } from "../diagnostics/suggest.ts";
import { scalarFunction } from "../functions/index.ts";
import type { Call, Datatable, Expression, Pipe } from "../kql/ast.ts";
import type { Expr, Relation } from "../plan/nodes.ts";
import type { ScalarType } from "../types/scalar-type.ts";
import { expression } from "./expression.ts";
import type { Session, TableScope } from "./session.ts";
import { empty } from "./tabular.ts";
import { commonType } from "./types.ts";

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
      return empty(e.span);
  }
}

function tableFunction(e: Call, scope: TableScope): Relation {
  const { session } = scope;
  const [argument] = e.arguments;
  const name = e.name.text;
  if (name === "materialize" && argument) return relation(argument.value, scope);
  if (name === "table" && argument?.value.kind === "literal" && typeof argument.value.value === "string") {
    return tableByName(argument.value.value, argument.value.span, scope);
  }
  if (scalarFunction(name)) {
    session.diagnostics.add("KQL106", e.span, `${name} gives a value, a table is needed here`);
  } else {
    session.diagnostics.add(
      "KQL102",
      e.name.span,
      `no function or saved query is named \`${name}\``,
      suggestion(name, scope.names.all(), "names here") ?? "write its text as a let in this file",
    );
  }
  return empty(e.span);
}

function tableByName(name: string, span: Span, { session, names }: TableScope): Relation {
  const binding = names.get(name);
  if (binding?.kind === "table") return { ...binding.value, span };
  if (binding?.kind === "function" && binding.value.parameters.length === 0) {
    return relation({ kind: "call", name: { text: name, span }, arguments: [], span }, { session, names });
  }
  if (binding) {
    session.diagnostics.add(
      "KQL106",
      span,
      `${name} is a ${binding.kind === "scalar" ? "value" : "function"}, a table is needed here`,
    );
    return empty(span);
  }
  const columns = session.schemas.columns(name);
  if (columns) return { kind: "scan", table: name, open: false, columns, span };
  const near = suggestion(name, session.schemas.names(), "tables");
  if (!session.found.has(name)) {
    session.found.set(name, new Set(session.opened.get(name)));
    session.diagnostics.add(
      "KQL110",
      span,
      `the columns of the table \`${name}\` are not known`,
      near ?? "declare them with --schema",
    );
  }
  const found = [...(session.opened.get(name) ?? [])];
  return { kind: "scan", table: name, open: true, columns: found.map((c) => ({ name: c, type: "unknown" })), span };
}

function pipe(e: Pipe, scope: TableScope): Relation {
  let input = e.source && relation(e.source, scope);
  for (const o of e.operators) input = scope.session.operator(o, input, scope);
  return input ?? empty(e.span);
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

const converters: Partial<Record<ScalarType, string>> = {
  int: "toint",
  long: "tolong",
  real: "toreal",
  bool: "tobool",
  string: "tostring",
  datetime: "todatetime",
  timespan: "totimespan",
  guid: "toguid",
  dynamic: "parse_json",
};

/** A cell of a datatable in the column's type. */
function cellOf(cell: Expr, type: ScalarType, session: Session): Expr {
  if (cell.type === type || (type === "dynamic" && cell.kind === "literal" && cell.type !== "string"))
    return { ...cell, type };
  const converter = converters[type];
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
