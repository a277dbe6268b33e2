import { evaluate } from "../functions/evaluate.ts";
import { scalarFunction } from "../functions/index.ts";
import type { Expr } from "../plan/nodes.ts";
import type { Value } from "../types/value.ts";
import type { Session } from "./session.ts";

/** The value of an expression that depends on nothing but the query's text, through lets; undefined for others. */
export function constantOf(expr: Expr, session: Session): Value | undefined {
  switch (expr.kind) {
    case "literal":
      return expr.value;
    case "let": {
      const found = session.lets.find((l) => l.name === expr.name);
      return found?.kind === "scalar" ? constantOf(found.value, session) : undefined;
    }
    case "call": {
      const row = scalarFunction(expr.name);
      if (!row) return undefined;
      const values: Value[] = [];
      for (const arg of expr.args) {
        const value = constantOf(arg, session);
        if (value === undefined) return undefined;
        values.push(value);
      }
      return evaluate(
        row,
        values,
        expr.args.map((a) => a.type),
      );
    }
    default:
      return undefined;
  }
}
