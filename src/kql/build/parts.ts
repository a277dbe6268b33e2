import type { CstNode } from "#grammar/kql";
import type { ColumnPattern, Expression, Literal, Name, NamedExpression, OperatorParameter, SortKey } from "../ast.ts";
import {
  anyToken,
  node,
  nodeSpan,
  nodes,
  optionalNode,
  optionalToken,
  type Reading,
  token,
  tokenSpan,
  tokens,
} from "./cst.ts";
import { infix } from "./infix.ts";
import { nameOf, scalarLiteral, stringLiteral } from "./literal.ts";

/** `a = x, (b, c) = y, z` under a key of an operator; none where the list is absent. `star`: `*` alone may stand there. */
export function namedExpressions(
  reading: Reading,
  cst: CstNode,
  key = "namedExpressions",
  star = false,
): NamedExpression[] {
  const list = optionalNode(cst, key);
  if (list === undefined) return [];
  return nodes(list, "namedExpression").map((item) => {
    const value = node(item, "expression");
    return {
      names: tokens(item, "AssignableName").map((name) => nameOf(reading, name)),
      value: star ? infix(reading, value) : reading.expression(value),
      span: nodeSpan(item),
    };
  });
}

export function sortKeys(reading: Reading, cst: CstNode): SortKey[] {
  return nodes(optionalNode(cst, "sortKeys") ?? cst, "sortKey").map((key): SortKey => {
    const has = (word: string): boolean => optionalToken(key, word) !== undefined;
    return {
      value: reading.expression(node(key, "expression")),
      direction: has("ASC") ? "asc" : has("DESC") ? "desc" : null,
      nulls: has("FIRST") ? "first" : has("LAST") ? "last" : null,
      span: nodeSpan(key),
    };
  });
}

/** `a`, `a*`, `*`. In a bracketed name a star is a character. */
export function pattern(reading: Reading, cst: CstNode, order: ColumnPattern["order"] = null): ColumnPattern {
  const parts = ["AssignableName", "Star", "Scalar"].flatMap((key) => tokens(cst, key));
  parts.sort((a, b) => a.startOffset - b.startOffset);
  return {
    pattern: parts.map((part) => nameOf(reading, part).text).join(""),
    wildcard: optionalToken(cst, "Star") !== undefined,
    order,
    span: nodeSpan(cst),
  };
}

export function patterns(reading: Reading, cst: CstNode): ColumnPattern[] {
  return nodes(node(cst, "patterns"), "pattern").map((item) => pattern(reading, item));
}

const orders = { ASC: "asc", DESC: "desc", "GRANNY-ASC": "granny-asc", "GRANNY-DESC": "granny-desc" } as const;

/** A pattern with the order of the columns that it stands for. */
export function orderedPattern(reading: Reading, cst: CstNode): ColumnPattern {
  for (const [key, order] of Object.entries(orders)) {
    if (optionalToken(cst, key) !== undefined)
      return { ...pattern(reading, node(cst, "pattern"), order), span: nodeSpan(cst) };
  }
  return pattern(reading, node(cst, "pattern"));
}

/** The settings directly under a node, and under its `settings` or `hints`. */
export function settings(reading: Reading, cst: CstNode): OperatorParameter[] {
  const holder = optionalNode(cst, "settings") ?? optionalNode(cst, "hints") ?? cst;
  return nodes(holder, "setting").map((item) => setting(reading, item));
}

export function setting(reading: Reading, cst: CstNode): OperatorParameter {
  return {
    name: tokens(cst, "Word")
      .map((part) => part.image)
      .join("."),
    value: settingValue(reading, node(cst, "settingValue")),
    span: nodeSpan(cst),
  };
}

function settingValue(reading: Reading, cst: CstNode): Name | Literal {
  const word = optionalToken(cst, "Word");
  if (word !== undefined) return nameOf(reading, word);
  const strings = tokens(cst, "Text");
  if (strings.length > 0) return stringLiteral(reading, strings);
  const literal = scalarLiteral(reading, token(cst, "Scalar"));
  const sign = optionalToken(cst, "Sign");
  if (sign === undefined) return literal;
  const value =
    sign.image === "-" && (typeof literal.value === "number" || typeof literal.value === "bigint")
      ? -literal.value
      : literal.value;
  return {
    ...literal,
    value,
    text: sign.image + literal.text,
    span: { start: sign.startOffset, end: literal.span.end },
  };
}

/** The spans that every operator has: the whole of it, and its keyword under the first key that is there. */
export function operatorSpans(cst: CstNode, ...keywords: readonly string[]): Pick<Spans, "span" | "keywordSpan"> {
  return { span: nodeSpan(cst), keywordSpan: tokenSpan(anyToken(cst, ...keywords)) };
}
interface Spans {
  readonly span: Expression["span"];
  readonly keywordSpan: Expression["span"];
}
