import type { Argument, Expression, Operator, OperatorParameter, ScanStep } from "../../kql/ast.ts";
import type {
  Expr,
  NamedExpr,
  ParseKv,
  Partition,
  Plugin,
  Sequence,
  Series,
  SeriesAggregate,
  TopHitters,
  TopNested,
} from "../../plan/nodes.ts";
import { aggregateCall, named } from "./aggregate.ts";
import { nameAt, type Writing } from "./writing.ts";

const spans = ({ span }: { readonly span: Operator["span"] }): Pick<Operator, "span" | "keywordSpan"> => ({
  span,
  keywordSpan: span,
});

export function makeSeries(writing: Writing, relation: Series): Operator {
  const { span, keys, aggregates, on } = relation;
  const optional = (e: Expr | null): Expression | null => e && writing.expression(e);
  return {
    kind: "make-series",
    parameters: relation.nonempty ? [{ name: "kind", value: nameAt("nonempty", span), span }] : [],
    aggregates: aggregates.map((a) => ({
      column: aggregateCall(writing, a, relation),
      default: given(writing, a),
    })),
    on: named(writing, on),
    from: optional(relation.from),
    to: optional(relation.to),
    step: writing.expression(relation.step),
    range: relation.inclusive,
    by: keys.length === 0 ? null : keys.map((key) => named(writing, key)),
    ...spans(relation),
  };
}

/** A default other than the one that goes without saying. */
function given(writing: Writing, { default: value, columns: [column] }: SeriesAggregate): Expression | null {
  const plain = value.kind === "call" && value.implicit === true ? (value.args[0] ?? value) : value;
  const unsaid = column !== undefined && ["int", "long", "real", "unknown"].includes(column.type) ? 0 : null;
  return plain.kind === "literal" && plain.value === unsaid ? null : writing.expression(plain);
}

/** `operators`: those of the body. */
export function partition(writing: Writing, relation: Partition, operators: readonly Operator[]): Operator {
  const body = { kind: "operators", operators } as const;
  return { kind: "partition", parameters: [], by: writing.expression(relation.by), body, ...spans(relation) };
}

export function scan(writing: Writing, relation: Sequence): Operator {
  const { span, matchId, declared } = relation;
  return {
    kind: "scan",
    parameters: matchId === null ? [] : [{ name: "with_match_id", value: nameAt(matchId, span), span }],
    order: [],
    partition: [],
    declare: declared.map(({ name, value }) => ({
      name: nameAt(name, value.span),
      type: value.type,
      default: value.kind === "literal" && value.value === null ? null : writing.expression(value),
    })),
    steps: relation.steps.map((step): ScanStep => {
      const assignments = step.assignments.map(({ name, value }: NamedExpr) => ({
        name: nameAt(name, value.span),
        value: writing.expression(value),
      }));
      return {
        name: nameAt(step.name, step.predicate.span),
        optional: step.optional,
        output: step.output === "all" ? null : step.output,
        predicate: writing.expression(step.predicate),
        assignments,
        span: step.predicate.span,
      };
    }),
    ...spans(relation),
  };
}

export function topNested(writing: Writing, relation: TopNested): Operator {
  const levels = relation.levels.map(({ count, key, aggregate, others, descending }) => {
    const { span } = aggregate;
    const call = aggregateCall(writing, aggregate, { input: relation.input, keys: [] });
    const name = aggregate.columns[0]?.name ?? "";
    return {
      count: count && writing.expression(count),
      value: named(writing, key),
      others: others && writing.expression(others),
      aggregate: { ...call, names: name === `aggregated_${key.name}` ? [] : [nameAt(name, span)] },
      direction: descending ? null : ("asc" as const),
      span,
    };
  });
  return { kind: "top-nested", levels, ...spans(relation) };
}

export function topHitters(writing: Writing, relation: TopHitters): Operator {
  const { count, key, weight } = relation;
  return {
    kind: "top-hitters",
    count: writing.expression(count),
    value: named(writing, key),
    by: weight && { names: [], value: writing.expression(weight), span: weight.span },
    ...spans(relation),
  };
}

export function parseKv(writing: Writing, relation: ParseKv): Operator {
  const { span, keys, pairDelimiter, kvDelimiter, quotes, escape: mark, greedy } = relation;
  const properties: OperatorParameter[] = [];
  const text = (name: string, value: string | undefined): void => {
    if (value === undefined) return;
    properties.push({ name, value: { kind: "literal", type: "string", value, text: "", span }, span });
  };
  text("pair_delimiter", pairDelimiter);
  text("kv_delimiter", kvDelimiter);
  text("quote", quotes?.join(""));
  text("escape", mark);
  if (greedy)
    properties.push({
      name: "greedy",
      value: { kind: "literal", type: "bool", value: true, text: "true", span },
      span,
    });
  const columns = keys.map((k) => ({ name: nameAt(k.name, span), type: k.type }));
  return { kind: "parse-kv", value: writing.expression(relation.value), columns, properties, ...spans(relation) };
}

export function plugin(writing: Writing, relation: Plugin): Operator {
  const { span, name, tables, args, aggregate } = relation;
  const given: Argument[] = [
    ...tables.map((table) => ({ name: null, value: writing.operand(table) })),
    ...args.map((a) => ({ name: a.name === null ? null : nameAt(a.name, span), value: writing.expression(a.value) })),
  ];
  if (aggregate)
    given.splice(1, 0, {
      name: null,
      value: aggregateCall(writing, aggregate, { input: relation.input, keys: [] }).value,
    });
  return {
    kind: "evaluate",
    parameters: [],
    call: {
      kind: "call",
      name: nameAt(name, span),
      arguments: given,
      span,
    },
    schema: null,
    ...spans(relation),
  };
}
