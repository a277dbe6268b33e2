import type { EvalExpr } from "../../spl/tree.ts";
import type { Engine } from "../engine.ts";
import { SplProblem } from "../problem.ts";
import { subsearchExpression } from "../search/subsearch.ts";
import { type EvalValue, numeral, readValue } from "../value.ts";
import { calculate, negative } from "./arithmetic.ts";
import { compare, isIn } from "./comparing.ts";
import { type Eval, truth } from "./function.ts";
import { evalFunctions } from "./functions/index.ts";

/** Makes an expression of eval or where ready to run on rows. Unknown functions and wrong arguments are located problems. */
export function compileEval(engine: Engine, expr: EvalExpr): Eval {
  const compile = (e: EvalExpr): Eval => compileEval(engine, e);
  switch (expr.kind) {
    case "string": {
      const { value } = expr;
      return () => value;
    }
    case "number": {
      const value: EvalValue = expr.text.includes(".") ? numeral(expr.text) : Number(expr.text);
      return () => value;
    }
    case "field": {
      const { name } = expr;
      return (row) => readValue(row.get(name));
    }
    case "call":
      return compileCall(engine, expr);
    case "binary": {
      const left = compile(expr.left);
      const right = compile(expr.right);
      const { operator } = expr;
      switch (operator) {
        case "+":
        case "-":
        case "*":
        case "/":
        case "%":
        case ".":
          return (row) => calculate(engine, expr, left(row), right(row));
        default:
          return (row) => compare(engine, expr, operator, left(row), right(row));
      }
    }
    case "negative": {
      const operand = compile(expr.operand);
      return (row) => negative(operand(row));
    }
    case "in": {
      const operand = compile(expr.operand);
      const items = expr.items.map(compile);
      return (row) =>
        isIn(
          engine,
          expr,
          operand(row),
          items.map((item) => item(row)),
        );
    }
    case "and":
    case "or": {
      const decisive = expr.kind === "or";
      const operands = expr.operands.map((o) => conditionOf(engine, o));
      return (row) => {
        let result: boolean | null = !decisive;
        for (const operand of operands) {
          const value = operand(row);
          if (value === decisive) return decisive;
          if (value === null) result = null;
        }
        return result;
      };
    }
    case "xor": {
      const operands = expr.operands.map((o) => conditionOf(engine, o));
      return (row) => {
        let result: boolean | null = false;
        for (const operand of operands) {
          const value = operand(row);
          if (value === null) return null;
          if (value) result = !result;
        }
        return result;
      };
    }
    case "not": {
      const operand = conditionOf(engine, expr.operand);
      return (row) => {
        const value = operand(row);
        return value === null ? null : !value;
      };
    }
    case "subsearch":
      return compile(subsearchExpression(engine, expr));
    case "macro":
      throw new SplProblem("SPL205", expr, `the macro \`${expr.name}\` is not expanded`);
    case "template":
      throw new SplProblem("SPL203", expr, `<<${expr.name}>> means something in foreach only`);
  }
}

/** An expression that must be a condition: true, false, or null where it cannot be said. */
export function conditionOf(engine: Engine, expr: EvalExpr): (row: Parameters<Eval>[0]) => boolean | null {
  if (expr.kind === "string" || expr.kind === "number") truth(expr.kind, expr);
  const run = compileEval(engine, expr);
  return (row) => truth(run(row), expr);
}

function compileCall(engine: Engine, expr: Extract<EvalExpr, { kind: "call" }>): Eval {
  const name = expr.name.toLowerCase();
  const found = Object.hasOwn(evalFunctions, name) ? evalFunctions[name] : undefined;
  if (found === undefined) throw new SplProblem("SPL202", expr, `the eval function \`${expr.name}\` is not known here`);
  if (expr.args.length < found.min || expr.args.length > found.max) {
    const wanted =
      found.min === found.max
        ? `${found.min}`
        : found.max === Number.POSITIVE_INFINITY
          ? `${found.min} or more`
          : `${found.min} to ${found.max}`;
    throw new SplProblem("SPL203", expr, `${expr.name}() takes ${wanted} arguments, not ${expr.args.length}`);
  }
  return found.make({ engine, call: expr, compile: (e) => compileEval(engine, e) });
}

/** Whether an expression always yields a Boolean, which no field can hold. (eval command: "The result of an eval expression cannot be a Boolean") */
export function isCondition(expr: EvalExpr): boolean {
  switch (expr.kind) {
    case "and":
    case "or":
    case "xor":
    case "not":
    case "in":
      return true;
    case "binary":
      return !["+", "-", "*", "/", "%", "."].includes(expr.operator);
    case "call":
      return evalFunctions[expr.name.toLowerCase()]?.boolean === true;
    default:
      return false;
  }
}
