import type { Expression, Query } from "./ast.ts";
import { commentQueue } from "./print/comments.ts";
import { concat, type Doc, layOut } from "./print/doc.ts";
import { expressionDoc } from "./print/expression.ts";
import { operatorDoc } from "./print/operator.ts";
import type { Printing } from "./print/printing.ts";
import { pipeDoc, statementsDoc } from "./print/statement.ts";

export interface PrintOptions {
  /** Columns that a line should not pass; 110 without it. */
  readonly width?: number;
}

function printer(query: Pick<Query, "comments">): Printing {
  const printing: Printing = {
    comments: commentQueue(query.comments),
    expression: (expression, needed = 0) => expressionDoc(printing, expression, needed),
    pipe: (pipe) => pipeDoc(printing, pipe),
    operator: (operator) => operatorDoc(printing, operator),
    statements: (statements) => statementsDoc(printing, statements),
  };
  return printing;
}

/**
 * A query as KQL text in the one layout of this project: an operator a line, short lists on one line, long ones an item
 * a line, every comment kept. Reading the text again gives the same tree, and printing that the same text.
 * Parentheses are added where a tree needs them. No newline at the end.
 */
export function printKql(query: Query, options: PrintOptions = {}): string {
  const printing = printer(query);
  const body = printing.statements(query.statements);
  return layOut(concat(body, rest(printing)), options.width ?? 110);
}

/** The comments behind the last statement. */
function rest(printing: Printing): Doc {
  const end = Number.POSITIVE_INFINITY;
  return concat(printing.comments.trailing(end), printing.comments.closing(end));
}

/** An expression alone, on as few lines as its length allows. */
export function printExpression(expression: Expression, options: PrintOptions = {}): string {
  return layOut(printer({ comments: [] }).expression(expression), options.width ?? 110);
}
