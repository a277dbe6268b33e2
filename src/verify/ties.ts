import { inputsOf, mapInputs, operandsOf } from "../plan/children.ts";
import type { Expr, Relation } from "../plan/nodes.ts";

/** Aggregates that keep one of several rows. */
const choosing = /^(?:arg_max|arg_min|take_any|any)/;
const mostColumns = 4;

/**
 * The same relation with its rows in other orders wherever an operator keeps any one of rows that tie: each of them is a result
 * that the rule may give. None where nothing is left to chance.
 */
export function otherOrders(body: Relation): readonly Relation[] {
  const columns = [...new Set(tiedColumns(body))].slice(0, mostColumns);
  return columns.flatMap((name) =>
    [false, true].flatMap((descending) =>
      ["plain", "reversed"].map((form) => reordered(body, name, descending, form === "reversed")),
    ),
  );
}

/** Columns by which tied rows can be told apart, those that the rule computes last. */
function tiedColumns(relation: Relation): readonly string[] {
  if (keepsAny(relation) && "input" in relation) {
    const computed = relation.input.columns.map((c) => c.name).reverse();
    if (relation.kind !== "aggregate") return computed;
    const read = columnsIn(relation.aggregates.filter((a) => choosing.test(a.function)).flatMap((a) => a.args));
    return read.length <= mostColumns + 1 ? read : computed;
  }
  return inputsOf(relation).flatMap(tiedColumns);
}

function columnsIn(exprs: readonly Expr[]): readonly string[] {
  return exprs.flatMap((e) => (e.kind === "column" ? [e.name] : columnsIn(operandsOf(e))));
}

function keepsAny(relation: Relation): boolean {
  if (relation.kind === "limit") return true;
  return relation.kind === "aggregate" && relation.aggregates.some((a) => choosing.test(a.function));
}

function reordered(relation: Relation, column: string, descending: boolean, reversed: boolean): Relation {
  const inner = mapInputs(relation, (input) => reordered(input, column, descending, reversed));
  if (!keepsAny(inner) || !("input" in inner)) return inner;
  const { input } = inner;
  const type = input.columns.find((c) => c.name === column)?.type;
  if (type === undefined) return inner;
  const { span } = inner;
  const field: Expr = { kind: "column", name: column, type, span };
  const text: Expr = { kind: "call", name: "tostring", args: [field], type: "string", span };
  const value: Expr = reversed ? { kind: "call", name: "reverse", args: [text], type: "string", span } : text;
  const keys = [{ value, descending, nullsFirst: !descending }];
  if (input.kind === "sort") {
    return { ...inner, input: { ...input, keys: [...input.keys, ...keys] } } as Relation;
  }
  return mapInputs(inner, () => ({ kind: "sort", input, keys, columns: input.columns, span }));
}
