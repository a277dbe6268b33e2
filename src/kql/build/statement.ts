import type { CstNode } from "#grammar/kql";
import type { FunctionLiteral, Parameter, Statement } from "../ast.ts";
import { node, nodeSpan, nodes, optionalNode, optionalToken, type Reading, reportUnread, token } from "./cst.ts";
import { columns, typeNamed } from "./expression.ts";
import { nameOf } from "./literal.ts";

/** The statements of a query or of a function's body. */
export function statements(reading: Reading, cst: CstNode): Statement[] {
  return nodes(cst, "statement").flatMap((statement) => build(reading, statement) ?? []);
}

/** Null for a statement that the grammar only skips. */
function build(reading: Reading, cst: CstNode): Statement | null {
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
  if (set === undefined) {
    reportUnread(reading, token(node(cst, "unreadStatement"), "UnreadStatement"));
    return null;
  }
  const value = optionalNode(set, "expression");
  return {
    kind: "set",
    name: nameOf(reading, token(set, "Word")),
    value: value === undefined ? null : reading.expression(value),
    span,
  };
}

function functionLiteral(reading: Reading, cst: CstNode): FunctionLiteral {
  return {
    kind: "function",
    view: optionalToken(cst, "VIEW") !== undefined,
    parameters: nodes(cst, "parameter").map((item) => parameter(reading, item)),
    body: reading.statements(node(cst, "statements")),
    span: nodeSpan(cst),
  };
}

function parameter(reading: Reading, cst: CstNode): Parameter {
  const word = optionalToken(cst, "Word");
  const value = optionalNode(cst, "expression");
  return {
    name: nameOf(reading, token(cst, "AssignableName")),
    type: word === undefined ? tableType(reading, cst) : typeNamed(reading, word),
    default: value === undefined ? null : reading.expression(value),
    span: nodeSpan(cst),
  };
}

function tableType(reading: Reading, cst: CstNode): Exclude<Parameter["type"], string> {
  const list = optionalNode(cst, "columns");
  if (list === undefined) return { columns: [], open: true };
  return { columns: columns(reading, list), open: optionalToken(list, "Star") !== undefined };
}
