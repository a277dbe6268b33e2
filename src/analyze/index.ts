import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { LetStatement, Query } from "../kql/ast.ts";
import type { Plan, Relation } from "../plan/nodes.ts";
import { callFunction } from "./call-function.ts";
import { condition, expression } from "./expression.ts";
import { openTable } from "./open.ts";
import { operator } from "./operators/index.ts";
import { relation } from "./relation.ts";
import { Names, type Schemas, Session } from "./session.ts";
import { isTabular } from "./tabular.ts";

export type { Schemas } from "./session.ts";

export interface Analysis {
  /** null where an error stands in the way. */
  readonly plan: Plan | null;
  /** The result's columns; null where they are not known. */
  readonly columns: Relation["columns"] | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** Resolves names and types of a parsed query and turns it into a plan. `text` is the text it was parsed from. */
export function analyze(query: Query, text: string, schemas: Schemas): Analysis {
  // A table without a declared schema has the columns that the query names. They are all known after a first pass.
  let opened: ReadonlyMap<string, ReadonlySet<string>> = new Map();
  for (let pass = 0; ; pass++) {
    const session = new Session(text, schemas, opened, {
      expression,
      condition,
      relation,
      operator,
      call: callFunction,
    });
    const result = run(query, session);
    const grown = [...session.found].some(([table, columns]) => columns.size > (opened.get(table)?.size ?? 0));
    if (!grown || pass === 3) return result;
    opened = session.found;
  }
}

function run(query: Query, session: Session): Analysis {
  const names = new Names(null);
  let body: Relation | null = null;
  for (const statement of query.statements) {
    if (statement.kind === "let") letStatement(statement, names, session);
    else if (statement.kind === "expression") {
      if (body) {
        const text = "there is a second query, and only one can be ported or run";
        session.diagnostics.add("KQL114", statement.span, text, "put it into a file of its own");
      }
      const e = statement.expression;
      if (isTabular(e, names, session) || (e.kind === "name" && names.get(e.name)?.kind !== "scalar")) {
        body = relation(e, { session, names });
      } else {
        const cell = expression(e, { session, names, input: null });
        const columns = [{ name: "print_0", type: cell.type }];
        body = { kind: "rows", rows: [[cell]], columns, span: e.span };
      }
    }
  }
  const { diagnostics } = session;
  if (!body && !diagnostics.failed) {
    diagnostics.add("KQL005", query.span, "there is no query, only definitions", "end with a table and its operators");
  }
  const failed = diagnostics.failed || !body;
  const plan = failed || !body ? null : { lets: session.lets, body, render: session.render, comments: query.comments };
  return { plan, columns: body?.columns ?? null, diagnostics: diagnostics.list };
}

function letStatement(statement: LetStatement, names: Names, session: Session): void {
  const { value, span } = statement;
  const name = statement.name.text;
  if (names.has(name)) {
    session.diagnostics.add("KQL105", statement.name.span, `\`${name}\` is defined twice`);
    return;
  }
  if (value.kind === "function") {
    names.set(name, { kind: "function", value, scope: names.soFar() });
    return;
  }
  if (isTabular(value, names, session) || (value.kind === "name" && !names.get(value.name))) {
    const table = relation(value, { session, names });
    session.lets.push({ kind: "table", name, value: table, span });
    names.set(name, {
      kind: "table",
      value: { kind: "table", name, open: openTable(table), columns: table.columns, span },
    });
    return;
  }
  const scalar = expression(value, { session, names, input: null });
  session.lets.push({ kind: "scalar", name, value: scalar, span });
  names.set(name, { kind: "scalar", value: { kind: "let", name, type: scalar.type, span } });
}
