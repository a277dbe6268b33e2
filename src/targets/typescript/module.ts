import type { Note } from "../../diagnostics/fidelity.ts";
import { expressionsOf, inputsOf, operandsOf } from "../../plan/children.ts";
import type { RuleInfo } from "../../plan/emission.ts";
import type { Expr, Plan, Relation } from "../../plan/nodes.ts";
import type { Column } from "../../types/scalar-type.ts";
import { placeComments } from "./comments.ts";
import { expression, scalarOf } from "./expression.ts";
import { type Code, print } from "./layout.ts";
import { commentText, keyLiteral, memberOf } from "./literal.ts";
import { Names } from "./names.ts";
import { needsOf } from "./needs.ts";
import { chainOf } from "./relation.ts";
import { type Session, useType } from "./session.ts";
import { typeOf } from "./types.ts";

export interface ModuleOptions {
  readonly name?: string | undefined;
  readonly info?: RuleInfo | undefined;
  /** Whether types are printed; without them the module is the same in JavaScript. */
  readonly types: boolean;
  /** Names that the module must not take. */
  readonly reserved?: readonly string[];
}

/** A module in parts, so that it can be printed whole or run. */
export interface Module {
  /** Comment at the top. */
  readonly header: string;
  readonly imports: readonly string[];
  readonly typeImports: readonly string[];
  /** Types and constants. */
  readonly declarations: string;
  /** The function, without `export`. */
  readonly body: string;
  readonly functionName: string;
  readonly tables: readonly string[];
  readonly notes: readonly Note[];
}

export function moduleOf(plan: Plan, options: ModuleOptions): Module {
  const needs = needsOf(plan);
  const names = new Names(options.reserved ?? []);
  const scans = scansOf(plan);
  const tables = [...scans.keys()];
  const functionName = names.take(options.name ?? "rule", "rule");
  const tableNames = new Map(
    tables.map((table) => [
      table,
      { columns: names.take(`${table}_columns`, "tableColumns"), type: names.takeType(table, "Table") },
    ]),
  );
  const schemaOf = (table: string): readonly Column[] =>
    (scans.get(table)?.columns ?? []).filter((c) => needs.tables.get(table)?.has(c.name));
  const comments = placeComments(plan);
  const shared = tables.filter((table) => (scans.get(table)?.count ?? 0) > 1);
  const source = (table: string): string => (tables.length === 1 ? "events" : memberOf("tables", table));
  const session: Session = {
    needs,
    names,
    lets: new Map(plan.lets.map((part) => [part.name, names.take(part.name, "value")])),
    sharedTables: new Map(shared.map((table) => [table, names.take(table, "table")])),
    scans: new Map(tables.map((table) => [table, `from(${source(table)}, ${tableNames.get(table)?.columns ?? ""})`])),
    imports: new Set(),
    typeImports: new Set(),
    types: options.types,
    notes: [],
    statements: [],
    constants: new Map(),
    usesClock: false,
    relation: (relation) => chainOf(relation, session, comments.of),
  };
  const addType = useType(session);
  if (tables.length > 0) session.imports.add("from");

  const lines: string[] = [];
  const state = { awaits: false };
  const declare = (name: string, value: Code, awaited = false): void => {
    const start = `  const ${name} = ${awaited ? "await " : ""}`;
    state.awaits ||= awaited;
    lines.push(`${start}${print(value, 2, start.length, 1)};`);
  };
  const flush = (): void => {
    for (const statement of session.statements.splice(0)) declare(statement.name, statement.value, statement.awaited);
  };
  for (const table of shared)
    declare(session.sharedTables.get(table) ?? table, [session.scans.get(table) ?? "", ".shared()"]);
  const letUses = usesOf(plan);
  for (const part of plan.lets) {
    const name = session.lets.get(part.name) ?? part.name;
    if (part.kind === "scalar" && part.value.kind === "toscalar") {
      const value = scalarOf(part.value, session);
      flush();
      declare(name, value, true);
      continue;
    }
    if (part.kind === "scalar") {
      const value = expression(part.value, session, false);
      flush();
      declare(name, value);
      continue;
    }
    const chain = chainOf(part.value, session, comments.of);
    flush();
    const sharing = { comments: [], code: ".shared()" };
    declare(name, (letUses.get(part.name) ?? 0) > 1 ? { head: chain.head, calls: [...chain.calls, sharing] } : chain);
  }
  const result = chainOf(plan.body, session, comments.of);
  flush();
  const give = state.awaits ? "  yield* " : "  return ";
  lines.push(`${give}${print(result, 2, give.length, 1)};`, ...comments.last.map((comment) => `  // ${comment}`));

  const title = options.info?.name ?? options.name ?? "";
  const declarations: string[] = [];
  const [only] = tables;
  const whole = only !== undefined && tables.length === 1 && sameColumns(plan.body.columns, schemaOf(only));
  if (options.types && whole) {
    declarations.push(tableDeclaration(only, schemaOf(only), tableNames.get(only), session));
    declarations.push(`/** A row of the result. */\nexport type Row = ${tableNames.get(only)?.type};`);
  } else if (options.types) {
    const fields = plan.body.columns.map((c) => `  readonly ${keyLiteral(c.name)}: ${typeOf(c.type, addType)};`);
    declarations.push(["/** A row of the result. */", "export interface Row {", ...fields, "}"].join("\n"));
  }
  if (!whole || !options.types) {
    for (const table of tables)
      declarations.push(tableDeclaration(table, schemaOf(table), tableNames.get(table), session));
  }
  const start = signature(functionName, tables, state.awaits, session);
  return {
    header: headerOf(title, options.info),
    imports: [...session.imports].sort(),
    typeImports: session.typeImports.size === 0 ? [] : [...session.typeImports].sort(),
    declarations: declarations.join("\n\n"),
    body: `${start} {\n${lines.join("\n")}\n}`,
    functionName,
    tables,
    notes: session.notes,
  };
}

