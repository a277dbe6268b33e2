import type { Expression, UnionOperator } from "../../kql/ast.ts";
import type { Relation } from "../../plan/nodes.ts";
import type { Column, ScalarType } from "../../types/scalar-type.ts";
import { ColumnNames } from "../names.ts";
import type { TableScope } from "../session.ts";
import { parameter } from "./mv-expand.ts";
import { fits } from "./project-columns.ts";

interface Leg {
  readonly table: Relation;
  readonly name: string;
}

/** What `withsource` says of a row: the name of its table or view, or the leg's place where the leg is neither. */
function nameOf(e: Expression, position: number, scope: TableScope): string {
  if (e.kind === "paren") return nameOf(e.expression, position, scope);
  const binding = e.kind === "name" ? scope.names.get(e.name) : undefined;
  const isNamed = binding === undefined || (binding.kind === "function" && binding.value.view);
  return e.kind === "name" && isNamed ? e.name : `union_arg${position}`;
}

/** The tables and views whose names fit a pattern such as `Device*`. */
function fitting(pattern: string, scope: TableScope): readonly string[] {
  const views = new Set(scope.names.all().filter((name) => isView(name, scope)));
  const tables = scope.session.schemas.names().filter((name) => scope.names.get(name) === undefined);
  return [...tables, ...views].filter((name) => fits(pattern, name));
}

function isView(name: string, scope: TableScope): boolean {
  const binding = scope.names.get(name);
  return binding?.kind === "function" && binding.value.view && binding.value.parameters.length === 0;
}

/**
 * `union a, b`: the rows of all. Columns of one name and one type are one column; of one name and several types, each
 * type gets its own, `x_long`. (union-operator)
 */
export function union(o: UnionOperator, input: Relation | null, scope: TableScope): Relation {
  const legs: Leg[] = input ? [{ table: input, name: "union_arg0" }] : [];
  for (const table of o.tables) {
    if ("pattern" in table) {
      const found = fitting(table.pattern, scope);
      if (found.length === 0) {
        scope.session.diagnostics.add("KQL110", table.span, `no known table fits \`${table.pattern}\``);
      }
      legs.push(
        ...found.map((name) => {
          const leg = scope.session.relation({ kind: "name", name, span: table.span }, scope);
          return { table: leg.kind === "scan" ? { ...leg, pattern: table.pattern } : leg, name };
        }),
      );
    } else {
      legs.push({ table: scope.session.relation(table, scope), name: nameOf(table, legs.length, scope) });
    }
  }
  const inner = parameter(o.parameters, "kind") === "inner";
  /** Name → type → the legs that have such a column. */
  const holders = new Map<string, Map<ScalarType, number[]>>();
  legs.forEach(({ table }, leg) => {
    for (const c of table.columns) {
      const types = holders.get(c.name) ?? new Map<ScalarType, number[]>();
      const among = types.get(c.type);
      if (among) among.push(leg);
      else holders.set(c.name, types.set(c.type, [leg]));
    }
  });
  for (const types of holders.values()) withoutUnknown(types);
  const sourceColumn = parameter(o.parameters, "withsource") ?? parameter(o.parameters, "with_source");
  // What keeps its name comes before what is named by its type.
  const names = new ColumnNames([...(sourceColumn === null ? [] : [sourceColumn]), ...singles(holders, sourceColumn)]);
  const columns: Column[] = sourceColumn === null ? [] : [{ name: sourceColumn, type: "string" }];
  const mappings: Record<string, string>[] = legs.map(() => ({}));
  for (const [name, types] of holders) {
    for (const [type, among] of types) {
      if (inner && among.length < legs.length) continue;
      const result =
        types.size === 1 && name !== sourceColumn ? name : names.add(types.size === 1 ? name : `${name}_${type}`);
      columns.push({ name: result, type });
      for (const leg of among) {
        const mapping = mappings[leg];
        if (mapping) mapping[result] = name;
      }
    }
  }
  return {
    kind: "union",
    inputs: legs.map((l) => l.table),
    mappings,
    sourceColumn,
    sourceNames: legs.map(({ table, name }, i) =>
      sourceColumn !== null || table.kind === "scan" ? name : `union_arg${i}`,
    ),
    columns,
    span: o.span,
  };
}

/** Names that have one type in all legs, the source column's aside. */
function singles(holders: ReadonlyMap<string, ReadonlyMap<ScalarType, unknown>>, source: string | null): string[] {
  return [...holders].flatMap(([name, types]) => (types.size === 1 && name !== source ? [name] : []));
}

/** A column of an undeclared table is taken to be of the type that it has elsewhere. */
function withoutUnknown(types: Map<ScalarType, number[]>): void {
  const unknown = types.get("unknown");
  const known = [...types.keys()].find((type) => type !== "unknown");
  if (!unknown || known === undefined) return;
  types.get(known)?.push(...unknown);
  types.delete("unknown");
}
