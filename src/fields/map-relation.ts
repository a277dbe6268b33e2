import type { Aggregate, AggregateCall, Expr, Extend, NamedExpr, Project, Relation } from "../plan/nodes.ts";
import {
  type Context,
  columnRef,
  columnsRead,
  type Environment,
  keepBefore,
  type Mapped,
  type Need,
  note,
  ownNames,
  typed,
  withColumns,
  without,
} from "./environment.ts";
import { mapApply } from "./map-apply.ts";
import { isMapped, mapExpression, mapNamed } from "./map-expression.ts";
import { mapJoin, mapUnion } from "./map-join.ts";
import { mapScan } from "./map-scan.ts";
import { mapWhole } from "./map-whole.ts";
import { rearranged, rearrangesEvents } from "./rearrange.ts";

/** Maps a relation; `item` is what the body of an Apply reads. */
export function mapRelation(relation: Relation, need: Need, context: Context, item?: Environment): Mapped {
  if (context.budget-- <= 0) {
    note(context, "too-large", "let", "the query is too large once its tables are put in place", relation.span);
    return { relation, environment: ownNames(relation) };
  }
  const input = (from: Relation, names: Iterable<string>, whole: boolean): Mapped =>
    mapRelation(from, { names: new Set(names), whole }, context, item);
  const mapped = (expr: Expr, environment: Environment): Expr => mapExpression(expr, environment, context, mapTable);

  switch (relation.kind) {
    case "scan":
      return mapScan(relation, context);
    case "table": {
      const table = context.tables.get(relation.name);
      return table === undefined ? { relation, environment: ownNames(relation) } : mapRelation(table, need, context);
    }
    case "item":
      return { relation, environment: item ?? ownNames(relation) };
    case "rows":
    case "range":
      return { relation, environment: ownNames(relation) };
    case "filter": {
      const from = input(relation.input, [...need.names, ...columnsRead([relation.predicate])], need.whole);
      const predicate = mapped(relation.predicate, from.environment);
      return { ...from, relation: { ...relation, input: from.relation, predicate, columns: from.relation.columns } };
    }
    case "sort": {
      const from = input(
        relation.input,
        [...need.names, ...columnsRead(relation.keys.map((k) => k.value))],
        need.whole,
      );
      const keys = relation.keys.map((k) => ({ ...k, value: mapped(k.value, from.environment) }));
      return { ...from, relation: { ...relation, input: from.relation, keys, columns: from.relation.columns } };
    }
    case "limit": {
      const from = input(relation.input, need.names, need.whole);
      return { ...from, relation: { ...relation, input: from.relation, columns: from.relation.columns } };
    }
    case "extend":
      return mapExtend(relation, need, context, item);
    case "project":
      return mapProject(relation, need, context, item);
    case "aggregate":
      return mapAggregate(relation, need, context, item);
    case "parse": {
      const columns = relation.steps.flatMap((s) => (s.kind === "column" ? [{ name: s.name, type: s.type }] : []));
      const below = without(
        need,
        columns.map((c) => c.name),
      );
      const from = keepBefore(
        input(relation.input, [...below.names, ...columnsRead([relation.value])], need.whole),
        columns.map((c) => c.name),
        below,
      );
      return {
        relation: {
          ...relation,
          input: from.relation,
          value: mapped(relation.value, from.environment),
          columns: withColumns(from.relation.columns, columns),
        },
        environment: new Map([
          ...from.environment,
          ...columns.map((c): [string, Expr] => [c.name, columnRef(c, relation.span)]),
        ]),
      };
    }
    case "expand": {
      const names = [
        ...relation.values.map((v) => v.name),
        ...(relation.indexColumn === null ? [] : [relation.indexColumn]),
      ];
      const columns = relation.columns.filter((c) => names.includes(c.name));
      const below = without(need, names);
      const from = keepBefore(
        input(relation.input, [...below.names, ...columnsRead(relation.values.map((v) => v.value))], need.whole),
        names,
        below,
      );
      const values = relation.values.map((v) => ({ ...v, value: mapped(v.value, from.environment) }));
      return {
        relation: { ...relation, input: from.relation, values, columns: withColumns(from.relation.columns, columns) },
        environment: new Map([
          ...from.environment,
          ...columns.map((c): [string, Expr] => [c.name, columnRef(c, relation.span)]),
        ]),
      };
    }
    case "apply":
      return mapApply(relation, need, context, { mapRelation, mapTable }, item);
    case "opaque":
      note(context, "unknown-rows", relation.what, `only the columns of ${relation.what} are known`, relation.span);
      return { relation, environment: ownNames(relation) };
    case "window":
    case "series":
    case "partition":
    case "sequence":
    case "top-nested":
    case "top-hitters":
    case "parse-kv":
    case "plugin":
      return mapWhole(relation, need, context, { mapRelation, mapTable }, item);
    case "join":
      return mapJoin(relation, need, context, { mapRelation, mapTable }, item);
    case "union":
      return mapUnion(relation, need, context, { mapRelation, mapTable }, item);
  }
}

