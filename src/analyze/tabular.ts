import type { Span } from "../diagnostics/source.ts";
import type { Expression, FunctionLiteral } from "../kql/ast.ts";
import type { Relation } from "../plan/nodes.ts";
import { type Binding, Names, type Session } from "./session.ts";

/** Whether an expression is a table rather than a value, as far as its form and the names in force tell. */
export function isTabular(e: Expression, names: Names, session: Session): boolean {
  switch (e.kind) {
    case "pipe":
    case "datatable":
      return true;
    case "paren":
      return isTabular(e.expression, names, session);
    case "name": {
      const binding = names.get(e.name);
      return binding ? binding.kind === "table" : session.schemas.columns(e.name) !== undefined;
    }
    case "call": {
      const binding = names.get(e.name.text);
      if (binding?.kind === "function") {
        const last = binding.value.body.at(-1);
        if (last?.kind !== "expression") return false;
        return isTabular(last.expression, namesInside(binding.value, binding.scope, session), session);
      }
      return ["materialize", "table", "view"].includes(e.name.text);
    }
    default:
      return false;
  }
}

/** The names of a function's body for `isTabular` alone: which of its parameters and lets are tables, without any call. */
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
    } else names.set(statement.name.text, isTabular(given, names, session) ? table : value);
  }
  return names;
}

/** A table without columns or rows, in place of one that was reported. */
export function empty(span: Span): Relation {
  return { kind: "rows", rows: [], columns: [], span };
}
