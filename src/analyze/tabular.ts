import type { Span } from "../diagnostics/source.ts";
import type { Expression } from "../kql/ast.ts";
import type { Relation } from "../plan/nodes.ts";
import { Names, type Session } from "./session.ts";

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
        return last?.kind === "expression" && isTabular(last.expression, withParameters(binding.value.parameters, binding.scope), session);
      }
      return ["materialize", "table", "view"].includes(e.name.text);
    }
    default:
      return false;
  }
}

/** The names of a function body for `isTabular` alone: what its table parameters are, without any call. */
function withParameters(parameters: readonly { readonly name: { readonly text: string }; readonly type: unknown }[], scope: Names): Names {
  const tables = parameters.filter((p) => typeof p.type === "object");
  if (tables.length === 0) return scope;
  const names = new Names(scope);
  for (const table of tables) names.set(table.name.text, { kind: "table", value: empty({ start: 0, end: 0 }) });
  return names;
}

/** A table without columns or rows, in place of one that was reported. */
export function empty(span: Span): Relation {
  return { kind: "rows", rows: [], columns: [], span };
}
