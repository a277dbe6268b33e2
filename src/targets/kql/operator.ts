import type {
  Expression,
  MvExpandColumn,
  Operator,
  OperatorParameter,
  SortKey as SortKeySyntax,
  UnionOperator,
} from "../../kql/ast.ts";
import type {
  Apply,
  Expand,
  Expansion,
  Expr,
  Join,
  Limit,
  Parse,
  Relation,
  Sort,
  SortKey,
  Union,
} from "../../plan/nodes.ts";
import { automaticName } from "./automatic-name.ts";
import { nameAt, reference, type Writing } from "./writing.ts";

const spans = ({ span }: { readonly span: Operator["span"] }): Pick<Operator, "span" | "keywordSpan"> => ({
  span,
  keywordSpan: span,
});

function word(name: string, value: string, span: Operator["span"]): OperatorParameter {
  return { name, value: nameAt(value, span), span };
}

export function parse(writing: Writing, relation: Parse): Operator {
  const { span, mode, flags } = relation;
  const parameters = mode === "simple" ? [] : [word("kind", mode, span)];
  if (flags !== "") parameters.push(word("flags", flags, span));
  const steps = relation.steps.map((step) => {
    if (step.kind !== "column") return { ...step, span };
    return { kind: step.kind, name: nameAt(step.name, span), type: step.type === "string" ? null : step.type, span };
  });
  const kind = relation.filter ? "parse-where" : "parse";
  return { kind, parameters, value: writing.expression(relation.value), steps, ...spans(relation) };
}

export function expand(writing: Writing, relation: Expand): Operator {
  const { span } = relation;
  const parameters = relation.bagExpansion === "array" ? [word("bagexpansion", "array", span)] : [];
  return { kind: "mv-expand", ...expansion(writing, relation, parameters), ...spans(relation) };
}

/** `operators`: the subquery. */
export function apply(writing: Writing, relation: Apply, operators: readonly Operator[]): Operator {
  return { kind: "mv-apply", ...expansion(writing, relation, []), operators, ...spans(relation) };
}

function expansion(
  writing: Writing,
  { span, values, indexColumn, limit }: Expand | Apply,
  parameters: readonly OperatorParameter[],
): {
  parameters: readonly OperatorParameter[];
  columns: readonly MvExpandColumn[];
  limit: MvExpandColumn["value"] | null;
} {
  return {
    parameters: indexColumn === null ? parameters : [...parameters, word("with_itemindex", indexColumn, span)],
    columns: values.map((value) => expandedColumn(writing, value)),
    limit: limit && writing.expression(limit),
  };
}

function expandedColumn(writing: Writing, { name, value, type }: Expansion): MvExpandColumn {
  const label = automaticName(value) === name ? null : nameAt(name, value.span);
  return { name: label, value: writing.expression(value), type: type === "dynamic" ? null : type, span: value.span };
}

export function join(writing: Writing, relation: Join): Operator {
  const { span, keyword, joinKind, right } = relation;
  const usual = keyword === "join" ? "innerunique" : "leftouter";
  const parameters = joinKind === usual ? [] : [word("kind", joinKind, span)];
  // Keys stand behind the right side, so that comments inside it stay there.
  const at = { start: span.end, end: span.end };
  const side = (name: "$left" | "$right", column: string) =>
    ({ kind: "member", target: reference(name, at), name: nameAt(column, at), span: at }) as const;
  const on = relation.on.map((key) =>
    key.left === key.right
      ? reference(key.left, at)
      : ({
          kind: "binary",
          operator: "==",
          operatorSpan: at,
          left: side("$left", key.left),
          right: side("$right", key.right),
          span: at,
        } as const),
  );
  return { kind: keyword, parameters, right: writing.operand(right), on, ...spans(relation) };
}

/** `piped`: the first input stands before the pipe. */
export function union(writing: Writing, relation: Union, piped: boolean): UnionOperator {
  const { span, inputs, sourceColumn } = relation;
  const used = inputs.map((input, i) =>
    input.columns.every((c) => Object.values(relation.mappings[i] ?? {}).includes(c.name)),
  );
  const parameters = used.every(Boolean) ? [] : [word("kind", "inner", span)];
  if (sourceColumn !== null) parameters.push(word("withsource", sourceColumn, span));
  // The tables that a pattern found are written as the pattern again.
  const patterns = new Set<string>();
  const tables = inputs.flatMap((input, i): UnionOperator["tables"] => {
    if (piped && i === 0) return [];
    if (input.kind !== "scan" || input.pattern === undefined) return [leg(writing, relation, input, i)];
    const { pattern } = input;
    if (patterns.has(pattern)) return [];
    patterns.add(pattern);
    return [{ pattern, wildcard: true, order: null, span: input.span }];
  });
  return { kind: "union", parameters, tables, ...spans(relation) };
}

/** A table of a union; by the name of its view, where the result says that. */
function leg(writing: Writing, { sourceColumn, sourceNames }: Union, input: Relation, position: number): Expression {
  const own = input.kind === "scan" ? input.table : `union_arg${position}`;
  const name = sourceNames[position] ?? own;
  if (sourceColumn === null || name === own) return writing.operand(input);
  const { span } = input;
  const expression = writing.table(input);
  const body = [{ kind: "expression", expression, span } as const];
  if (!writing.views.some((view) => view.name.text === name))
    writing.views.push({
      kind: "let",
      name: nameAt(name, span),
      value: { kind: "function", view: true, parameters: [], body, span },
      span,
    });
  return reference(name, span);
}

export function sort(writing: Writing, relation: Sort): Operator {
  return { kind: "sort", keys: relation.keys.map((key) => sortKey(writing, key)), ...spans(relation) };
}

/** `top`, where one key orders the rows before the first ones are taken. */
export function top(writing: Writing, count: Expr, relation: Sort, limit: Limit): Operator {
  const keys = relation.keys.map((key) => sortKey(writing, key));
  return { kind: "top", count: writing.expression(count), keys, ...spans(limit) };
}

function sortKey(writing: Writing, { value, descending, nullsFirst }: SortKey): SortKeySyntax {
  const nulls = nullsFirst === !descending ? null : nullsFirst ? "first" : "last";
  return { value: writing.expression(value), direction: descending ? "desc" : "asc", nulls, span: value.span };
}
