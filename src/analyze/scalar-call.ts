import type { Span } from "../diagnostics/source.ts";
import { suggestion } from "../diagnostics/suggest.ts";
import { functionNames, scalarFunction } from "../functions/index.ts";
import { operandsOf } from "../plan/children.ts";
import type { Expr } from "../plan/nodes.ts";
import { regexProblem } from "../runtime/index.ts";
import type { ScalarType } from "../types/scalar-type.ts";
import { constantOf } from "./constant.ts";
import type { Session } from "./session.ts";
import {
  checkCount,
  coerceArguments,
  commonType,
  commonTypes,
  equalized,
  ordered,
  resultType,
  typedValue,
} from "./types.ts";
import { broken, call } from "./values.ts";

const orderings = new Set(["<", "<=", ">", ">="]);

export function checkOrder(left: Expr, right: Expr, span: Span, session: Session): void {
  if (ordered(left.type, right.type)) return;
  const hint =
    left.type === "datetime" && right.type === "string"
      ? "datetime(…) writes a time"
      : left.type === "string" && right.type === "string"
        ? "strcmp(a, b) orders texts"
        : undefined;
  session.diagnostics.add("KQL104", span, `a ${left.type} has no order with a ${right.type}`, hint);
}

/** The arguments of `==` and `in` in types that can be equal. */
function equalizedArguments(args: readonly Expr[]): readonly Expr[] {
  const [operand, ...others] = args;
  if (!operand) return args;
  const same = others.map((o) => equalized(o, operand.type));
  const [other] = others;
  const first = other && others.every((o) => o.type === other.type) ? equalized(operand, other.type) : operand;
  return [first, ...same.map((o, i) => (first === operand ? o : (others[i] ?? o)))];
}

/** A call of a known function or operator with analyzed arguments. */
export function scalarCall(name: string, given: readonly Expr[], span: Span, nameSpan: Span, session: Session): Expr {
  const row = scalarFunction(name);
  if (!row) {
    session.diagnostics.add(
      "KQL102",
      nameSpan,
      `no function is named \`${name}\``,
      suggestion(name, functionNames(), "functions"),
    );
    return broken(span);
  }
  if (!checkCount(row, given.length, nameSpan, session)) return broken(span);
  const coerced = coerceArguments(row, given, session);
  const args = row.name === "==" || row.name === "in" ? equalizedArguments(coerced) : coerced;
  const [left, right] = args;
  if (orderings.has(row.name) && left && right) checkOrder(left, right, span, session);
  row.parameters.forEach((parameter, i) => {
    const arg = args[i];
    if (parameter !== "regex" || arg?.kind !== "literal" || typeof arg.value !== "string") return;
    const problem = regexProblem(arg.value);
    if (problem !== null)
      session.diagnostics.add("KQL109", arg.span, `this is not a regular expression of KQL: ${problem}`);
  });
  const types = args.map((a) => a.type);
  if (typeof row.returns === "object" && "commonFrom" in row.returns) {
    const chosen = commonTypes(row.returns, types);
    // iff and case are dynamic then.
    if (commonType(chosen) === null && row.returns.typed !== true) {
      session.diagnostics.add(
        "KQL104",
        span,
        `${row.name} gets values of different types: ${[...new Set(chosen)].join(", ")}`,
      );
    }
  }
  const looks = row.refuses !== undefined || typeof row.returns === "function";
  const constants = looks ? args.map((a) => constantOf(a, session)) : [];
  const refused = row.refuses?.(constants);
  if (refused) session.diagnostics.add("KQL115", args[refused.argument]?.span ?? span, refused.message);
  const type = resultType(row.returns, types, constants);
  if (type === null) {
    session.diagnostics.add("KQL104", span, `${name} is not defined for ${listed(types)}`);
    return broken(span);
  }
  for (const at of row.constants ?? []) {
    const arg = args[at];
    if (arg && readsColumn(arg))
      session.diagnostics.add("KQL115", arg.span, `${name} takes a constant here, not a value of the row`);
  }
  const chosen = typeof row.returns === "object" && "typed" in row.returns;
  return call(row.name, chosen ? args.map((a) => typedValue(a, type)) : args, type, span);
}

const readsColumn = (expr: Expr): boolean => expr.kind === "column" || operandsOf(expr).some(readsColumn);

/** `a datetime and an int` */
function listed(types: readonly ScalarType[]): string {
  return types.map((t) => (t === "int" ? "an int" : `a ${t}`)).join(" and ");
}
