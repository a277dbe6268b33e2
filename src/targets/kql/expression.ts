import { scalarFunction } from "../../functions/index.ts";
import { type BinaryOperator, binaryOperators, type Expression, type InList, type Logical } from "../../kql/ast.ts";
import { printExpression } from "../../kql/print.ts";
import { type Call, type Expr, windowFunctions } from "../../plan/nodes.ts";
import { constant } from "./spelling.ts";
import { nameAt, reference, type Writing, written } from "./writing.ts";

/** The operator that says the opposite. Those of order have none: both sides of it are false for null. */
function negated(operator: string): BinaryOperator | undefined {
  return binaryOperators.find(
    (o) => o === (operator === "==" || operator === "=~" ? `!${operator.slice(1)}` : `!${operator}`),
  );
}

/** An expression of the plan as KQL. */
export function expression(writing: Writing, expr: Expr): Expression {
  const { span } = expr;
  switch (expr.kind) {
    case "literal":
      return constant(writing, expr);
    case "column":
      return expr.step === undefined
        ? reference(expr.name, span)
        : { kind: "member", target: reference(expr.step, span), name: nameAt(expr.name, span), span };
    case "let":
      return reference(expr.name, span);
    case "call":
      return call(writing, expr);
    case "and":
    case "or": {
      const parts = withoutRepeatedStar(writing, expr.operands);
      const [only] = parts;
      if (parts.length === 1 && only !== undefined) return writing.expression(only);
      const operands = parts.map((part): Expression => {
        const operand = writing.expression(part);
        // not needed, but what a reader looks for
        return part.kind === "and" ? { kind: "paren", expression: operand, span: part.span } : operand;
      });
      return { kind: "logical", operator: expr.kind, operands, span } satisfies Logical;
    }
    case "not":
      return opposite(writing, expr.operand, span);
    case "access": {
      const target = writing.expression(expr.target);
      const { key } = expr;
      if (key.kind === "literal" && typeof key.value === "string" && /^[A-Za-z_]\w*$/.test(key.value)) {
        return { kind: "member", target, name: nameAt(key.value, key.span), span };
      }
      return { kind: "index", target, index: writing.expression(key), span };
    }
    case "in-table":
      return inTable(writing, expr, false);
    case "toscalar":
      return {
        kind: "call",
        name: nameAt("toscalar", span),
        arguments: [{ name: null, value: writing.table(expr.table) }],
        span,
      };
  }
}

function inTable(writing: Writing, expr: Extract<Expr, { kind: "in-table" }>, not: boolean): InList {
  const operator = expr.ignoreCase ? (not ? "!in~" : "in~") : not ? "!in" : "in";
  const items = [writing.table(expr.table)];
  return {
    kind: "in",
    operator,
    operatorSpan: expr.span,
    operand: writing.expression(expr.operand),
    items,
    span: expr.span,
  };
}

/** `not(a has b)` is `a !has b`; what has no such form is `not(…)`. */
function opposite(writing: Writing, operand: Expr, span: Expr["span"]): Expression {
  if (operand.kind === "in-table") return inTable(writing, operand, true);
  const positive = writing.expression(operand);
  if (positive.kind === "binary") {
    const operator = negated(positive.operator);
    if (operator !== undefined) return { ...positive, operator };
  }
  if (positive.kind === "in" && (positive.operator === "in" || positive.operator === "in~")) {
    return { ...positive, operator: `!${positive.operator}` };
  }
  if (positive.kind === "between" && !positive.negated) return { ...positive, negated: true };
  return { kind: "call", name: nameAt("not", span), arguments: [{ name: null, value: positive }], span };
}

