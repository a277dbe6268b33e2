import type { CstNode, IToken } from "#grammar/kql";
import type { Span } from "../../diagnostics/source.ts";
import { scalarTypeOf } from "../../types/scalar-type.ts";
import type {
  Argument,
  Call,
  Datatable,
  Expression,
  Externaldata,
  Literal,
  RowSchema,
  TypedName,
  Typeof,
} from "../ast.ts";
import {
  chainLimit,
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
import { dynamicLiteral } from "./dynamic.ts";
import { infix, noStar } from "./infix.ts";
import { bracketedText, nameOf, scalarLiteral, stringLiteral } from "./literal.ts";
import { settings } from "./parts.ts";

/** An expression where `*` alone is no value. */
export function expression(reading: Reading, cst: CstNode): Expression {
  const result = infix(reading, cst);
  noStar(reading, result);
  return result;
}

/** An expression with the operators piped behind it; it is a Pipe only where there are any. */
export function pipeline(reading: Reading, cst: CstNode): Expression {
  const first = optionalNode(cst, "expression");
  const source = first === undefined ? null : expression(reading, first);
  const operators = ["source", "operator"].flatMap((key) => nodes(cst, key)).map(reading.operator);
  if (source !== null && operators.length === 0) return source;
  return { kind: "pipe", source, operators, span: nodeSpan(cst) };
}

/** A value with its sign, its arguments and its path. */
export function operand(reading: Reading, cst: CstNode): Expression {
  const lowest = lowestLong(cst);
  if (lowest !== null) return lowest;
  let result = primary(reading, cst);
  const path = nodes(cst, "access");
  const tooLong = path[chainLimit];
  if (tooLong !== undefined) {
    reading.findings.add("KQL004", nodeSpan(tooLong), `a path of more than ${chainLimit} steps`);
    return result;
  }
  for (const step of path) result = access(reading, result, step);
  const sign = optionalToken(cst, "Sign");
  if (sign === undefined) return result;
  const span = { start: sign.startOffset, end: result.span.end };
  return { kind: "unary", operator: sign.image === "-" ? "-" : "+", operand: result, span };
}

/** The one whole number that only fits together with its sign. */
function lowestLong(cst: CstNode): Expression | null {
  const scalar = optionalToken(cst, "Scalar");
  const sign = optionalToken(cst, "Sign");
  if (scalar?.image !== "9223372036854775808" || sign?.image !== "-" || optionalNode(cst, "access") !== undefined)
    return null;
  const span = { start: sign.startOffset, end: tokenSpan(scalar).end };
  return { kind: "literal", type: "long", value: -(2n ** 63n), text: `-${scalar.image}`, span };
}

/** A `path` node: a column, and the steps into it. */
export function path(reading: Reading, cst: CstNode): Expression {
  const name = token(cst, "Name");
  const column: Expression = { kind: "name", name: nameOf(reading, name).text, span: tokenSpan(name) };
  const steps = nodes(cst, "step").slice(0, chainLimit);
  return steps.reduce<Expression>((target, step) => access(reading, target, step), column);
}

function primary(reading: Reading, cst: CstNode): Expression {
  const name = optionalToken(cst, "CallableName");
  if (name !== undefined) {
    const list = optionalNode(cst, "arguments");
    if (list !== undefined) return callOf(reading, name, list);
    return { kind: "name", name: nameOf(reading, name).text, span: tokenSpan(name) };
  }
  const strings = tokens(cst, "Text");
  if (strings.length > 0) return stringLiteral(reading, strings);
  const scalar = optionalToken(cst, "Scalar");
  if (scalar !== undefined) return scalarLiteral(reading, scalar);
  const inner = optionalNode(cst, "pipeline");
  if (inner !== undefined) {
    const span = { start: token(cst, "LeftParen").startOffset, end: tokenSpan(token(cst, "RightParen")).end };
    return { kind: "paren", expression: reading.pipeline(inner), span };
  }
  const star = optionalToken(cst, "Star");
  if (star !== undefined) return { kind: "star", span: tokenSpan(star) };
  const dynamic = optionalNode(cst, "dynamic");
  if (dynamic !== undefined) return dynamicLiteral(reading, dynamic);
  const table = optionalNode(cst, "datatable");
  if (table !== undefined) return datatable(reading, table);
  const external = optionalNode(cst, "externaldata");
  if (external !== undefined) return externaldata(reading, external);
  const group = optionalNode(cst, "entityGroup");
  if (group === undefined) return typeOf(reading, node(cst, "typeof"));
  return { kind: "entity-group", entities: nodes(group, "operand").map(reading.operand), span: nodeSpan(group) };
}

/** A `call` node. */
export function call(reading: Reading, cst: CstNode): Call {
  return callOf(reading, token(cst, "CallableName"), node(cst, "arguments"));
}

function callOf(reading: Reading, name: IToken, list: CstNode): Call {
  const span = { start: name.startOffset, end: nodeSpan(list).end };
  const type = scalarTypeOf(name.image);
  if (type !== undefined && type !== "dynamic") {
    const hint = `${name.image}(…) takes a constant; to${type}(…) converts a value`;
    reading.findings.add("KQL003", span, `this is not a ${type}`, hint);
  }
  const args = nodes(list, "argument").map((argument): Argument => {
    const label = optionalToken(argument, "AssignableName");
    return {
      name: label === undefined ? null : nameOf(reading, label),
      value: infix(reading, node(argument, "expression")),
    };
  });
  const rows = optionalNode(list, "pipeline");
  if (rows !== undefined) args.push({ name: null, value: reading.pipeline(rows) });
  return { kind: "call", name: nameOf(reading, name), arguments: args, span };
}

function access(reading: Reading, target: Expression, cst: CstNode): Expression {
  const span: Span = { start: target.span.start, end: nodeSpan(cst).end };
  const name = optionalToken(cst, "Word");
  if (name !== undefined) {
    const list = optionalNode(cst, "arguments");
    if (list !== undefined) return { kind: "member-call", target, call: callOf(reading, name, list), span };
    return { kind: "member", target, name: nameOf(reading, name), span };
  }
  const bracketed = optionalToken(cst, "BracketedName");
  if (bracketed !== undefined) {
    return { kind: "index", target, index: bracketedString(reading, bracketed), span };
  }
  return { kind: "index", target, index: reading.expression(node(node(cst, "index"), "expression")), span };
}

/** `a: long, ['b c']: string` */
export function columns(reading: Reading, cst: CstNode): TypedName[] {
  return nodes(cst, "column").map((item) => column(reading, item));
}
export function column(reading: Reading, cst: CstNode): TypedName {
  return {
    name: nameOf(reading, token(cst, "AssignableName")),
    type: typeNamed(reading, token(cst, "Word")),
  };
}

/** `(a: long, *)` */
export function rowSchema(reading: Reading, cst: CstNode): RowSchema {
  return { columns: declared(reading, cst), open: optionalToken(cst, "Star") !== undefined, span: nodeSpan(cst) };
}

/** The type that a word names; another word is reported. */
export function typeNamed(reading: Reading, word: IToken): TypedName["type"] {
  const type = scalarTypeOf(word.image);
  if (type !== undefined) return type;
  const hint = "the types are bool, int, long, real, decimal, string, datetime, timespan, guid and dynamic";
  reading.findings.add("KQL001", tokenSpan(word), `\`${word.image}\` is not a type`, hint);
  return "unknown";
}

export function typeOf(reading: Reading, cst: CstNode): Typeof {
  const list = optionalNode(cst, "columns");
  const open = optionalToken(cst, "Star") !== undefined;
  const span = nodeSpan(cst);
  if (list !== undefined) return { kind: "typeof", type: columns(reading, list), open, span };
  return { kind: "typeof", type: open ? [] : typeNamed(reading, token(cst, "Word")), open, span };
}

function datatable(reading: Reading, cst: CstNode): Datatable {
  const values = listed(reading, node(cst, "values")).map((value) => constant(reading, value));
  return { kind: "datatable", columns: declared(reading, cst), values, span: nodeSpan(cst) };
}

function externaldata(reading: Reading, cst: CstNode): Externaldata {
  const uris = listed(reading, node(cst, "values"));
  const properties = settings(reading, cst);
  return { kind: "externaldata", columns: declared(reading, cst), uris, properties, span: nodeSpan(cst) };
}

/** The columns of a table that is written out; none where there are none. */
function declared(reading: Reading, cst: CstNode): TypedName[] {
  const list = optionalNode(cst, "columns");
  return list === undefined ? [] : columns(reading, list);
}

/** `[1, 2]`; `["a"]` is one token. */
function listed(reading: Reading, cst: CstNode): Expression[] {
  const bracketed = optionalToken(cst, "BracketedName");
  return bracketed === undefined
    ? nodes(cst, "expression").map(reading.expression)
    : [bracketedString(reading, bracketed)];
}

/** The string of `["a"]`, where it is no name. */
export function bracketedString(reading: Reading, bracketed: IToken): Literal {
  const { value, span } = bracketedText(reading, bracketed);
  return { kind: "literal", type: "string", value, text: reading.text.slice(span.start, span.end), span };
}

/** A datatable holds literals, with a sign at most. */
function constant(reading: Reading, value: Expression): Expression {
  const plain = value.kind === "unary" ? value.operand : value;
  if (plain.kind !== "literal" && plain.kind !== "dynamic") {
    reading.findings.add(
      "KQL001",
      value.span,
      "a datatable takes literals only",
      "compute it in an `extend` behind the table",
    );
  }
  return value;
}
