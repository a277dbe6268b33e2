import type { Expr, Relation } from "../plan/nodes.ts";
import { definitionOf } from "./definition.ts";
import type { PlanFacts } from "./plan-facts.ts";

/** Functions that give another value each time. */
const fickle = /^(?:rand|new_guid|row_|prev|next)/;

/**
 * A text that is the same for two expressions over the rows of `input` only where both have the same value in every row,
 * also where operators that pass a column on lie between them. null where that cannot be said.
 */
export function operandKey(expr: Expr, input: Relation, facts: PlanFacts): string | null {
  switch (expr.kind) {
    case "column": {
      // What a step of `scan` saw is another row.
      if (expr.step !== undefined) return null;
      const { relation, name } = definitionOf(input, expr.name, facts);
      return `${facts.idOf(relation)}.${name}`;
    }
    case "let":
      return `let ${expr.name}`;
    case "literal":
      return `${expr.type}:${JSON.stringify(expr.value, (_, v: unknown) => (typeof v === "bigint" ? String(v) : v))}`;
    case "call": {
      if (fickle.test(expr.name)) return null;
      const args = expr.args.map((arg) => operandKey(arg, input, facts));
      return args.includes(null) ? null : `${expr.name}(${args.join()})`;
    }
    case "access": {
      const target = operandKey(expr.target, input, facts);
      const key = operandKey(expr.key, input, facts);
      return target === null || key === null ? null : `${target}[${key}]`;
    }
    default:
      return null;
  }
}
