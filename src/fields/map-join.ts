import type { Expr, Join, Relation, Union } from "../plan/nodes.ts";
import {
  type Context,
  columnRef,
  type Environment,
  keepBefore,
  type Mapped,
  materialize,
  type Need,
  ownNames,
  withColumns,
} from "./environment.ts";
import { type MapTable, mapExpression } from "./map-expression.ts";

/** How the relations below are mapped, and tables inside expressions. */
export interface Mappers {
  readonly mapRelation: (relation: Relation, need: Need, context: Context, item?: Environment) => Mapped;
  readonly mapTable: MapTable;
}

/**
 * A side of a join: what the result reads of it gets its own name, since joins work by name; so does what else is read from a field
 * that the join is about to replace.
 */
function side(
  relation: Relation,
  names: ReadonlySet<string>,
  whole: boolean,
  context: Context,
  { mapRelation, mapTable }: Mappers,
  replaced: readonly string[],
  item?: Environment,
  handsOn = false,
): Mapped {
  const mapped = mapRelation(relation, { names, whole }, context, item);
  const own = new Map<string, Expr>();
  const shown = handsOn && whole ? shownOtherwise(relation, mapped, names) : [];
  for (const name of [...names, ...shown]) {
    const column = relation.columns.find((c) => c.name === name);
    if (column) own.set(name, mapExpression(columnRef(column, relation.span), mapped.environment, context, mapTable));
  }
  return materialize(keepBefore(mapped, [...own.keys(), ...replaced], { names, whole }), own);
}

/** Columns of whole events that no field of their name holds; of several that are one field, such as the time, the first. */
function shownOtherwise(relation: Relation, mapped: Mapped, names: ReadonlySet<string>): readonly string[] {
  const keyOf = (value: Expr): string => JSON.stringify(value, (key, inner: unknown) => (key === "span" ? 0 : inner));
  const values = relation.columns.flatMap(({ name }) => {
    const value = mapped.environment.get(name);
    const isOwn = value?.kind === "column" && value.name === name;
    return value === undefined || value.kind === "literal" || isOwn ? [] : [{ name, key: keyOf(value) }];
  });
  const seen = new Set(values.filter((v) => names.has(v.name)).map((v) => v.key));
  return values.flatMap(({ name, key }) => (seen.size < seen.add(key).size ? [name] : []));
}

/** A join over the target's fields. */
export function mapJoin(join: Join, need: Need, context: Context, mappers: Mappers, item?: Environment): Mapped {
  const leftNames = new Set(join.left.columns.map((c) => c.name).filter((n) => need.names.has(n)));
  for (const key of join.on) leftNames.add(key.left);
  const rightNames = new Set(join.rightColumns.filter((c) => need.names.has(c.to)).map((c) => c.from));
  for (const key of join.on) rightNames.add(key.right);
  const keepsLeft = join.joinKind !== "rightsemi" && join.joinKind !== "rightanti";
  const left = side(
    join.left,
    keepsLeft ? leftNames : new Set(join.on.map((k) => k.left)),
    need.whole && keepsLeft,
    context,
    mappers,
    join.rightColumns.filter((c) => need.whole || need.names.has(c.to)).map((c) => c.to),
    item,
  );
  const right = side(
    join.right,
    rightNames,
    need.whole && join.rightColumns.length > 0,
    context,
    mappers,
    [],
    item,
    true,
  );
  const rightColumns = join.rightColumns.filter(
    (c) => (need.whole || need.names.has(c.to)) && right.relation.columns.some((r) => r.name === c.from),
  );
  const taken = join.columns.filter((c) => rightColumns.some((r) => r.to === c.name));
  const relation: Join = {
    ...join,
    left: left.relation,
    right: right.relation,
    rightColumns,
    columns: keepsLeft ? withColumns(left.relation.columns, taken) : taken,
  };
  const environment = new Map<string, Expr>(keepsLeft ? left.environment : []);
  for (const column of taken) environment.set(column.name, columnRef(column, join.span));
  return { relation, environment };
}

/** A union over the target's fields. */
export function mapUnion(union: Union, need: Need, context: Context, mappers: Mappers, item?: Environment): Mapped {
  const { mapRelation, mapTable } = mappers;
  const wanted = union.columns.filter((c) => c.name !== union.sourceColumn && (need.whole || need.names.has(c.name)));
  const inputs = union.inputs.map((input, i) => {
    const own = union.mappings[i] ?? {};
    const names = new Set(
      wanted.flatMap((c) => (need.names.has(c.name) ? [own[c.name] ?? ""] : [])).filter((n) => n !== ""),
    );
    const mapped = mapRelation(input, { names, whole: need.whole }, context, item);
    const values = new Map<string, Expr>();
    for (const column of wanted) {
      const from = own[column.name];
      const value = from === undefined ? undefined : mapped.environment.get(from);
      if (value !== undefined) values.set(column.name, value);
      else if (from !== undefined && need.names.has(column.name))
        mapExpression(columnRef({ ...column, name: from }, input.span), mapped.environment, context, mapTable);
    }
    return { mapped, values };
  });
  // A column that is the same field in every input stays that field; any other gets its own name in each.
  const shared = new Map<string, Expr>();
  for (const column of wanted) {
    const [first, ...rest] = inputs.map((i) => i.values.get(column.name));
    if (first?.kind === "column" && rest.every((e) => e?.kind === "column" && e.name === first.name))
      shared.set(column.name, first);
  }
  const made = inputs.map(({ mapped, values }) => {
    const own = new Map([...values].filter(([name]) => !shared.has(name)));
    return materialize(keepBefore(mapped, [...own.keys()], need), own).relation;
  });
  const columns = withColumns(
    [...shared].map(([name, value]) => ({ name: value.kind === "column" ? value.name : name, type: value.type })),
    union.columns.filter(
      (c) => c.name === union.sourceColumn || (!shared.has(c.name) && inputs.some((i) => i.values.has(c.name))),
    ),
  );
  const mappings = made.map((input) =>
    Object.fromEntries(
      columns.filter((c) => input.columns.some((i) => i.name === c.name)).map((c) => [c.name, c.name]),
    ),
  );
  const relation: Union = { ...union, inputs: made, mappings, columns };
  return { relation, environment: new Map([...ownNames(relation), ...shared]) };
}
