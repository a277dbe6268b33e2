import type { CstNode } from "#grammar/kql";
import type { Diagnostics } from "../../diagnostics/diagnostic.ts";
import type { Comment, Query } from "../ast.ts";
import { node, type Reading } from "./cst.ts";
import { expression, operand, pipeline } from "./expression.ts";
import { operator } from "./operator.ts";
import { statements } from "./statement.ts";

/** The tree of a text from its complete concrete tree; wrong literals and their like go to `findings`. */
export function buildQuery(text: string, cst: CstNode, comments: readonly Comment[], findings: Diagnostics): Query {
  const reading: Reading = {
    text,
    findings,
    operand: (part) => operand(reading, part),
    expression: (part) => expression(reading, part),
    pipeline: (part) => pipeline(reading, part),
    operator: (part) => operator(reading, part),
    statements: (part) => statements(reading, part),
  };
  return {
    kind: "query",
    statements: statements(reading, node(cst, "statements")),
    comments,
    span: { start: 0, end: text.length },
  };
}
