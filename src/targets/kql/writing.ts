import type { Note } from "../../diagnostics/fidelity.ts";
import type { Span } from "../../diagnostics/source.ts";
import type { Expression, LetStatement, Name } from "../../kql/ast.ts";
import type { Expr, Relation } from "../../plan/nodes.ts";

/** What every writer is given; relations and expressions contain each other. */
export interface Writing {
  /** The text that the plan's spans point into, or "": what it spells in one of several ways is spelled so again. */
  readonly source: string;
  readonly notes: Note[];
  /** Views that a union tells apart by their names: statements to stand before the one that is written. */
  readonly views: LetStatement[];
  readonly expression: (expr: Expr) => Expression;
  /** A relation as an operand: a name, or a pipe in parentheses. */
  readonly operand: (relation: Relation) => Expression;
  /** A relation where a pipe may stand by itself. */
  readonly table: (relation: Relation) => Expression;
}

export const nameAt = (text: string, span: Span): Name => ({ text, span });

export function reference(name: string, span: Span): Expression {
  return { kind: "name", name, span };
}

/** The source of a node. */
export function written(writing: Writing, span: Span): string {
  return writing.source.slice(span.start, span.end);
}
