import * as fc from "fast-check";
import { noSpan as span } from "../../src/diagnostics/source.ts";
import type {
  Call,
  ColumnPattern,
  Expression,
  GraphPattern,
  GraphStep,
  MemberCall,
  Name,
  NamedExpression,
  Operator,
  OperatorParameter,
  RowSchema,
  ScanStep,
  SortKey,
  Statement,
  TopNestedLevel,
  TypedName,
} from "../../src/kql/ast.ts";
import type { ScalarType } from "../../src/types/scalar-type.ts";

/** The arbitrary parts that operators are made of. */
export interface Parts {
  readonly name: fc.Arbitrary<Name>;
  readonly type: fc.Arbitrary<ScalarType>;
  readonly columns: fc.Arbitrary<TypedName[]>;
  readonly pattern: fc.Arbitrary<ColumnPattern>;
  readonly named: fc.Arbitrary<NamedExpression>;
  readonly sortKey: fc.Arbitrary<SortKey>;
  readonly call: fc.Arbitrary<Call>;
  readonly expression: fc.Arbitrary<Expression>;
  readonly operator: fc.Arbitrary<Operator>;
  readonly statements: fc.Arbitrary<Statement[]>;
  readonly settings: (...keys: string[]) => fc.Arbitrary<OperatorParameter[]>;
}

const base = { span, keywordSpan: span };
const list = <T>(item: fc.Arbitrary<T>, minLength = 1): fc.Arbitrary<T[]> =>
  fc.array(item, { minLength, maxLength: 3 });
