import type { Span } from "../../diagnostics/source.ts";
import type { Expression, Operator, Pipe, Statement } from "../ast.ts";
import type { CommentQueue } from "./comments.ts";
import { concat, type Doc, group, hardLine, indent, line, sequence, softLine } from "./doc.ts";

/** What every printer is given: the comments still to come, and the printers of the parts that contain each other. */
export interface Printing {
  readonly comments: CommentQueue;
  /** An expression in a place where at least `binding` is needed without parentheses. */
  readonly expression: (expression: Expression, binding?: number) => Doc;
  readonly pipe: (pipe: Pipe) => Doc;
  readonly operator: (operator: Operator) => Doc;
  readonly statements: (statements: readonly Statement[]) => Doc;
}

/** Something to print and its place in the source. */
export interface Item {
  readonly span: Span;
  readonly print: () => Doc;
}

/**
 * Items with a text and a break between them. A comment at the end of an item's line stays there, behind the text;
 * one on a line of its own comes before the item that it precedes. `perLine`: items on a line where it breaks.
 */
export function separated(printing: Printing, items: readonly Item[], between: string, perLine = 1): Doc {
  const parts: Doc[] = [];
  items.forEach((item, i) => {
    if (i > 0) parts.push(between, printing.comments.trailing(item.span.start), i % perLine === 0 ? line : " ");
    parts.push(printing.comments.before(item.span.start), item.print());
  });
  return sequence(parts);
}

/**
 * A bracketed list: on one line, or its items on lines of their own. `start` is the place of the first item in the source,
 * `end` that of the last bracket.
 */
export function bracketed(
  printing: Printing,
  open: string,
  start: number,
  body: () => Doc,
  close: string,
  end: number,
  broken = false,
): Doc {
  const brk = broken ? hardLine : softLine;
  const first = printing.comments.trailing(start);
  return group(concat(open, indent(concat(first, brk, body(), printing.comments.closing(end))), brk, close));
}

/** A bracketed list of items with commas between them. */
export function bracketedList(
  printing: Printing,
  open: string,
  items: readonly Item[],
  close: string,
  end: number,
  perLine = 1,
  broken = false,
): Doc {
  const body = (): Doc => separated(printing, items, ",", perLine);
  return bracketed(printing, open, items[0]?.span.start ?? 0, body, close, end, broken);
}

/** The operators of a pipe, each on a line of its own where they break. */
export function pipedOperators(
  printing: Printing,
  operators: readonly Operator[],
  first: boolean,
  breakAll: boolean,
): Doc {
  const parts: Doc[] = [];
  operators.forEach((operator, i) => {
    if (i > 0 || !first) parts.push(printing.comments.trailing(operator.span.start), breakAll ? hardLine : line);
    parts.push(printing.comments.before(operator.span.start), i > 0 || !first ? "| " : "", printing.operator(operator));
  });
  return sequence(parts);
}
