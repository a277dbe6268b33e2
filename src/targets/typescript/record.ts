import type { NamedExpr } from "../../plan/nodes.ts";
import type { ScalarType } from "../../types/scalar-type.ts";
import { dependsOnRow, expression } from "./expression.ts";
import { type Code, objectOf } from "./layout.ts";
import { keyLiteral } from "./literal.ts";
import type { Session } from "./session.ts";

/** `(row) => ({ a: …, b: … })` */
export function record(values: readonly NamedExpr[], session: Session): Code {
  const fields = values.map(({ name, value }): Code => [`${keyLiteral(name)}: `, expression(value, session, true)]);
  return [values.some(({ value }) => dependsOnRow(value)) ? "(row) => (" : "() => (", objectOf(fields), ")"];
}

/** What stands for a missing value of a type. */
export const emptyOf = (type: ScalarType): string => (type === "string" ? '""' : "null");
