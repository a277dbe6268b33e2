import type { CstNode } from "#grammar/kql";
import type { FunctionLiteral, Parameter, PatternDefinition, PatternMatch, Statement } from "../ast.ts";
import { node, nodeSpan, nodes, optionalNode, optionalToken, type Reading, token } from "./cst.ts";
import { bracketedString, column, columns, rowSchema, typeNamed } from "./expression.ts";
import { nameOf } from "./literal.ts";
import { entities } from "./parts.ts";

/** The statements of a query or of a function's body. */
export function statements(reading: Reading, cst: CstNode): Statement[] {
  return nodes(cst, "statement").map((statement) => build(reading, statement));
}

function build(reading: Reading, cst: CstNode): Statement {
  const span = nodeSpan(cst);
  const pipe = optionalNode(cst, "pipeline");
  if (pipe !== undefined) return { kind: "expression", expression: reading.pipeline(pipe), span };
  const let_ = optionalNode(cst, "letStatement");
  if (let_ !== undefined) {
    const literal = optionalNode(let_, "functionLiteral");
    const value = literal === undefined ? reading.pipeline(node(let_, "pipeline")) : functionLiteral(reading, literal);
    return { kind: "let", name: nameOf(reading, token(let_, "Name")), value, span };
  }
  const set = optionalNode(cst, "setStatement");
  if (set !== undefined) {
    const value = optionalNode(set, "expression");
    const name = nameOf(reading, token(set, "Word"));
    return { kind: "set", name, value: value === undefined ? null : reading.expression(value), span };
  }
  const alias = optionalNode(cst, "aliasStatement");
  if (alias !== undefined) {
    const name = nameOf(reading, token(alias, "Name"));
    return { kind: "alias", name, value: reading.expression(node(alias, "expression")), span };
  }
  const restrict = optionalNode(cst, "restrictStatement");
  if (restrict !== undefined) return { kind: "restrict", entities: entities(reading, restrict), span };
  const declare = node(cst, "declareStatement");
  const list = optionalNode(declare, "parameters");
  if (list !== undefined) return { kind: "declare", parameters: parameters(reading, list), span };
  const definition = optionalNode(declare, "patternDefinition");
  return {
    kind: "pattern",
    name: nameOf(reading, token(declare, "Name")),
    definition: definition === undefined ? null : patternDefinition(reading, definition),
    span,
  };
}

function functionLiteral(reading: Reading, cst: CstNode): FunctionLiteral {
  return {
    kind: "function",
    view: optionalToken(cst, "VIEW") !== undefined,
    parameters: parameters(reading, node(cst, "parameters")),
    body: body(reading, cst),
    span: nodeSpan(cst),
  };
}

/** The statements in braces. */
function body(reading: Reading, cst: CstNode): readonly Statement[] {
  return reading.statements(node(node(cst, "body"), "statements"));
}

export function parameters(reading: Reading, cst: CstNode): Parameter[] {
  return nodes(cst, "parameter").map((item) => {
    const word = optionalToken(item, "Word");
    const value = optionalNode(item, "expression");
    return {
      name: nameOf(reading, token(item, "AssignableName")),
      type: word === undefined ? tableType(reading, node(item, "rowSchema")) : typeNamed(reading, word),
      default: value === undefined ? null : reading.expression(value),
      span: nodeSpan(item),
    };
  });
}

function tableType(reading: Reading, cst: CstNode): Exclude<Parameter["type"], string> {
  const { columns, open } = rowSchema(reading, cst);
  return { columns, open };
}

function patternDefinition(reading: Reading, cst: CstNode): PatternDefinition {
  const path = optionalNode(cst, "column");
  return {
    parameters: columns(reading, node(cst, "columns")),
    path: path === undefined ? null : column(reading, path),
    matches: nodes(cst, "patternMatch").map((match) => patternMatch(reading, match)),
  };
}

function patternMatch(reading: Reading, cst: CstNode): PatternMatch {
  const bracketed = optionalToken(cst, "BracketedName");
  const index = optionalNode(cst, "index");
  const path = index === undefined ? null : reading.expression(node(index, "expression"));
  return {
    arguments: nodes(cst, "expression").map(reading.expression),
    path: bracketed === undefined ? path : bracketedString(reading, bracketed),
    body: body(reading, cst),
    span: nodeSpan(cst),
  };
}
