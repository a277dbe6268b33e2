import * as fc from "fast-check";
import { noSpan as span } from "../../src/diagnostics/source.ts";
import {
  binaryOperators,
  type Call,
  type ColumnPattern,
  type Expression,
  type Literal,
  type MvExpandColumn,
  type Name,
  type NamedExpression,
  type Operator,
  type OperatorParameter,
  type Parameter,
  type ParseStep,
  type Pipe,
  type Query,
  type SortKey,
  type Statement,
  type TypedName,
} from "../../src/kql/ast.ts";
import { Decimal } from "../../src/types/decimal.ts";
import type { ScalarType } from "../../src/types/scalar-type.ts";
import { Datetime, Timespan } from "../../src/types/time.ts";
import type { Dynamic } from "../../src/types/value.ts";
import { entity, memberCall, otherStatements, type Parts, pipedOperators, sourceOperators } from "./operator-trees.ts";

/** Texts with everything that has a meaning in a string or a name. */
const piece = fc.constantFrom(
  "a",
  "Z9",
  "_x",
  " ",
  "\\",
  '"',
  "'",
  "`",
  "```",
  "~~~",
  "|",
  "//",
  ";",
  "]",
  "['",
  "\n",
  "\r",
  "\t",
  "\0",
  "\u200b",
  "\u2028",
  "é",
  "中",
  "😀",
  "\ud800",
  "\udc00",
  "$1",
  "*",
  "%",
  "{",
  "@",
  "h",
  "]]>",
  "\u007f",
);
export const anyText = fc.oneof(
  fc.array(piece, { maxLength: 6 }).map((p) => p.join("")),
  fc.string({ unit: "binary", maxLength: 8 }),
);
const word = fc.constantFrom(
  "a",
  "b1",
  "_c",
  "count",
  "kind",
  "type",
  "by",
  "let",
  "where",
  "first",
  "and",
  "typeof",
  "hint",
  "materialize",
  "project",
  "null",
  "in",
  "union",
  "true",
  "datetime",
  "dynamic",
  "print",
  "range",
  "set",
  "5xx",
  "$left",
  "view",
  "step",
  "limit",
  "on",
  "with",
  "bagexpansion",
  "nulls",
);
const anyName = fc.oneof({ arbitrary: word, weight: 4 }, { arbitrary: anyText, weight: 1 });
const name: fc.Arbitrary<Name> = anyName.map((text) => ({ text, span }));

const types: readonly ScalarType[] = [
  "bool",
  "int",
  "long",
  "real",
  "decimal",
  "string",
  "datetime",
  "timespan",
  "guid",
  "dynamic",
];
const type = fc.constantFrom(...types);
const datetime = fc.bigInt({ min: 0n, max: 3_155_378_975_999_999_999n }).map((ticks) => new Datetime(ticks));
const timespan = fc.bigInt({ min: -(2n ** 62n), max: 2n ** 62n }).map((ticks) => new Timespan(ticks));
const long = fc.oneof(
  fc.integer(),
  fc.bigInt({ min: 2n ** 53n, max: 2n ** 63n - 1n }),
  fc.bigInt({ min: -(2n ** 63n), max: -(2n ** 53n) }),
);
const of = (type: ScalarType, value: fc.Arbitrary<Literal["value"]>): fc.Arbitrary<Literal> =>
  value.map((v) => ({ kind: "literal", type, value: v, text: "", span }));
const literal: fc.Arbitrary<Literal> = fc.oneof(
  of("string", anyText),
  of("long", long),
  of("int", fc.integer()),
  of("real", fc.double()),
  of("bool", fc.boolean()),
  of("decimal", fc.constantFrom(new Decimal(1n, 0), new Decimal(-25n, 1))),
  of("guid", fc.uuid()),
  of("datetime", datetime),
  of("timespan", timespan),
  type.filter((t) => t !== "string" && t !== "dynamic").chain((t) => of(t, fc.constant(null))),
);
// a negative zero is written as a real
const jsonReal = fc.double().map((n) => (n === 0 ? 0 : n));
const json: fc.Arbitrary<Dynamic> = fc.letrec<{ value: Dynamic }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 2 },
    fc.oneof(fc.constant(null), fc.boolean(), long, jsonReal, anyText, datetime, timespan),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(anyText, tie("value"), { maxKeys: 3 }),
  ),
})).value;

const list = <T>(item: fc.Arbitrary<T>, minLength = 1): fc.Arbitrary<T[]> =>
  fc.array(item, { minLength, maxLength: 3 });
const columns: fc.Arbitrary<TypedName[]> = list(fc.record({ name, type }));
const pattern: fc.Arbitrary<ColumnPattern> = fc.oneof(
  anyName.map((text) => ({ pattern: text, wildcard: false, order: null, span })),
  fc
    .tuple(list(word), fc.constantFrom("*", "1*"))
    .map(([parts, end]) => ({ pattern: `*${parts.join("*")}${end}`, wildcard: true, order: null, span })),
);
const setting = (key: string): fc.Arbitrary<OperatorParameter> =>
  fc.oneof(name, of("string", anyText), of("bool", fc.boolean())).map((value) => ({ name: key, value, span }));
