import type { Span } from "../diagnostics/source.ts";
import { aggregateFunction, scalarFunction } from "../functions/index.ts";
import type { Expression, FunctionLiteral } from "../kql/ast.ts";
import type { Relation } from "../plan/nodes.ts";
import { isPath } from "./path.ts";
import { type Binding, Names, type Session } from "./session.ts";

/** `unknown`: a name or a function that nothing here defines, or whose definition calls one. */
export type Form = "table" | "value" | "unknown";

/** Built-in functions that give rows. */
export const tableFunctions: ReadonlySet<string> = new Set([
  "materialize",
  "table",
  "view",
  "external_table",
  "externaltable",
  "materialized_view",
  "stored_query_result",
  "graph",
  "entity_group",
]);
/** Special forms that are no rows of `functions/`. */
const valueFunctions: ReadonlySet<string> = new Set([
  "toscalar",
  "not",
  "pack_all",
  "column_ifexists",
  "columnifexists",
  "typeof",
]);

/** Whether an expression is a table rather than a value, as far as its form and the names in force tell. */
export function isTabular(e: Expression, names: Names, session: Session): boolean {
  return formOf(e, names, session) === "table";
}

/** Whether an expression is a table or a value, by its form and the names in force, without analyzing it. */
export function formOf(e: Expression, names: Names, session: Session): Form {
  switch (e.kind) {
    case "pipe":
    case "datatable":
    case "externaldata":
    case "member-pattern":
      return "table";
    case "paren":
      return formOf(e.expression, names, session);
    case "name": {
      const binding = names.get(e.name);
      if (!binding) return session.schemas.columns(e.name) === undefined ? "unknown" : "table";
      switch (binding.kind) {
        case "table":
          return "table";
        case "scalar":
          return "value";
        case "function":
          return binding.value.parameters.length === 0 ? ofBody(binding.value, binding.scope, session) : "value";
        case "unknown":
          return "unknown";
      }
      break;
    }
    case "call": {
      const name = e.name.text;
      const binding = names.get(name);
      if (binding?.kind === "function") return ofBody(binding.value, binding.scope, session);
      if (tableFunctions.has(name)) return "table";
      const isKnown = valueFunctions.has(name) || scalarFunction(name) || aggregateFunction(name);
      return isKnown ? "value" : session.schemas.functionColumns(name) ? "table" : "unknown";
    }
    case "member":
      return isPath(e) ? "table" : "value";
    case "member-call":
      return isPath(e) ? "unknown" : "value";
    default:
      return "value";
  }
}

function ofBody(literal: FunctionLiteral, scope: Names, session: Session): Form {
  const known = session.forms.get(literal);
  if (known) return known;
  // A chain of functions that is too long to be called; and nothing that names itself is looked at for ever.
  session.forms.set(literal, "unknown");
  if (session.forming >= deepest) return "unknown";
  session.forming++;
  const last = literal.body.at(-1);
  const form =
    last?.kind === "expression" ? formOf(last.expression, namesInside(literal, scope, session), session) : "value";
  session.forming--;
  session.forms.set(literal, form);
  return form;
}

/** Functions whose last lines call each other. */
const deepest = 100;

/** The names of a function's body for `formOf` alone: which of its parameters and lets are tables, without any call. */
function namesInside(literal: FunctionLiteral, scope: Names, session: Session): Names {
  const names = new Names(scope);
  const table: Binding = { kind: "table", value: empty(literal.span) };
  const value: Binding = {
    kind: "scalar",
    value: { kind: "literal", type: "unknown", value: null, span: literal.span },
  };
  for (const p of literal.parameters) names.set(p.name.text, typeof p.type === "object" ? table : value);
  for (const statement of literal.body) {
    if (statement.kind !== "let") continue;
    const given = statement.value;
    if (given.kind === "function") {
      names.set(statement.name.text, { kind: "function", value: given, scope: names.soFar() });
    } else names.set(statement.name.text, formOf(given, names, session) === "value" ? value : table);
  }
  return names;
}

/** A table without columns or rows, in place of one that was reported. */
export function empty(span: Span): Relation {
  return { kind: "rows", rows: [], columns: [], span };
}
