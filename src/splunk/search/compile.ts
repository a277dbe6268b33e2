import type { SearchExpr } from "../../spl/tree.ts";
import type { Engine } from "../engine.ts";
import { SplProblem } from "../problem.ts";
import type { Row } from "../row.ts";
import { compareText, looksNumeric, type Value, valuesOf, valueText } from "../value.ts";
import { networkTest } from "./ip.ts";
import { wordTest } from "./raw.ts";
import { subsearchTerms, subsearchValues } from "./subsearch.ts";
import { wildcardTest } from "./wildcard.ts";

/** A search expression as a test of rows: true or false, never unknown. */
export type Test = (row: Row) => boolean;

/** How a field is found in a row; tstats and data models have names of their own. */
export type Fields = (name: string, node: SearchExpr) => (row: Row) => Value | undefined;

export const ownFields: Fields = (name) => (row) => row.get(name);

/**
 * Makes a search expression ready. Values compare as texts without case, `<` and its like as numbers where both sides are some;
 * `!=` needs the field, `NOT` does not; of several values one is enough. (Search Reference: search command)
 */
export function compileSearch(engine: Engine, expr: SearchExpr, fields: Fields = ownFields): Test {
  switch (expr.kind) {
    case "compare":
      return comparison(expr.operator, fields(expr.field, expr), expr.value);
    case "in":
      return anyOfValues(fields(expr.field, expr), expr.values);
    case "computed": {
      if (expr.value.kind === "macro") throw unexpanded(expr.value);
      const values = subsearchValues(engine, expr.value);
      const get = fields(expr.field, expr);
      if (expr.operator === "IN" || expr.operator === "=") return anyOfValues(get, values);
      const { operator } = expr;
      const tests = values.map((value) => comparison(operator, get, value));
      return (row) => tests.every((test) => test(row));
    }
    case "term": {
      if (/^\*+$/.test(expr.text)) return () => true;
      return rawTest(wordTest(expr.text, "word"));
    }
    case "directive":
      return directive(expr, fields);
    case "and": {
      const tests = expr.operands.map((o) => compileSearch(engine, o, fields));
      return (row) => tests.every((test) => test(row));
    }
    case "or": {
      const tests = expr.operands.map((o) => compileSearch(engine, o, fields));
      return (row) => tests.some((test) => test(row));
    }
    case "not": {
      const test = compileSearch(engine, expr.operand, fields);
      return (row) => !test(row);
    }
    case "subsearch":
      return compileSearch(engine, subsearchTerms(engine, expr), fields);
    case "macro":
      throw unexpanded(expr);
  }
}

function unexpanded(node: Extract<SearchExpr, { kind: "macro" }>): SplProblem {
  return new SplProblem("SPL205", node, `the macro \`${node.name}\` is not expanded`);
}

function comparison(
  operator: "=" | "!=" | "<" | "<=" | ">" | ">=",
  get: (row: Row) => Value | undefined,
  value: string,
): Test {
  const equal = valueTest(value);
  switch (operator) {
    case "=":
      return (row) => any(get(row), equal);
    case "!=":
      return (row) => any(get(row), (v) => !equal(v));
    case "<":
      return (row) => any(get(row), (v) => order(v, value) < 0);
    case "<=":
      return (row) => any(get(row), (v) => order(v, value) <= 0);
    case ">":
      return (row) => any(get(row), (v) => order(v, value) > 0);
    case ">=":
      return (row) => any(get(row), (v) => order(v, value) >= 0);
  }
}

function any(value: Value | undefined, test: (text: string) => boolean): boolean {
  if (value === undefined) return false;
  return typeof value === "string" ? test(value) : valuesOf(value).some(test);
}

function anyOfValues(get: (row: Row) => Value | undefined, values: readonly string[]): Test {
  const tests = values.map(valueTest);
  return (row) => any(get(row), (text) => tests.some((test) => test(text)));
}

/** Equality with a written value: a network holds its addresses. */
function valueTest(value: string): (text: string) => boolean {
  const same = wildcardTest(value);
  const network = networkTest(value);
  return network === null ? same : (text) => same(text) || network(text);
}

function order(left: string, right: string): number {
  if (looksNumeric(left) && looksNumeric(right)) return Number(left) - Number(right);
  return compareText(left, right);
}

function rawTest(test: (raw: string) => boolean): Test {
  return (row) => {
    const raw = row.get("_raw");
    return raw !== undefined && test(valueText(raw));
  };
}

function directive(expr: Extract<SearchExpr, { kind: "directive" }>, fields: Fields): Test {
  const { field, text } = expr;
  if (expr.name === "PREFIX")
    throw new SplProblem("SPL203", expr, "PREFIX() is for tstats over index-time terms, which are not here");
  if (field === null) return rawTest(wordTest(text.replace(/^"([\s\S]*)"$/, "$1"), expr.name));
  const get = fields(field, expr);
  const value = text.replace(/^"([\s\S]*)"$/, "$1");
  if (expr.name === "TERM") return (row) => any(get(row), wildcardTest(value));
  return (row) => any(get(row), (v) => v === value);
}
