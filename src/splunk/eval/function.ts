import type { EvalCall, EvalExpr } from "../../spl/tree.ts";
import type { Engine } from "../engine.ts";
import { SplProblem } from "../problem.ts";
import type { Row } from "../row.ts";
import { type EvalValue, isMulti, numberOf, textOf } from "../value.ts";

/** An expression that is ready to run on rows. */
export type Eval = (row: Row) => EvalValue;

/** What a function gets when it is made ready: its place, and the means to make its arguments ready. */
export interface Scope {
  readonly engine: Engine;
  readonly call: EvalCall;
  readonly compile: (expr: EvalExpr) => Eval;
}

/** A function of eval. `boolean`: it yields a condition, which no field can hold. */
export interface EvalFunction {
  readonly min: number;
  readonly max: number;
  readonly boolean?: true;
  readonly make: (scope: Scope) => Eval;
}

const many = Number.POSITIVE_INFINITY;

export { many };

/** A function that sees its arguments as they are, null among them. */
export function ofValues(
  min: number,
  max: number,
  apply: (values: readonly EvalValue[], scope: Scope) => EvalValue,
): EvalFunction {
  return {
    min,
    max,
    make: (scope) => {
      const args = scope.call.args.map(scope.compile);
      return (row) =>
        apply(
          args.map((arg) => arg(row)),
          scope,
        );
    },
  };
}

/** A function that yields null as soon as an argument is null. */
export function strict(
  min: number,
  max: number,
  apply: (values: readonly EvalValue[], scope: Scope) => EvalValue,
): EvalFunction {
  return ofValues(min, max, (values, scope) => (values.includes(null) ? null : apply(values, scope)));
}

/** A function of numbers; null where an argument is none. A result that is no number is null. */
export function ofNumbers(
  min: number,
  max: number,
  apply: (...numbers: readonly number[]) => number | null,
): EvalFunction {
  return strict(min, max, (values) => {
    const numbers: number[] = [];
    for (const value of values) {
      const number = numberOf(value);
      if (number === null) return null;
      numbers.push(number);
    }
    const result = apply(...numbers);
    return result === null || Number.isNaN(result) ? null : result;
  });
}

/** A function of texts. It is not defined on multivalue fields: those give null and a warning. (Text functions) */
export function ofTexts(
  min: number,
  max: number,
  apply: (texts: readonly string[], scope: Scope) => EvalValue,
): EvalFunction {
  return strict(min, max, (values, scope) => {
    const texts: string[] = [];
    for (const value of values) {
      if (isMulti(value)) return undefinedOnMulti(scope);
      texts.push(textOf(value) ?? "");
    }
    return apply(texts, scope);
  });
}

export function undefinedOnMulti(scope: Scope): null {
  const { name } = scope.call;
  scope.engine.warn("SPL212", scope.call, `${name}() of a multivalue field is not defined; here it is null`);
  return null;
}

/** A function that yields a condition. */
export function condition(base: EvalFunction): EvalFunction {
  return { ...base, boolean: true };
}

/** A condition's value; anything but a Boolean or null is a problem. (where command; Comparison and Conditional functions) */
export function truth(value: EvalValue, node: EvalExpr): boolean | null {
  if (value === null || typeof value === "boolean") return value;
  throw new SplProblem("SPL203", node, "a condition is needed here, this is a value", "compare it with something");
}

/** The argument at an index; the number of arguments has been checked. */
export function argument(scope: Scope, index: number): EvalExpr {
  const found = scope.call.args[index];
  if (found === undefined) throw new SplProblem("SPL203", scope.call, `${scope.call.name}() needs more arguments`);
  return found;
}

/** An argument that must be written as a text constant. */
export function constantText(scope: Scope, index: number): string | null {
  const found = scope.call.args[index];
  return found?.kind === "string" ? found.value : null;
}
