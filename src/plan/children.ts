import type { Expr, Relation } from "./nodes.ts";

/** The relations directly below a relation, without those inside expressions. */
export function inputsOf(relation: Relation): readonly Relation[] {
  switch (relation.kind) {
    case "scan":
    case "rows":
    case "range":
    case "table":
    case "item":
      return [];
    case "join":
      return [relation.left, relation.right];
    case "union":
    case "opaque":
      return relation.inputs;
    case "apply":
    case "partition":
      return [relation.input, relation.body];
    case "plugin":
      return [relation.input, ...relation.tables];
    default:
      return [relation.input];
  }
}

/** The expressions that stand directly in a relation. */
export function expressionsOf(relation: Relation): readonly Expr[] {
  switch (relation.kind) {
    case "scan":
    case "table":
    case "item":
    case "union":
    case "join":
    case "opaque":
      return [];
    case "rows":
      return relation.rows.flat();
    case "range":
      return [relation.from, relation.to, relation.step];
    case "filter":
      return [relation.predicate];
    case "extend":
    case "project":
      return relation.values.map((v) => v.value);
    case "aggregate":
      return [...relation.keys.map((k) => k.value), ...relation.aggregates.flatMap((a) => a.args)];
    case "expand":
    case "apply":
      return [...relation.values.map((v) => v.value), ...(relation.limit ? [relation.limit] : [])];
    case "parse":
    case "parse-kv":
      return [relation.value];
    case "sort":
      return relation.keys.map((k) => k.value);
    case "limit":
      return [relation.count];
    case "window":
      return relation.values.flatMap((v) => v.args);
    case "series":
      return [
        ...relation.keys.map((k) => k.value),
        relation.on.value,
        ...present(relation.from, relation.to, relation.step),
        ...relation.aggregates.flatMap((a) => [...a.args, a.default]),
      ];
    case "partition":
      return [relation.by];
    case "sequence":
      return [
        ...relation.declared.map((d) => d.value),
        ...relation.steps.flatMap((s) => [s.predicate, ...s.assignments.map((a) => a.value)]),
      ];
    case "top-nested":
      return relation.levels.flatMap((l) => [l.key.value, ...l.aggregate.args, ...present(l.count, l.others)]);
    case "top-hitters":
      return [relation.count, relation.key.value, ...present(relation.weight)];
    case "plugin":
      return [...relation.args.map((a) => a.value), ...(relation.aggregate?.args ?? [])];
  }
}

const present = (...exprs: readonly (Expr | null)[]): Expr[] => exprs.filter((e) => e !== null);

/** The expressions directly below an expression. */
export function operandsOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case "literal":
    case "column":
    case "let":
    case "toscalar":
      return [];
    case "call":
      return expr.args;
    case "and":
    case "or":
      return expr.operands;
    case "not":
      return [expr.operand];
    case "access":
      return [expr.target, expr.key];
    case "in-table":
      return [expr.operand];
  }
}

/** The same expression with `change` applied to its operands. */
export function mapOperands(expr: Expr, change: (operand: Expr) => Expr): Expr {
  switch (expr.kind) {
    case "literal":
    case "column":
    case "let":
    case "toscalar":
      return expr;
    case "call":
      return { ...expr, args: expr.args.map(change) };
    case "and":
    case "or":
      return { ...expr, operands: expr.operands.map(change) };
    case "not":
      return { ...expr, operand: change(expr.operand) };
    case "access":
      return { ...expr, target: change(expr.target), key: change(expr.key) };
    case "in-table":
      return { ...expr, operand: change(expr.operand) };
  }
}

/** The same relation with `change` applied to the expressions that stand directly in it. */
export function mapExpressions<R extends Relation>(relation: R, change: (expr: Expr) => Expr): R;
export function mapExpressions(relation: Relation, change: (expr: Expr) => Expr): Relation {
  const named = <N extends { readonly value: Expr }>(list: readonly N[]): N[] =>
    list.map((n) => ({ ...n, value: change(n.value) }));
  switch (relation.kind) {
    case "scan":
    case "table":
    case "item":
    case "union":
    case "join":
    case "opaque":
      return relation;
    case "rows":
      return { ...relation, rows: relation.rows.map((row) => row.map(change)) };
    case "range":
      return { ...relation, from: change(relation.from), to: change(relation.to), step: change(relation.step) };
    case "filter":
      return { ...relation, predicate: change(relation.predicate) };
    case "extend":
    case "project":
      return { ...relation, values: named(relation.values) };
    case "aggregate":
      return {
        ...relation,
        keys: named(relation.keys),
        aggregates: relation.aggregates.map((a) => ({ ...a, args: a.args.map(change) })),
      };
    case "expand":
    case "apply":
      return { ...relation, values: named(relation.values), limit: relation.limit && change(relation.limit) };
    case "parse":
    case "parse-kv":
      return { ...relation, value: change(relation.value) };
    case "sort":
      return { ...relation, keys: named(relation.keys) };
    case "limit":
      return { ...relation, count: change(relation.count) };
    case "window":
      return { ...relation, values: relation.values.map((v) => ({ ...v, args: v.args.map(change) })) };
    case "series":
      return {
        ...relation,
        keys: named(relation.keys),
        on: { ...relation.on, value: change(relation.on.value) },
        from: relation.from && change(relation.from),
        to: relation.to && change(relation.to),
        step: change(relation.step),
        aggregates: relation.aggregates.map((a) => ({ ...a, args: a.args.map(change), default: change(a.default) })),
      };
    case "partition":
      return { ...relation, by: change(relation.by) };
    case "sequence":
      return {
        ...relation,
        declared: named(relation.declared),
        steps: relation.steps.map((s) => ({
          ...s,
          predicate: change(s.predicate),
          assignments: named(s.assignments),
        })),
      };
    case "top-nested":
      return {
        ...relation,
        levels: relation.levels.map((l) => ({
          ...l,
          count: l.count && change(l.count),
          key: { ...l.key, value: change(l.key.value) },
          aggregate: { ...l.aggregate, args: l.aggregate.args.map(change) },
          others: l.others && change(l.others),
        })),
      };
    case "top-hitters":
      return {
        ...relation,
        count: change(relation.count),
        key: { ...relation.key, value: change(relation.key.value) },
        weight: relation.weight && change(relation.weight),
      };
    case "plugin":
      return {
        ...relation,
        args: named(relation.args),
        ...(relation.aggregate
          ? { aggregate: { ...relation.aggregate, args: relation.aggregate.args.map(change) } }
          : {}),
      };
  }
}

/** The same relation with `change` applied to the relations directly below it. */
export function mapInputs<R extends Relation>(relation: R, change: (input: Relation) => Relation): R;
export function mapInputs(relation: Relation, change: (input: Relation) => Relation): Relation {
  switch (relation.kind) {
    case "scan":
    case "rows":
    case "range":
    case "table":
    case "item":
      return relation;
    case "join":
      return { ...relation, left: change(relation.left), right: change(relation.right) };
    case "union":
    case "opaque":
      return { ...relation, inputs: relation.inputs.map(change) };
    case "apply":
    case "partition":
      return { ...relation, input: change(relation.input), body: change(relation.body) };
    case "plugin":
      return { ...relation, input: change(relation.input), tables: relation.tables.map(change) };
    default:
      return { ...relation, input: change(relation.input) };
  }
}
