import type { NamedExpression } from "../../kql/ast.ts";
import type { Session } from "../session.ts";

/** The name before the `=`, or null; several names go with arg_max and its like alone. */
export function oneName(column: NamedExpression, session: Session): string | null {
  const [name, second] = column.names;
  if (second) {
    session.diagnostics.add(
      "KQL103",
      second.span,
      "several names on the left need a function that gives several values",
    );
  }
  return name?.text ?? null;
}
