import type { BinaryOperator, Expression } from "../ast.ts";
import { isNegative } from "./literal.ts";

/** How tightly an expression binds, weakest first; where more is needed it gets parentheses. */
export const binding = {
  pipe: 0,
  or: 1,
  and: 2,
  equality: 3,
  relation: 4,
  sum: 5,
  product: 6,
  text: 7,
  sign: 8,
  path: 9,
} as const;

export function bindingOf(expression: Expression): number {
  switch (expression.kind) {
    case "pipe":
      return binding.pipe;
    case "logical":
      return binding[expression.operator];
    case "in":
    case "between":
      return binding.equality;
    case "binary":
      return operatorBinding(expression.operator);
    case "unary":
      return binding.sign;
    case "literal":
      return isNegative(expression) ? binding.sign : binding.path;
    default:
      return binding.path;
  }
}

export function operatorBinding(operator: BinaryOperator): number {
  switch (operator) {
    case "==":
    case "!=":
      return binding.equality;
    case "<":
    case "<=":
    case ">":
    case ">=":
      return binding.relation;
    case "+":
    case "-":
      return binding.sum;
    case "*":
    case "/":
    case "%":
      return binding.product;
    default:
      return binding.text;
  }
}
