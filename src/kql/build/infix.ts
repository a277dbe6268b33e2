import type { CstNode, IToken } from "#grammar/kql";
import type { Span } from "../../diagnostics/source.ts";
import { type BinaryOperator, binaryOperators, type Expression, type InList } from "../ast.ts";
import { chainLimit, node, nodes, type Reading, token, tokenSpan, tokens } from "./cst.ts";

/** Binding of the infix operators, weakest first. String operators bind tighter than arithmetic. */
const levels = ["or", "and", "equality", "relation", "sum", "product", "text"] as const;
type Level = (typeof levels)[number];

const spellings: Readonly<Record<string, BinaryOperator>> = {
  ...Object.fromEntries(binaryOperators.map((operator) => [operator, operator])),
  "<>": "!=",
  containscs: "contains_cs",
  notcontains: "!contains",
  notcontainscs: "!contains_cs",
};

/** An operator of the run: with an operand on its right, or with a list or a range. */
type Infix =
  | { readonly kind: "binary"; readonly level: Level; readonly sign: IToken }
  | { readonly kind: "in"; readonly level: "equality"; readonly sign: IToken; readonly tail: CstNode }
  | { readonly kind: "between"; readonly level: "equality"; readonly sign: IToken; readonly tail: CstNode };

function levelOf(operator: string): Level {
  switch (operator) {
    case "or":
    case "and":
      return operator;
    case "==":
    case "!=":
    case "<>":
      return "equality";
    case "<":
    case "<=":
    case ">":
    case ">=":
      return "relation";
    case "+":
    case "-":
      return "sum";
    case "*":
    case "/":
    case "%":
      return "product";
    default:
      return "text";
  }
}

/** Gives a flat run of operands and operators its tree. `stars`: `*` may also be a condition beside `and` and `or`. */
export function infix(reading: Reading, cst: CstNode, stars = false): Expression {
  const operands = nodes(cst, "operand").map(reading.operand);
  const run: Infix[] = tokens(cst, "BinaryOperator").map((sign) => ({
    kind: "binary",
    level: levelOf(sign.image),
    sign,
  }));
  for (const tail of nodes(cst, "inTail")) {
    run.push({ kind: "in", level: "equality", sign: token(tail, "InOperator"), tail });
  }
  for (const tail of nodes(cst, "betweenTail")) {
    run.push({ kind: "between", level: "equality", sign: token(tail, "BetweenOperator"), tail });
  }
  run.sort((a, b) => a.sign.startOffset - b.sign.startOffset);
  let nextOperand = 0;
  let nextInfix = 0;
  let chain = 0;

  const bind = (levelIndex: number): Expression => {
    const level = levels[levelIndex];
    if (level === undefined) {
      const operand = operands[nextOperand++];
      if (operand === undefined) throw new Error("an operator without its operand");
      return operand;
    }
    if (level === "equality") chain = 0;
    let left = bind(levelIndex + 1);
    if (level === "or" || level === "and") {
      const parts = [left];
      while (run[nextInfix]?.level === level) {
        nextInfix++;
        parts.push(bind(levelIndex + 1));
      }
      if (parts.length === 1) return left;
      if (!stars) for (const part of parts) noStar(reading, part);
      return { kind: "logical", operator: level, operands: parts, span: around(left, parts[parts.length - 1] ?? left) };
    }
    for (let count = 0; ; count++) {
      const next = run[nextInfix];
      if (next === undefined || next.level !== level) return left;
      nextInfix++;
      if (count > 0 && level !== "sum" && level !== "product") notChained(reading, next.sign);
      if (++chain > chainLimit) {
        if (chain === chainLimit + 1) tooLong(reading, next.sign);
        nextOperand = operands.length;
        nextInfix = run.length;
        return left;
      }
      left = combine(reading, left, next, () => bind(levelIndex + 1));
    }
  };
  return bind(0);
}

function combine(reading: Reading, left: Expression, next: Infix, right: () => Expression): Expression {
  const operatorSpan = tokenSpan(next.sign);
  switch (next.kind) {
    case "binary": {
      const operand = right();
      const operator = spellings[next.sign.image];
      noStar(reading, operand);
      if (next.level === "sum" || next.level === "product") noStar(reading, left);
      if (operator === undefined) throw new Error(`no operator ${next.sign.image}`);
      return { kind: "binary", operator, operatorSpan, left, right: operand, span: around(left, operand) };
    }
    case "in": {
      const items = [
        reading.pipeline(node(next.tail, "pipeline")),
        ...nodes(next.tail, "expression").map(reading.expression),
      ];
      const span = { start: left.span.start, end: tokenSpan(token(next.tail, "RightParen")).end };
      return { kind: "in", operator: listOperator(next.sign.image), operatorSpan, operand: left, items, span };
    }
    case "between": {
      const [low, high] = nodes(next.tail, "expression");
      const span = { start: left.span.start, end: tokenSpan(token(next.tail, "RightParen")).end };
      const negated = next.sign.image[0] === "!";
      const bound = (cst: CstNode | undefined): Expression => reading.expression(cst ?? node(next.tail, "expression"));
      return { kind: "between", negated, operand: left, low: bound(low), high: bound(high), span };
    }
  }
}

function listOperator(image: string): InList["operator"] {
  switch (image) {
    case "!in":
    case "in~":
    case "!in~":
    case "has_any":
    case "has_all":
      return image;
    default:
      return "in";
  }
}

function around(left: Expression, right: Expression): Span {
  return { start: left.span.start, end: right.span.end };
}

/** `*` stands for all columns on the left of a comparison and as an argument; anywhere else it is reported. */
export function noStar(reading: Reading, expression: Expression): void {
  if (expression.kind === "star") reading.findings.add("KQL001", expression.span, "`*` is no value here");
}

function notChained(reading: Reading, sign: IToken): void {
  reading.findings.add(
    "KQL001",
    tokenSpan(sign),
    `\`${sign.image}\` cannot follow another comparison`,
    "put the first one in parentheses",
  );
}

function tooLong(reading: Reading, sign: IToken): void {
  reading.findings.add(
    "KQL004",
    tokenSpan(sign),
    `more than ${chainLimit} operators in a row`,
    "split the expression with `let` or `extend`",
  );
}
