import type { Note } from "../../diagnostics/fidelity.ts";
import type { ExpressionStatement, LetStatement, Operator, Query, Statement } from "../../kql/ast.ts";
import { parseKqlText } from "../../kql/parse.ts";
import { printKql } from "../../kql/print.ts";
import type { Emission } from "../../plan/emission.ts";
import type { Let, Plan, Setting } from "../../plan/nodes.ts";
import { expression } from "./expression.ts";
import { operand, table } from "./relation.ts";
import { nameAt, type Writing } from "./writing.ts";

export interface KqlOptions {
  /** The text that the plan's spans point into; with it constants and wildcards stay as they were spelled. */
  readonly query?: string;
}

/**
 * A plan as KQL in the project's layout, comments kept. Reading it again gives a plan that means the same. User functions
 * are written out where they were called; `as` names become lets.
 */
export function emitKql(plan: Plan, options: KqlOptions = {}): Emission {
  const notes: Note[] = [];
  const writing: Writing = {
    source: options.query ?? "",
    notes,
    views: [],
    expression: (expr) => expression(writing, expr),
    operand: (relation) => operand(writing, relation),
    table: (relation) => table(writing, relation),
  };
  const statements: Statement[] = [];
  let views = 0;
  const add = (statement: Statement): void => {
    statements.push(...writing.views.slice(views), statement);
    views = writing.views.length;
  };
  const settings = plan.settings.map((setting) => ({ setting, statement: settingStatement(setting) }));
  for (const { setting, statement } of settings) if (setting.kind !== "restrict") statements.push(...statement);
  for (const part of plan.lets) add(letStatement(writing, part));
  // Views that may be read are defined before it.
  for (const { setting, statement } of settings) if (setting.kind === "restrict") statements.push(...statement);
  add(body(writing, plan));
  const query: Query = {
    kind: "query",
    statements,
    comments: plan.comments,
    span: { start: 0, end: writing.source.length },
  };
  const text = `${printKql(query)}\n`;
  return { text: notes.some((note) => note.level === "unsupported") ? "" : text, notes };
}

function settingStatement({ text, span }: Setting): readonly Statement[] {
  const statement = parseKqlText(`${text}; T`).query?.statements[0];
  return statement === undefined ? [] : [{ ...statement, span }];
}

function letStatement(writing: Writing, part: Let): LetStatement {
  const { span } = part;
  const value = part.kind === "scalar" ? writing.expression(part.value) : writing.table(part.value);
  return { kind: "let", name: nameAt(part.name, span), value, span };
}

function body(writing: Writing, plan: Plan): ExpressionStatement {
  const result = writing.table(plan.body);
  const { span } = result;
  const render = renderOperator(plan);
  if (render === null) return { kind: "expression", expression: result, span };
  const pipe = result.kind === "pipe" ? result : { source: result, operators: [] };
  const operators = [...pipe.operators, render];
  return { kind: "expression", expression: { kind: "pipe", source: pipe.source, operators, span }, span };
}

function renderOperator({ render }: Plan): Operator | null {
  if (render === null) return null;
  const statement = parseKqlText(`T | ${render.text}`).query?.statements[0];
  const pipe = statement?.kind === "expression" ? statement.expression : undefined;
  const operator = pipe?.kind === "pipe" ? pipe.operators[0] : undefined;
  return operator === undefined ? null : { ...operator, span: render.span, keywordSpan: render.span };
}
