import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Query } from "../kql/ast.ts";
import type { Expr, Plan, Relation, Setting } from "../plan/nodes.ts";
import { callFunction, checkUncalled } from "./call-function.ts";
import { condition, expression } from "./expression.ts";
import { operator } from "./operators/index.ts";
import { relation } from "./relation.ts";
import { Names, type Schemas, Session } from "./session.ts";
import { statement } from "./statements.ts";

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
  const scope = { session, names: new Names(null) };
  for (const s of query.statements) if (s.kind === "let") session.defined.set(s.name.text, s.span.end);
  const bodies: Relation[] = [];
  for (const s of query.statements) {
    const result = statement(s, scope, true);
    if (!result) continue;
    if (bodies.length === 1) {
      const text = "there is a second query in this text, and only one can be ported or run";
      session.diagnostics.add("KQL114", s.span, text, "put it into a file of its own");
    }
    bodies.push(result.kind === "table" ? result.value : oneCell(result.value));
  }
  checkUncalled(scope);
  const last = bodies.at(-1);
  const { diagnostics } = session;
  if (!last && !diagnostics.failed) {
    diagnostics.add("KQL005", query.span, "there is no query, only definitions", "end with a table and its operators");
  }
  const body = last && bodies.length > 1 ? together(bodies, last, query) : last;
  const { lets, render, text } = session;
  const settings = settingsOf(query, text);
  const plan = diagnostics.failed || !body ? null : { lets, body, render, settings, comments: query.comments };
  return { plan, columns: body?.columns ?? null, diagnostics: distinct(diagnostics.list.slice(0, session.reported)) };
}

function settingsOf(query: Query, text: string): readonly Setting[] {
  return query.statements.flatMap((s): Setting[] => {
    if (s.kind !== "set" && s.kind !== "alias" && s.kind !== "restrict") return [];
    const name = s.kind === "set" ? s.name.text : s.kind;
    return [{ kind: s.kind, name, text: text.slice(s.span.start, s.span.end), span: s.span }];
  });
}

/** `print` is left out: a value alone is a row with one column. */
function oneCell(cell: Expr): Relation {
  return { kind: "rows", rows: [[cell]], columns: [{ name: "print_0", type: cell.type }], span: cell.span };
}

/** Several queries in one text: the last one's columns, and nothing that could be ported by mistake. */
function together(inputs: readonly Relation[], last: Relation, query: Query): Relation {
  const what = "the last of several queries";
  return { kind: "opaque", what, inputs, open: false, columns: last.columns, span: query.span };
}

/** What is expanded more than once is reported once. */
function distinct(list: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Set<string>();
  return list.filter((d) => {
    const key = `${d.start} ${d.code} ${d.message}`;
    return !seen.has(key) && seen.add(key);
  });
}
