import { expressionsOf, mapExpressions } from "../plan/children.ts";
import type {
  Expr,
  ParseKv,
  Partition,
  Plugin,
  Relation,
  Sequence,
  Series,
  TopHitters,
  TopNested,
  Window,
} from "../plan/nodes.ts";
import {
  type Context,
  columnRef,
  columnsRead,
  type Environment,
  keepBefore,
  type Mapped,
  materialize,
  type Need,
  ownNames,
  withColumns,
} from "./environment.ts";
import { mapExpression } from "./map-expression.ts";
import type { Mappers } from "./map-join.ts";

type Whole = Window | Series | Partition | Sequence | TopNested | TopHitters | ParseKv | Plugin;

/** Operators that add columns to their input's; the others have none but their own. */
const adding: ReadonlySet<Whole["kind"]> = new Set(["window", "sequence", "parse-kv"]);

/**
 * An operator that is mapped as a whole: the columns that it reads get the names that the query knows them by, so that the operator
 * itself stays as it is.
 */
export function mapWhole(
  relation: Whole,
  need: Need,
  context: Context,
  { mapRelation, mapTable }: Mappers,
  item?: Environment,
): Mapped {
  const adds = adding.has(relation.kind);
  const isInput = new Set(relation.input.columns.map((c) => c.name));
  const reads = new Set([...columnsRead(expressionsOf(relation))].filter((name) => isInput.has(name)));
  if (relation.kind === "partition" || relation.kind === "plugin") for (const name of isInput) reads.add(name);
  const made = relation.columns.filter((c) => !adds || !relation.input.columns.includes(c));
  const names = new Set([...reads, ...(adds ? [...need.names].filter((n) => !made.some((c) => c.name === n)) : [])]);
  const child = mapRelation(relation.input, { names, whole: adds && need.whole }, context, item);
  const from = keepBefore(
    child,
    made.map((c) => c.name),
    { names, whole: adds && need.whole },
  );
  const own = new Map<string, Expr>();
  for (const name of reads) {
    const column = relation.input.columns.find((c) => c.name === name);
    if (column) own.set(name, mapExpression(columnRef(column, relation.span), from.environment, context, mapTable));
  }
  const input = materialize(from, own);
  const plain = ownNames(relation.input);
  const within = (expr: Expr): Expr => mapExpression(expr, plain, context, mapTable);
  const inside: Relation = relation.kind === "sequence" ? relation : mapExpressions<Whole>(relation, within);
  const columns = adds ? withColumns(input.relation.columns, made) : relation.columns;
  const done: Relation = { ...inside, input: input.relation, columns };
  return {
    relation: done,
    environment: adds ? new Map([...input.environment, ...ownNames({ ...done, columns: made })]) : ownNames(done),
  };
}