function sameColumns(left: readonly Column[], right: readonly Column[]): boolean {
  return left.length === right.length && left.every((c, i) => c.name === right[i]?.name && c.type === right[i]?.type);
}

/** What the rule reads of a table's events: a constant that `from` follows and the type of the rows. */
function tableDeclaration(
  table: string,
  columns: readonly Column[],
  names: { columns: string; type: string } | undefined,
  session: Session,
): string {
  const fields = columns.map((c) => `  ${keyLiteral(c.name)}: "${c.type}",`);
  const object = fields.length === 0 ? "{}" : ["{", ...fields, "}"].join("\n");
  const comment = `/** What is read of the events of ${commentText(table)}. */`;
  if (!session.types) return `${comment}\nconst ${names?.columns} = ${object};`;
  session.typeImports.add("Schema").add("RowOf");
  const type = `export type ${names?.type} = RowOf<typeof ${names?.columns}>;`;
  return `${comment}\nconst ${names?.columns} = ${object} satisfies Schema;\n${type}`;
}

function signature(name: string, tables: readonly string[], awaits: boolean, session: Session): string {
  const parameters: string[] = [];
  if (tables.length > 0) {
    const plain = tables.length === 1 ? "events" : "tables";
    const type =
      tables.length === 1 ? "Events" : `{ ${tables.map((t) => `readonly ${keyLiteral(t)}: Events`).join("; ")} }`;
    if (session.types) session.typeImports.add("Events");
    parameters.push(session.types ? `${plain}: ${type}` : plain);
  }
  if (session.usesClock) {
    if (session.types) session.typeImports.add("Datetime");
    parameters.push(session.types ? "{ now }: { readonly now: Datetime }" : "{ now }");
  }
  const result = session.types ? `: ${awaits ? "AsyncGenerator" : "AsyncIterable"}<Row>` : "";
  return `${awaits ? "async function*" : "function"} ${name}(${parameters.join(", ")})${result}`;
}

function headerOf(title: string, info: RuleInfo | undefined): string {
  const description = info?.description?.split("\n").map(commentText) ?? [];
  const lines = [
    ...(title === "" ? [] : [commentText(title)]),
    ...(description.length === 0 ? [] : ["", ...description]),
  ];
  return [
    "/**",
    ...[...lines, ...(lines.length === 0 ? [] : [""]), "Ported from KQL by ruleport."].map((line) =>
      ` * ${line}`.trimEnd(),
    ),
    " */",
  ].join("\n");
}

interface ScanInfo {
  count: number;
  readonly columns: Column[];
}

/** The tables that are scanned, how often, and all columns that any scan knows. */
function scansOf(plan: Plan): Map<string, ScanInfo> {
  const found = new Map<string, ScanInfo>();
  eachRelation(plan, (relation) => {
    if (relation.kind !== "scan") return;
    const info = found.get(relation.table) ?? { count: 0, columns: [] };
    info.count++;
    for (const column of relation.columns)
      if (!info.columns.some((c) => c.name === column.name)) info.columns.push(column);
    found.set(relation.table, info);
  });
  return found;
}

/** How often each table let is read. */
function usesOf(plan: Plan): Map<string, number> {
  const found = new Map<string, number>();
  eachRelation(plan, (relation) => {
    if (relation.kind === "table") found.set(relation.name, (found.get(relation.name) ?? 0) + 1);
  });
  return found;
}

function eachRelation(plan: Plan, see: (relation: Relation) => void): void {
  const inExpression = (expr: Expr): void => {
    if (expr.kind === "toscalar" || expr.kind === "in-table") visit(expr.table);
    operandsOf(expr).forEach(inExpression);
  };
  const visit = (relation: Relation): void => {
    see(relation);
    inputsOf(relation).forEach(visit);
    expressionsOf(relation).forEach(inExpression);
  };
  for (const part of plan.lets) {
    if (part.kind === "table") visit(part.value);
    else inExpression(part.value);
  }
  visit(plan.body);
}
