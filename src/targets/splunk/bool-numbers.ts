import { mapExpressions, mapInputs, mapOperands } from "../../plan/children.ts";
import type { Expr, Relation } from "../../plan/nodes.ts";

/** `flag == 1`, which KQL reads as a comparison of numbers, as one of truth values: events hold `true`, not 1. */
export function withTruthTests(relation: Relation): Relation {
  return mapExpressions(mapInputs(relation, withTruthTests), inside);
}

function inside(expr: Expr): Expr {
  const done = truthTest(mapOperands(expr, inside));
  return done.kind === "in-table" || done.kind === "toscalar" ? { ...done, table: withTruthTests(done.table) } : done;
}

function truthTest(expr: Expr): Expr {
  if (expr.kind !== "call" || expr.name !== "==") return expr;
  const flags = expr.args.flatMap((arg) => flagOf(arg) ?? []);
  const numbers = expr.args.flatMap((arg) => (arg.kind === "literal" && isBit(arg.value) ? [arg] : []));
  const [flag] = flags;
  const [number] = numbers;
  if (flag === undefined || number === undefined || flags.length + numbers.length > 2) return expr;
  return { ...expr, args: [flag, { ...number, value: Number(number.value) === 1, type: "bool" }] };
}

/** The truth value of which an expression is the number. */
function flagOf(expr: Expr): Expr | null {
  if (expr.kind !== "call" || (expr.name !== "tolong" && expr.name !== "toint")) return null;
  const [of] = expr.args;
  return of?.type === "bool" ? of : null;
}

function isBit(value: unknown): value is number | bigint {
  return (typeof value === "number" || typeof value === "bigint") && (Number(value) === 0 || Number(value) === 1);
}
