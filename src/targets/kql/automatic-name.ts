import { aggregateName, rankName } from "../../functions/aggregates/naming.ts";
import { aggregateFunction, scalarFunction } from "../../functions/index.ts";
import type { AggregateCall, Expr } from "../../plan/nodes.ts";

/**
 * The name that an expression without one gives its column; null where it is a number (`Column1`) or not certain, so
 * that the name is written out.
 */
export function automaticName(expr: Expr): string | null {
  switch (expr.kind) {
    case "column":
    case "let":
      return expr.name;
    case "access": {
      const target = automaticName(expr.target);
      return target === null || expr.key.kind !== "literal" ? null : `${target}_${String(expr.key.value)}`;
    }
    case "call": {
      if (expr.implicit === true) return null;
      const [first] = expr.args;
      const inner = first === undefined ? null : automaticName(first);
      const naming = scalarFunction(expr.name)?.naming;
      if (naming === undefined || inner === null) return null;
      if (typeof naming === "object") return "name" in naming ? naming.name : `${naming.prefix}_${inner}`;
      if (naming === "function") return `${expr.name}_${inner}`;
      return naming === "argument" || expr.args.length === 1 ? inner : null;
    }
    default:
      return null;
  }
}

/** The names that the results of an aggregate get by themselves; null for one that is not certain. */
export function automaticNames(call: AggregateCall): (string | null)[] {
  const row = aggregateFunction(call.function);
  if (row === undefined) return call.columns.map(() => null);
  const names = call.args.map(automaticName);
  const [first = null] = names;
  const [column] = call.columns;
  if (row.results === "ranks") {
    const rank = call.args.at(-1);
    const known = rank?.kind === "literal" && typeof rank.value === "number" ? rank.value : null;
    return [first === null || known === null ? null : rankName(row, first, known)];
  }
  if (row.results === "arguments") return names.slice(0, call.columns.length);
  const named = row.naming === "arguments" ? names.slice(0, 2) : names.slice(0, 1);
  return column === undefined ? [] : [named.includes(null) ? null : aggregateName(row, names)];
}
