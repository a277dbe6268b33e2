import type { CstNode, IToken } from "#grammar/kql";
import type { Span } from "../../diagnostics/source.ts";
import type {
  ColumnPattern,
  Expression,
  Literal,
  Name,
  NamedExpression,
  Operator,
  OperatorParameter,
  SortKey,
} from "../ast.ts";
import { node, nodeSpan, nodes, optionalNode, optionalToken, type Reading, token, tokens } from "./cst.ts";
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
  return nodes(list, "namedExpression").map((item) => namedExpression(reading, item, star));
}

export function namedExpression(reading: Reading, cst: CstNode, star = false): NamedExpression {
  const value = node(cst, "expression");
  return {
    names: tokens(cst, "AssignableName").map((name) => nameOf(reading, name)),
    value: star ? infix(reading, value) : reading.expression(value),
    span: nodeSpan(cst),
  };
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
  return patternOf(reading, patternTokens(cst), nodeSpan(cst), order);
}

const patternKeys = ["AssignableName", "Word", "Star", "Scalar"] as const;

function patternTokens(cst: CstNode): IToken[] {
  const own = patternKeys.flatMap((key) => tokens(cst, key));
  return [...own, ...nodes(cst, "patternPart").flatMap((part) => patternKeys.flatMap((key) => tokens(part, key)))];
}

function patternOf(
  reading: Reading,
  parts: readonly IToken[],
  span: Span,
  order: ColumnPattern["order"] = null,
): ColumnPattern {
  return {
    pattern: parts.map((part) => nameOf(reading, part).text).join(""),
    wildcard: parts.some((part) => part.tokenType.name === "Star"),
    order,
    span,
  };
}

/** A table, or tables by a name with a star; behind a path its last name belongs to the pattern. */
export function entity(reading: Reading, cst: CstNode): Expression | ColumnPattern {
  const wildcard = optionalNode(cst, "pattern");
  if (wildcard !== undefined) return pattern(reading, wildcard);
  const operand = node(cst, "operand");
  const tail = optionalNode(cst, "entityTail");
  if (tail === undefined) return reading.operand(operand);
  const end = nodeSpan(tail).end;
  const access = nodes(operand, "access");
  if (optionalToken(tail, "Dot") !== undefined) {
    const start = token(tail, "Star").startOffset;
    const tables = patternOf(reading, patternTokens(tail), { start, end });
    return memberPattern(reading.operand(operand), tables);
  }
  const last = access.pop();
  const word = last === undefined ? undefined : optionalToken(last, "Word");
  const span = { start: word?.startOffset ?? token(tail, "Star").startOffset, end };
  if (last === undefined || word === undefined || optionalNode(last, "arguments") !== undefined) {
    reading.findings.add("KQL001", span, "`*` stands in the name of a table", "write it beside the name: `Device*`");
  }
  const path = { ...operand, children: { ...operand.children, access } };
  const tables = patternOf(reading, [...(word === undefined ? [] : [word]), ...patternTokens(tail)], span);
  return memberPattern(reading.operand(path), tables);
}

function memberPattern(target: Expression, tables: ColumnPattern): Expression {
  return { kind: "member-pattern", target, tables, span: { start: target.span.start, end: tables.span.end } };
}

export function entities(reading: Reading, cst: CstNode | undefined): (Expression | ColumnPattern)[] {
  return cst === undefined ? [] : nodes(cst, "entity").map((item) => entity(reading, item));
}

export function subquery(reading: Reading, cst: CstNode): Operator[] {
  return nodes(cst, "operator").map(reading.operator);
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

/** The settings under a node's `settings`, `hints` or `properties`, or directly under it. */
export function settings(reading: Reading, cst: CstNode): OperatorParameter[] {
  const holder = settingHolders.map((key) => optionalNode(cst, key)).find((found) => found !== undefined) ?? cst;
  return nodes(holder, "setting").map((item) => setting(reading, item));
}
const settingHolders = ["settings", "hints", "knownSettings", "properties"] as const;

/** `hints` of an operator without other settings: absent where there are none. */
export function hints(reading: Reading, cst: CstNode): { readonly hints?: readonly OperatorParameter[] } {
  const found = settings(reading, cst);
  return found.length === 0 ? {} : { hints: found };
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
