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
      return naming === "argument" ? inner : `${expr.name}_${inner}`;
    }
    default:
      return null;
  }
}

/** The names that the results of an aggregate get by themselves; null for one that is not certain. */
export function automaticNames(call: AggregateCall): (string | null)[] {
  const prefix = aggregateFunction(call.function)?.prefix ?? "";
  return call.columns.map((_, i) => {
    const argument = call.args[i];
    const inner = argument?.kind === "column" ? argument.name : null;
    if (call.columns.length > 1 || call.function.startsWith("arg_") || prefix === "") return inner;
    return call.args.length === 0
      ? `${prefix}_`
      : call.args.length === 1 && inner !== null
        ? `${prefix}_${inner}`
        : null;
  });
}
