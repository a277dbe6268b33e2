import type { Span } from "../diagnostics/source.ts";
import { suggestion } from "../diagnostics/suggest.ts";
import { functionNames, scalarFunction } from "../functions/index.ts";
import type { Expr } from "../plan/nodes.ts";
import { regexProblem } from "../runtime/index.ts";
import type { Session } from "./session.ts";
import { checkCount, coerceArguments, commonType, equalized, ordered, resultType } from "./types.ts";
import { broken, call } from "./values.ts";

const orderings = new Set(["<", "<=", ">", ">="]);

export function checkOrder(left: Expr, right: Expr, span: Span, session: Session): void {
  if (ordered(left.type, right.type)) return;
  const hint = left.type === "datetime" && right.type === "string" ? "datetime(…) writes a time" : undefined;
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
    const { commonFrom, step = 1 } = row.returns;
    const chosen = types.filter((_, i) => i >= commonFrom && ((i - commonFrom) % step === 0 || i === types.length - 1));
    if (commonType(chosen) === null) {
      session.diagnostics.add(
        "KQL104",
        span,
        `${row.name} gets values of different types: ${[...new Set(chosen)].join(", ")}`,
      );
    }
  }
  return call(row.name, args, resultType(row.returns, types), span);
}