const settings = (...keys: string[]): fc.Arbitrary<OperatorParameter[]> =>
  fc.subarray(keys).chain((chosen) => fc.tuple(...chosen.map(setting)));

interface Trees {
  readonly expression: Expression;
  readonly operator: Operator;
  readonly pipe: Pipe;
  readonly statements: Statement[];
}

const { expression, statements } = fc.letrec<Trees>((tie) => {
  const expression = tie("expression");
  const operator = tie("operator");
  const named: fc.Arbitrary<NamedExpression> = fc.record({
    names: fc.array(name, { maxLength: 2 }),
    value: expression,
    span: fc.constant(span),
  });
  const sortKey: fc.Arbitrary<SortKey> = fc.record({
    value: expression,
    direction: fc.constantFrom(null, "asc", "desc"),
    nulls: fc.constantFrom(null, "first", "last"),
    span: fc.constant(span),
  });
  const optional = <T>(item: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(item, { nil: null });
  const expanded: fc.Arbitrary<MvExpandColumn> = fc.record({
    name: optional(name),
    value: expression,
    type: optional(type),
    span: fc.constant(span),
  });
  const args = list(
    fc.record({
      name: optional(name),
      value: fc.oneof(expression, fc.constant<Expression>({ kind: "star", span })),
    }),
    0,
  );
  const call: fc.Arbitrary<Call> = fc
    .tuple(name, args)
    .map(([n, list]): Call => ({ kind: "call", name: n, arguments: list, span }));
  const parts: Parts = {
    name,
    type,
    columns,
    pattern,
    named,
    sortKey,
    call,
    expression,
    operator,
    statements: tie("statements"),
    settings,
  };
  const base = { span, keywordSpan: span };
  const step: fc.Arbitrary<ParseStep> = fc.oneof(
    fc.constant<ParseStep>({ kind: "skip", span }),
    anyText.map((value): ParseStep => ({ kind: "text", value, span })),
    fc.record({ kind: fc.constant("column" as const), name, type: optional(type), span: fc.constant(span) }),
  );
  const source = fc.oneof(
    list(named).map((columns): Operator => ({ kind: "print", columns, ...base })),
    fc
      .tuple(name, expression, expression, expression)
      .map(([n, from, to, step]): Operator => ({ kind: "range", name: n, from, to, step, ...base })),
    fc
      .tuple(settings("kind", "withsource"), list(entity(parts)))
      .map(([parameters, tables]): Operator => ({ kind: "union", parameters, tables, ...base })),
    ...sourceOperators(parts),
  );
  const parameter: fc.Arbitrary<Parameter> = fc.record({
    name,
    type: fc.oneof<[fc.Arbitrary<Parameter["type"]>, fc.Arbitrary<Parameter["type"]>]>(
      type,
      fc.oneof(fc.record({ columns, open: fc.boolean() }), fc.constant({ columns: [], open: true })),
    ),
    default: optional(expression),
    span: fc.constant(span),
  });
  return {
    expression: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.oneof(
        literal,
        anyName.map((n): Expression => ({ kind: "name", name: n, span })),
        json.map((value): Expression => ({ kind: "dynamic", value, text: "", span })),
      ),
      fc.tuple(expression, name).map(([target, n]): Expression => ({ kind: "member", target, name: n, span })),
      fc.tuple(expression, expression).map(([target, index]): Expression => ({ kind: "index", target, index, span })),
      call,
      memberCall(expression, call),
      list(memberCall(call, call)).map((entities): Expression => ({ kind: "entity-group", entities, span })),
      fc
        .tuple(columns, list(expression, 0), settings("format", "ignoreFirstRecord"))
        .map(([c, uris, properties]): Expression => ({ kind: "externaldata", columns: c, uris, properties, span })),
      fc
        .tuple(fc.constantFrom("-" as const, "+" as const), expression)
        .map(([operator, operand]): Expression => ({ kind: "unary", operator, operand, span })),
      fc.tuple(fc.constantFrom(...binaryOperators), expression, expression).map(
        ([operator, left, right]): Expression => ({
          kind: "binary",
          operator,
          operatorSpan: span,
          left,
          right,
          span,
        }),
      ),
      fc.tuple(fc.constantFrom("has" as const, "==" as const), expression).map(
        ([operator, right]): Expression => ({
          kind: "binary",
          operator,
          operatorSpan: span,
          left: { kind: "star", span },
          right,
          span,
        }),
      ),
      fc
        .tuple(fc.constantFrom("and" as const, "or" as const), fc.array(expression, { minLength: 2, maxLength: 4 }))
        .map(([operator, operands]): Expression => ({ kind: "logical", operator, operands, span })),
      fc.tuple(fc.constantFrom("in" as const, "!in~" as const, "has_any" as const), expression, list(expression)).map(
        ([operator, operand, items]): Expression => ({
          kind: "in",
          operator,
          operatorSpan: span,
          operand,
          items,
          span,
        }),
      ),
      fc
        .tuple(fc.boolean(), expression, expression, expression)
        .map(([negated, operand, low, high]): Expression => ({ kind: "between", negated, operand, low, high, span })),
      expression.map((inner): Expression => ({ kind: "paren", expression: inner, span })),
      columns.chain((cols) =>
        fc
          .array(literal, { minLength: cols.length, maxLength: cols.length * 2 })
          .map((values): Expression => ({ kind: "datatable", columns: cols, values, span })),
      ),
      tie("pipe"),
    ),
    pipe: fc.oneof(
      fc
        .tuple(expression, list(operator))
        .map(([from, operators]): Pipe => ({ kind: "pipe", source: from, operators, span })),
      fc
        .tuple(source, list(operator, 0))
        .map(([first, operators]): Pipe => ({ kind: "pipe", source: null, operators: [first, ...operators], span })),
    ),
    operator: fc.oneof(
      { maxDepth: 4 },
      expression.map((predicate): Operator => ({ kind: "where", predicate, ...base })),
      fc.tuple(name, expression).map(([n, predicate]): Operator => ({ kind: "where", name: n, predicate, ...base })),
      fc
        .tuple(
          fc.constantFrom("extend" as const, "project" as const, "distinct" as const, "serialize" as const),
          list(named),
        )
        .map(([kind, columns]): Operator => ({ kind, columns, ...base })),
      fc
        .tuple(fc.constantFrom("project-away" as const, "project-keep" as const), list(pattern))
        .map(([kind, patterns]): Operator => ({ kind, patterns, ...base })),
      list(
        fc
          .tuple(pattern, fc.constantFrom(null, "asc" as const, "granny-desc" as const))
          .map(([p, order]) => ({ ...p, order })),
      ).map((patterns): Operator => ({ kind: "project-reorder", patterns, ...base })),
      list(fc.record({ to: name, from: name })).map(
        (columns): Operator => ({ kind: "project-rename", columns, ...base }),
      ),
      fc
        .tuple(settings("hint.strategy"), list(named, 0), optional(list(named)))
        .map(([parameters, aggregates, by]): Operator => ({ kind: "summarize", parameters, aggregates, by, ...base })),
      list(sortKey).map((keys): Operator => ({ kind: "sort", keys, ...base })),
      fc.tuple(expression, sortKey).map(([count, key]): Operator => ({ kind: "top", count, keys: [key], ...base })),
      expression.map((count): Operator => ({ kind: "take", count, ...base })),
      optional(name).map((as): Operator => ({ kind: "count", as, ...base })),
      fc
        .tuple(settings("bagexpansion", "with_itemindex"), list(expanded), optional(expression))
        .map(([parameters, columns, limit]): Operator => ({ kind: "mv-expand", parameters, columns, limit, ...base })),
      fc.tuple(list(expanded), optional(expression), list(operator)).map(
        ([columns, limit, operators]): Operator => ({
          kind: "mv-apply",
          parameters: [],
          columns,
          limit,
          operators,
          ...base,
        }),
      ),
      fc
        .tuple(
          fc.constantFrom("parse" as const, "parse-where" as const),
          settings("kind", "flags"),
          expression,
          list(step),
        )
        .map(([kind, parameters, value, steps]): Operator => ({ kind, parameters, value, steps, ...base })),
      source,
      fc
        .tuple(
          fc.constantFrom("join" as const, "lookup" as const),
          settings("kind", "hint.remote"),
          expression,
          list(expression, 0),
        )
        .map(([kind, parameters, right, on]): Operator => ({ kind, parameters, right, on, ...base })),
      fc
        .tuple(settings("hint.materialized"), name)
        .map(([parameters, n]): Operator => ({ kind: "as", parameters, name: n, ...base })),
      fc
        .tuple(fc.constantFrom("timechart", "card"), settings("title", "series"))
        .map(
          ([chart, parameters]): Operator => ({ kind: "render", chart: { text: chart, span }, parameters, ...base }),
        ),
      ...pipedOperators(parts),
    ),
    statements: list(
      fc.oneof(
        { maxDepth: 2 },
        expression.map((e): Statement => ({ kind: "expression", expression: e, span })),
        fc.tuple(name, expression).map(([n, value]): Statement => ({ kind: "let", name: n, value, span })),
        ...otherStatements(parts),
        fc.tuple(name, optional(expression)).map(([n, value]): Statement => ({ kind: "set", name: n, value, span })),
        fc.tuple(name, fc.boolean(), list(parameter, 0), tie("statements")).map(
          ([n, view, parameters, body]): Statement => ({
            kind: "let",
            name: n,
            value: { kind: "function", view, parameters, body, span },
            span,
          }),
        ),
      ),
    ),
  };
});

export const anyExpression: fc.Arbitrary<Expression> = expression;
/** Trees as a program may make them, without parentheses where they are needed. */
export const anyQuery: fc.Arbitrary<Query> = statements.map((list) => ({
  kind: "query",
  statements: list,
  comments: [],
  span,
}));
