import type {
  AssertSchemaOperator,
  ConsumeOperator,
  GetschemaOperator,
  ProjectByNamesOperator,
} from "../../kql/ast.ts";
import type { Expr, Relation } from "../../plan/nodes.ts";
import type { Column, ScalarType } from "../../types/scalar-type.ts";
import { isArray } from "../../types/value.ts";
import type { TableScope } from "../session.ts";
import { columnRef, literal } from "../values.ts";
import { fits } from "./project-columns.ts";

/** The .NET types of KQL's types, as `getschema` names them. */
const dataTypes: Readonly<Record<ScalarType, string>> = {
  bool: "System.SByte",
  int: "System.Int32",
  long: "System.Int64",
  real: "System.Double",
  decimal: "System.Data.SqlTypes.SqlDecimal",
  string: "System.String",
  datetime: "System.DateTime",
  timespan: "System.TimeSpan",
  guid: "System.Guid",
  dynamic: "System.Object",
  unknown: "System.Object",
};

/** `getschema`: a row for every column. (getschema-operator) */
export function getschema(o: GetschemaOperator, input: Relation): Relation {
  const { span } = o;
  const rows = input.columns.map(({ name, type }, i): Expr[] => [
    literal("string", name, span),
    literal("long", i, span),
    literal("string", dataTypes[type], span),
    literal("string", type === "unknown" ? "dynamic" : type, span),
  ]);
  const columns: Column[] = [
    { name: "ColumnName", type: "string" },
    { name: "ColumnOrdinal", type: "long" },
    { name: "DataType", type: "string" },
    { name: "ColumnType", type: "string" },
  ];
  // The order of the columns counts. (window-functions)
  return { kind: "window", input: { kind: "rows", rows, columns, span }, values: [], columns, span };
}

/** `assert-schema (a: long, …)`: the rows as they are, if they have these columns. (assert-schema-operator) */
export function assertSchema(o: AssertSchemaOperator, input: Relation, { session }: TableScope): Relation {
  for (const wanted of o.schema.columns) {
    const found = input.columns.find((c) => c.name === wanted.name.text);
    if (found?.type === wanted.type || found?.type === "unknown") continue;
    const text = found
      ? `\`${found.name}\` is a ${found.type}, not a ${wanted.type}`
      : `there is no column \`${wanted.name.text}\``;
    session.diagnostics.add("KQL104", wanted.name.span, text);
  }
  return input;
}

/** `consume`: reads the rows and gives none. (consume-operator) */
export function consume(o: ConsumeOperator, input: Relation): Relation {
  return { kind: "limit", input, count: literal("long", 0, o.span), columns: input.columns, span: o.span };
}

/** `project-by-names "a", dynamic(["b*"])`: the columns of these names that there are. (project-by-names-operator) */
export function projectByNames(o: ProjectByNamesOperator, input: Relation, scope: TableScope): Relation {
  const patterns = o.columns.flatMap((e): string[] => {
    const value = scope.session.expression(e, { ...scope, input: null });
    if (value.kind === "literal" && typeof value.value === "string") return [value.value];
    if (value.kind === "literal" && isArray(value.value)) return value.value.filter((v) => typeof v === "string");
    scope.session.diagnostics.add("KQL107", e.span, "project-by-names needs constant names");
    return [];
  });
  const columns = patterns
    .flatMap((p) => input.columns.filter((c) => fits(p, c.name)))
    .filter((c, i, all) => all.indexOf(c) === i);
  const values = columns.map((c) => ({ name: c.name, value: columnRef(c, o.span) }));
  return { kind: "project", input, values, keyword: "project-keep", columns, span: o.span };
}