const optional = <T>(item: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(item, { nil: null });

const asExpression = (name: fc.Arbitrary<Name>): fc.Arbitrary<Expression> =>
  name.map(({ text }): Expression => ({ kind: "name", name: text, span }));

/** `a.b["c"]` */
const path = (name: fc.Arbitrary<Name>): fc.Arbitrary<Expression> =>
  fc.tuple(name, list(name, 0)).map(([first, rest]) =>
    rest.reduce<Expression>((target, step) => ({ kind: "member", target, name: step, span }), {
      kind: "name",
      name: first.text,
      span,
    }),
  );

/** Tables as find, search, union and restrict name them. */
export function entity({ name, pattern, expression, call }: Parts): fc.Arbitrary<Expression | ColumnPattern> {
  const tables = pattern.filter((p) => p.wildcard);
  return fc.oneof<fc.Arbitrary<Expression | ColumnPattern>[]>(
    expression,
    tables,
    fc
      .tuple(path(name), tables)
      .map(([target, p]): Expression => ({ kind: "member-pattern", target, tables: p, span })),
    memberCall(path(name), call),
  );
}

export function memberCall(target: fc.Arbitrary<Expression>, call: fc.Arbitrary<Call>): fc.Arbitrary<MemberCall> {
  return fc.tuple(target, call).map(([t, c]): MemberCall => ({ kind: "member-call", target: t, call: c, span }));
}

/** The operators that begin a query or follow a pipe. */
export function sourceOperators(parts: Parts): fc.Arbitrary<Operator>[] {
  const { name, type, columns, pattern, call, expression, statements, settings } = parts;
  const schema: fc.Arbitrary<RowSchema> = fc
    .oneof(fc.record({ columns, open: fc.boolean() }), fc.constant({ columns: [], open: true }))
    .map((own) => ({ ...own, span }));
  const tables = list(entity(parts), 0);
  const output = fc.oneof(
    fc.record({
      kind: fc.constant("project" as const),
      columns: list(fc.record({ name, type: optional(type) })),
      pack: fc.boolean(),
    }),
    fc.record({ kind: fc.constant("project-smart" as const), away: list(pattern, 0) }),
  );
  return [
    fc
      .tuple(settings("kind"), tables, expression)
      .map(([parameters, t, predicate]): Operator => ({ kind: "search", parameters, tables: t, predicate, ...base })),
    fc.tuple(settings("withsource"), tables, expression, optional(output)).map(
      ([parameters, t, predicate, o]): Operator => ({
        kind: "find",
        parameters,
        tables: t,
        predicate,
        output: o,
        ...base,
      }),
    ),
    fc
      .tuple(settings("hint.remote"), call, optional(schema))
      .map(([parameters, c, s]): Operator => ({ kind: "evaluate", parameters, call: c, schema: s, ...base })),
    fc.tuple(settings("isfuzzy"), path(name), name, statements).map(
      ([parameters, group, n, body]): Operator => ({
        kind: "macro-expand",
        parameters,
        group,
        name: n,
        body,
        ...base,
      }),
    ),
  ];
}

export function pipedOperators(parts: Parts): fc.Arbitrary<Operator>[] {
  const { name, type, columns, named, sortKey, call, expression, operator, settings } = parts;
  const direction = fc.constantFrom(null, "asc" as const, "desc" as const);
  const operators = list(operator);
  const level: fc.Arbitrary<TopNestedLevel> = fc.record({
    count: optional(expression),
    value: named,
    others: optional(expression),
    aggregate: named,
    direction,
    span: fc.constant(span),
  });
  const scanStep: fc.Arbitrary<ScanStep> = fc.record({
    name,
    optional: fc.boolean(),
    output: fc.constantFrom(null, "all" as const, "last" as const, "none" as const),
    predicate: expression,
    assignments: list(fc.record({ name, value: expression }), 0),
    span: fc.constant(span),
  });
  const invoked = fc.oneof<fc.Arbitrary<Call | MemberCall>[]>(call, memberCall(call, call));
  return [
    list(expression).map((c): Operator => ({ kind: "project-by-names", columns: c, ...base })),
    fc
      .tuple(
        settings("kind", "hint.shufflekey"),
        list(fc.record({ column: named, default: optional(expression) })),
        named,
        optional(expression),
        optional(expression),
        expression,
        optional(list(named)),
      )
      .map(
        ([parameters, aggregates, on, from, to, step, by]): Operator => ({
          kind: "make-series",
          parameters,
          aggregates,
          on,
          from,
          to,
          step,
          range: from !== null && to !== null && parameters.length === 0,
          by,
          ...base,
        }),
      ),
    list(level).map((levels): Operator => ({ kind: "top-nested", levels, ...base })),
    fc
      .tuple(expression, named, optional(named))
      .map(([count, value, by]): Operator => ({ kind: "top-hitters", count, value, by, ...base })),
    fc
      .tuple(settings("hint.x"), expression)
      .map(([hints, count]): Operator => ({ kind: "sample", ...(hints.length > 0 ? { hints } : {}), count, ...base })),
    fc.tuple(expression, named).map(([count, of]): Operator => ({ kind: "sample-distinct", count, of, ...base })),
    fc
      .tuple(expression, columns, settings("regex", "greedy"))
      .map(([value, c, properties]): Operator => ({ kind: "parse-kv", value, columns: c, properties, ...base })),
    fc
      .tuple(
        settings("with_match_id"),
        list(sortKey, 0),
        list(expression, 0),
        list(fc.record({ name, type, default: optional(expression) }), 0),
        list(scanStep),
      )
      .map(
        ([parameters, order, partition, declare, steps]): Operator => ({
          kind: "scan",
          parameters,
          order,
          partition,
          declare,
          steps,
          ...base,
        }),
      ),
    fc
      .tuple(settings("kind"), named, settings("threshold", "characters"))
      .map(([parameters, by, properties]): Operator => ({ kind: "reduce", parameters, by, properties, ...base })),
    settings("decodeblocks").map((parameters): Operator => ({ kind: "consume", parameters, ...base })),
    settings("kind").map((parameters): Operator => ({ kind: "getschema", parameters, ...base })),
    fc
      .tuple(columns, fc.boolean())
      .map(([c, open]): Operator => ({ kind: "assert-schema", schema: { columns: c, open, span }, ...base })),
    fc.constant<Operator>({ kind: "execute-and-cache", ...base }),
    invoked.map((c): Operator => ({ kind: "invoke", call: c, ...base })),
    fc.tuple(settings("hint.strategy"), path(name), operators).map(
      ([parameters, by, o]): Operator => ({
        kind: "partition",
        parameters,
        by,
        body: { kind: "operators", operators: o },
        ...base,
      }),
    ),
    fc.tuple(path(name), expression).map(
      ([by, query]): Operator => ({
        kind: "partition",
        parameters: [],
        by,
        body: { kind: "query", query },
        ...base,
      }),
    ),
    list(fc.record({ name: optional(name), operators })).map(
      (branches): Operator => ({ kind: "fork", branches, ...base }),
    ),
    fc
      .tuple(list(path(name)), optional(operators))
      .map(([by, o]): Operator => ({ kind: "facet", by, operators: o, ...base })),
    ...graphOperators(parts),
  ];
}

function graphOperators({ name, named, expression, operator, settings }: Parts): fc.Arbitrary<Operator>[] {
  const node = optional(name).map((n): GraphStep => ({ kind: "node", name: n, span }));
  const number = fc.nat().map((value): Expression => ({ kind: "literal", type: "long", value, text: "", span }));
  const edge: fc.Arbitrary<GraphStep> = fc.record({
    kind: fc.constant("edge" as const),
    name: optional(name),
    direction: fc.constantFrom("left" as const, "right" as const, "any" as const),
    repeat: optional(fc.record({ from: number, to: number })),
    span: fc.constant(span),
  });
  const pattern: fc.Arbitrary<GraphPattern> = fc
    .tuple(node, list(fc.tuple(edge, node), 0))
    .map(([first, rest]) => ({ steps: [first, ...rest.flat()], span }));
  const column = asExpression(name);
  return [
    fc
      .tuple(
        column,
        column,
        fc.boolean(),
        fc.oneof(
          list(fc.record({ table: expression, on: column }), 0).map((nodes) => ({ nodes, nodeId: null })),
          name.map((nodeId) => ({ nodes: [], nodeId })),
        ),
        optional(fc.record({ column: path(name), operators: list(operator) })),
      )
      .map(
        ([source, target, directed, nodes, partitionedBy]): Operator => ({
          kind: "make-graph",
          parameters: [],
          source,
          target,
          directed,
          ...nodes,
          partitionedBy,
          ...base,
        }),
      ),
    fc
      .tuple(
        fc.constantFrom("graph-match" as const, "graph-shortest-paths" as const),
        settings("cycles"),
        list(pattern),
        optional(expression),
        optional(list(named)),
      )
      .map(
        ([kind, parameters, patterns, predicate, columns]): Operator => ({
          kind,
          parameters,
          patterns,
          predicate,
          columns,
          ...base,
        }),
      ),
    list(
      fc.record({
        part: fc.constantFrom("nodes" as const, "edges" as const),
        as: optional(name),
        parameters: settings("with_node_id"),
      }),
    ).map((outputs): Operator => ({ kind: "graph-to-table", outputs, ...base })),
    settings("kind").map((parameters): Operator => ({ kind: "graph-mark-components", parameters, ...base })),
    fc
      .tuple(fc.constantFrom("graph-where-nodes" as const, "graph-where-edges" as const), expression)
      .map(([kind, predicate]): Operator => ({ kind, predicate, ...base })),
  ];
}

/** The statements other than queries, `let` and `set`. */
export function otherStatements(parts: Parts): fc.Arbitrary<Statement>[] {
  const { name, type, columns, expression, statements } = parts;
  const declared = list(fc.record({ name, type, default: optional(expression), span: fc.constant(span) }), 0);
  const column = fc.record({ name, type });
  const match = fc.record({
    arguments: list(expression),
    path: optional(expression),
    body: statements,
    span: fc.constant(span),
  });
  return [
    declared.map((parameters): Statement => ({ kind: "declare", parameters, span })),
    fc.tuple(name, expression).map(([n, value]): Statement => ({ kind: "alias", name: n, value, span })),
    list(entity(parts)).map((entities): Statement => ({ kind: "restrict", entities, span })),
    fc
      .tuple(name, optional(fc.record({ parameters: columns, path: optional(column), matches: list(match) })))
      .map(([n, definition]): Statement => ({ kind: "pattern", name: n, definition, span })),
  ];
}