/** The table that an expression reads, cut down to its first column. */
export function mapTable(table: Relation, context: Context): Relation {
  const [first] = table.columns;
  if (first === undefined) return table;
  const mapped = mapRelation(table, { names: new Set([first.name]), whole: false }, context);
  const value = mapExpression(columnRef(first, table.span), mapped.environment, context, mapTable);
  if (value.kind === "column" && mapped.relation.columns[0]?.name === value.name) return mapped.relation;
  return {
    kind: "project",
    keyword: "project",
    input: mapped.relation,
    values: [{ name: first.name, value }],
    columns: [first],
    span: table.span,
  };
}

/** What nothing reads and the profile cannot say goes without a word: it is not part of the result. */
function kept(values: readonly NamedExpr[], need: Need, environment: Environment): readonly NamedExpr[] {
  return values.filter((v) => need.whole || need.names.has(v.name) || isMapped(v.value, environment));
}

function mapExtend(extend: Extend, need: Need, context: Context, item?: Environment): Mapped {
  const live = extend.values.filter((v) => need.whole || need.names.has(v.name));
  const names = extend.values.map((v) => v.name);
  const below = without(need, names);
  const reads = columnsRead(live.map((v) => v.value));
  const child = mapRelation(
    extend.input,
    { names: new Set([...below.names, ...reads]), whole: need.whole },
    context,
    item,
  );
  const from = keepBefore(child, names, below);
  const values = mapNamed(kept(extend.values, need, from.environment), from.environment, context, mapTable);
  return {
    relation: { ...extend, input: from.relation, values, columns: withColumns(from.relation.columns, typed(values)) },
    environment: new Map([
      ...from.environment,
      ...typed(values).map((c): [string, Expr] => [c.name, columnRef(c, extend.span)]),
    ]),
  };
}

function mapProject(project: Project, need: Need, context: Context, item?: Environment): Mapped {
  // project-away and its like list every column that stays; those are wanted only as far as the profile has them.
  const implied = (v: NamedExpr): boolean =>
    v.value.kind === "column" &&
    project.keyword !== "project" &&
    project.keyword !== "project-keep" &&
    !need.names.has(v.name);
  const live = project.values.filter((v) => (need.whole || need.names.has(v.name)) && !implied(v));
  const names = columnsRead(live.map((v) => v.value));
  const from = mapRelation(project.input, { names, whole: need.whole && project.values.some(implied) }, context, item);
  if (need.whole && rearrangesEvents(project, from)) return rearranged(project, from);
  const values = kept(project.values, need, from.environment).filter(
    (v) => !implied(v) || isMapped(v.value, from.environment),
  );
  const mapped = mapNamed(values, from.environment, context, mapTable);
  const relation: Project = { ...project, input: from.relation, values: mapped, columns: typed(mapped) };
  return { relation, environment: ownNames(relation) };
}

function mapAggregate(aggregate: Aggregate, need: Need, context: Context, item?: Environment): Mapped {
  const isLive = (name: string): boolean => need.whole || need.names.has(name);
  const keyNames = new Set(aggregate.keys.flatMap((k) => (k.value.kind === "column" ? [k.value.name] : [])));
  /** `arg_max(T, *)`: the other columns are wanted as far as the profile has them. */
  const isStar = (call: AggregateCall): boolean =>
    call.args.length > 2 &&
    aggregate.input.columns.every(
      (c) => keyNames.has(c.name) || call.args.some((a) => a.kind === "column" && a.name === c.name),
    );
  const live = aggregate.aggregates.filter((a) => a.columns.some((c) => isLive(c.name)) || a.columns.length === 0);
  const reads = live.flatMap((call) =>
    isStar(call) ? call.args.filter((_, i) => i === 0 || need.names.has(call.columns[i]?.name ?? "")) : call.args,
  );
  const names = columnsRead([...aggregate.keys.map((k) => k.value), ...reads]);
  const from = mapRelation(aggregate.input, { names, whole: need.whole && live.some(isStar) }, context, item);
  const aggregates = aggregate.aggregates.flatMap((call): readonly AggregateCall[] => {
    if (!live.includes(call) && !call.args.every((a) => isMapped(a, from.environment))) return [];
    const star = isStar(call);
    const isKept = (index: number): boolean =>
      !star ||
      index === 0 ||
      need.names.has(call.columns[index]?.name ?? "") ||
      (need.whole && isMappedArgument(call, index, from.environment));
    return [
      {
        ...call,
        args: call.args.filter((_, i) => isKept(i)).map((a) => mapExpression(a, from.environment, context, mapTable)),
        columns: call.args.length === call.columns.length ? call.columns.filter((_, i) => isKept(i)) : call.columns,
      },
    ];
  });
  const keys = mapNamed(aggregate.keys, from.environment, context, mapTable);
  const columns = aggregate.columns.filter(
    (c) => keys.some((k) => k.name === c.name) || aggregates.some((a) => a.columns.some((k) => k.name === c.name)),
  );
  const relation: Aggregate = { ...aggregate, input: from.relation, keys, aggregates, columns };
  return { relation, environment: ownNames(relation) };
}

function isMappedArgument(call: AggregateCall, index: number, environment: Environment): boolean {
  const argument = call.args[index];
  return argument !== undefined && isMapped(argument, environment);
}
