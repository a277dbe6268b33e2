import { expressionsOf, operandsOf } from "../../plan/children.ts";
import type { Expr, Plan, Relation } from "../../plan/nodes.ts";

/** Which columns of every scan, table let and other relation something reads. Nodes that nothing reads a column of have an empty set. */
export interface Needs {
  /** Columns of a scanned table, all scans of it together. */
  readonly tables: ReadonlyMap<string, ReadonlySet<string>>;
  /** Columns of a table let, all references together. */
  readonly lets: ReadonlyMap<string, ReadonlySet<string>>;
  /** Columns of a relation's result. */
  of(relation: Relation): ReadonlySet<string>;
}

/** Walks the plan from its result down to its sources. */
export function needsOf(plan: Plan): Needs {
  const tables = new Map<string, Set<string>>();
  const lets = new Map<string, Set<string>>();
  const relations = new Map<Relation, ReadonlySet<string>>();

  const into = (map: Map<string, Set<string>>, name: string, columns: Iterable<string>): void => {
    const known = map.get(name) ?? new Set<string>();
    for (const column of columns) known.add(column);
    map.set(name, known);
  };

  const read = (expr: Expr, columns: Set<string>): void => {
    if (expr.kind === "column") columns.add(expr.name);
    if (expr.kind === "toscalar" || expr.kind === "in-table") {
      const [first] = expr.table.columns;
      visit(expr.table, first === undefined ? [] : [first.name]);
    }
    for (const operand of operandsOf(expr)) read(operand, columns);
  };

  /** The columns of the input that a relation's own expressions and the columns it passes on need; the item's for the body of apply. */
  const visit = (relation: Relation, wanted: Iterable<string>, item?: Set<string>): void => {
    const own = new Set(relation.columns.map((c) => c.name));
    const needed = new Set([...wanted].filter((name) => own.has(name)));
    relations.set(relation, new Set([...(relations.get(relation) ?? []), ...needed]));
    const below = new Set<string>();
    for (const expr of readExpressions(relation, needed)) read(expr, below);
    switch (relation.kind) {
      case "scan":
        into(tables, relation.table, needed);
        return;
      case "table":
        into(lets, relation.name, needed);
        return;
      case "item":
        for (const name of needed) item?.add(name);
        return;
      case "rows":
      case "range":
        return;
      case "join":
        visit(relation.left, [...needed, ...relation.on.map((k) => k.left)], item);
        visit(
          relation.right,
          [
            ...relation.rightColumns.filter((c) => needed.has(c.to)).map((c) => c.from),
            ...relation.on.map((k) => k.right),
          ],
          item,
        );
        return;
      case "opaque":
        for (const input of relation.inputs) visit(input, [], item);
        return;
      case "union":
        relation.inputs.forEach((input, i) => {
          const mapping = relation.mappings[i] ?? {};
          visit(
            input,
            [...needed].flatMap((name) => (Object.hasOwn(mapping, name) ? [mapping[name] ?? name] : [])),
            item,
          );
        });
        return;
      case "project":
      case "aggregate":
      case "series":
      case "top-nested":
      case "top-hitters":
        visit(relation.input, below, item);
        return;
      case "plugin":
        for (const input of [relation.input, ...relation.tables])
          visit(
            input,
            input.columns.map((c) => c.name),
            item,
          );
        return;
      case "partition": {
        const items = new Set<string>();
        visit(relation.body, needed, items);
        visit(relation.input, [...below, ...items], item);
        return;
      }
      case "apply": {
        const items = new Set<string>();
        visit(relation.body, needed, items);
        const made = [
          ...relation.values.map((v) => v.name),
          ...(relation.indexColumn === null ? [] : [relation.indexColumn]),
        ];
        visit(relation.input, [...below, ...[...needed, ...items].filter((name) => !made.includes(name))], item);
        return;
      }
      default: {
        const made = new Set(madeBy(relation));
        visit(relation.input, [...below, ...[...needed].filter((name) => !made.has(name))], item);
      }
    }
  };

  visit(
    plan.body,
    plan.body.columns.map((c) => c.name),
  );
  for (const part of [...plan.lets].reverse()) {
    if (part.kind === "table") visit(part.value, lets.get(part.name) ?? []);
    else read(part.value, new Set());
  }
  return { tables, lets, of: (relation) => relations.get(relation) ?? new Set() };
}

/** The expressions that are worked out: of arg_max and its like only the columns that something reads. */
function readExpressions(relation: Relation, needed: ReadonlySet<string>): readonly Expr[] {
  if (relation.kind !== "aggregate") return expressionsOf(relation);
  return [
    ...relation.keys.map((key) => key.value),
    ...relation.aggregates.flatMap(({ args, columns }) =>
      columns.length <= 1 ? args : args.filter((_, i) => i === 0 || needed.has(columns[i]?.name ?? "")),
    ),
  ];
}

/** The columns that an operator adds or replaces. */
function madeBy(relation: Relation): readonly string[] {
  switch (relation.kind) {
    case "extend":
      return relation.values.map((v) => v.name);
    case "expand":
      return [...relation.values.map((v) => v.name), ...(relation.indexColumn === null ? [] : [relation.indexColumn])];
    case "parse":
      return relation.steps.flatMap((step) => (step.kind === "column" ? [step.name] : []));
    case "parse-kv":
      return relation.keys.map((k) => k.name);
    case "window":
      return relation.values.map((v) => v.name);
    case "sequence":
      return [...relation.declared.map((d) => d.name), ...(relation.matchId === null ? [] : [relation.matchId])];
    default:
      return [];
  }
}