function call(writing: Writing, expr: Call): Expression {
  const { name, span } = expr;
  const [first, second, third] = expr.args;
  if (expr.implicit === true && first !== undefined) return writing.expression(first);
  const operator = binaryOperators.find((o) => o === name);
  if (operator !== undefined && first !== undefined && second !== undefined) {
    const left = isStar(writing, first) ? starAt(first) : leftOperand(writing, name, first);
    return { kind: "binary", operator, operatorSpan: span, left, right: writing.expression(second), span };
  }
  if (name === "neg" && first !== undefined)
    return { kind: "unary", operator: "-", operand: writing.expression(first), span };
  if (name === "between" && first !== undefined && second !== undefined && third !== undefined) {
    const low = writing.expression(second);
    return {
      kind: "between",
      negated: false,
      operand: writing.expression(first),
      low,
      high: upper(writing, first, low, third),
      span,
    };
  }
  if ((name === "in" || name === "in~" || name === "has_any" || name === "has_all") && first !== undefined) {
    const items = expr.args.slice(1).map(writing.expression);
    const operand = isStar(writing, first) ? starAt(first) : writing.expression(first);
    return { kind: "in", operator: name, operatorSpan: span, operand, items, span };
  }
  const isKnown = scalarFunction(name) !== undefined || windowFunctions.some((f) => f === name);
  if (!isKnown || !/^[A-Za-z_]\w*$/.test(name)) noteFunction(writing, expr);
  const list = expr.args.map((arg) => ({ name: null, value: writing.expression(arg) }));
  return { kind: "call", name: nameAt(name, span), arguments: list, span };
}

/** A function that is not KQL's own: one of the workspace, or a step that has no name in KQL. */
function noteFunction(writing: Writing, { name, span }: Call): void {
  const construct = writing.source.slice(span.start, Math.min(span.end, span.start + 60));
  if (/^[A-Za-z_]\w*$/.test(name)) {
    const message = `${name} is not a function of KQL: it is written as it is, for the workspace to know`;
    const when = `the workspace has no function ${name}, or one of another meaning`;
    writing.notes.push({ level: "approximate", cause: "saved-function", construct, message, when, span });
    return;
  }
  const message = name.includes(" ")
    ? "the star stands for columns that are not declared"
    : name.startsWith("$")
      ? `KQL has no function for this change of a field (${name})`
      : `who runs the query gives the value of ${name}`;
  writing.notes.push({ level: "unsupported", cause: "no-function", construct, message, span });
}

/** Where `* has "x"` in the source asks for any column, the plan has a test for each of them: the first one stays. */
function withoutRepeatedStar(writing: Writing, operands: readonly Expr[]): readonly Expr[] {
  return operands.filter((operand, i) => {
    const before = operands[i - 1];
    return !(
      operand.kind === "call" &&
      before?.kind === "call" &&
      isStar(writing, operand.args[0]) &&
      isStar(writing, before.args[0]) &&
      operand.span.start === before.span.start
    );
  });
}

/** A column that the source does not name: it has a star, or a term of `search` (a text, a number), in its place. */
function isStar(writing: Writing, expr: Expr | undefined): boolean {
  if (expr === undefined) return false;
  const inner = expr.kind === "call" && expr.implicit === true ? expr.args[0] : expr;
  const text = written(writing, expr.span);
  return text === "*" || (inner?.kind === "column" && /^(?:h?@?["'`]|\d)/i.test(text) && inner.name !== text);
}
function starAt({ span }: Expr): Expression {
  return { kind: "star", span };
}

/** A test of text takes strings and dynamic values as they are; the text of anything else is written out. */
function leftOperand(writing: Writing, operator: string, operand: Expr): Expression {
  const inner = operand.kind === "call" && operand.implicit === true ? operand.args[0] : undefined;
  const textual =
    inner === undefined || inner.type === "dynamic" || inner.type === "string" || inner.type === "unknown";
  if (textual || operator === "==" || operand.kind !== "call") return writing.expression(operand);
  return writing.expression({
    kind: "call",
    name: operand.name,
    args: operand.args,
    type: operand.type,
    span: operand.span,
  });
}

/** The end of a range of times that was given by its length: `between (start .. 1d)`. */
function upper(writing: Writing, operand: Expr, low: Expression, high: Expr): Expression {
  if (operand.type === "datetime" && high.kind === "call" && high.name === "+") {
    const [start, length] = high.args;
    if (
      start !== undefined &&
      length?.type === "timespan" &&
      printExpression(writing.expression(start)) === printExpression(low)
    ) {
      return writing.expression(length);
    }
  }
  return writing.expression(high);
}
