import type {
  Argument,
  Binary,
  BinaryOperator,
  Call,
  Datatable,
  Expression,
  Index,
  Logical,
  Member,
  TypedName,
  Typeof,
} from "../ast.ts";
import { concat, type Doc, group, indent, line, sequence } from "./doc.ts";
import { dynamicDoc } from "./json.ts";
import { isBareNumber, isNegative, literalDoc } from "./literal.ts";
import { calledName, memberName, plainName } from "./name.ts";
import { bracketed, bracketedList, type Printing } from "./printing.ts";

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

function bindingOf(expression: Expression): number {
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

function operatorBinding(operator: BinaryOperator): number {
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

/** An expression, with parentheses where it binds weaker than `needed`. */
export function expressionDoc(printing: Printing, expression: Expression, needed: number): Doc {
  const { start, end } = expression.span;
  const comments = printing.comments.before(start);
  if (bindingOf(expression) >= needed) return concat(comments, bare(printing, expression));
  return concat(
    comments,
    bracketed(printing, "(", start, () => bare(printing, expression, true), ")", end),
  );
}

/** `inParens`: the text stands directly in parentheses, which indent it. */
function bare(printing: Printing, expression: Expression, inParens = false): Doc {
  switch (expression.kind) {
    case "literal":
      return literalDoc(expression);
    case "dynamic":
      return dynamicDoc(expression);
    case "name":
      return plainName(expression.name);
    case "member":
    case "index":
      return path(printing, expression);
    case "call":
      return call(printing, expression);
    case "unary":
      return concat(expression.operator, printing.expression(expression.operand, binding.path));
    case "binary":
      return chain(printing, expression);
    case "logical":
      return inParens ? logical(printing, expression) : group(indent(logical(printing, expression)));
    case "in": {
      const alone = expression.items.length === 1;
      const head = concat(printing.expression(expression.operand, binding.relation), ` ${expression.operator} `);
      const items = expression.items.map((item) => ({
        span: item.span,
        print: () => printing.expression(item, alone ? binding.pipe : binding.or),
      }));
      return concat(head, bracketedList(printing, "(", items, ")", expression.span.end));
    }
    case "between": {
      const head = printing.expression(expression.operand, binding.relation);
      const low = printing.expression(expression.low, binding.or);
      const high = printing.expression(expression.high, binding.or);
      return concat(head, expression.negated ? " !between (" : " between (", low, " .. ", high, ")");
    }
    case "paren": {
      const inner = expression.expression;
      const body = (): Doc => concat(printing.comments.before(inner.span.start), bare(printing, inner, true));
      return bracketed(printing, "(", inner.span.start, body, ")", expression.span.end);
    }
    case "star":
      return "*";
    case "typeof":
      return typeText(expression);
    case "datatable":
      return datatable(printing, expression);
    case "pipe":
      return printing.pipe(expression);
  }
}

function logical(printing: Printing, expression: Logical): Doc {
  const needed = expression.operator === "or" ? binding.and : binding.equality;
  const parts: Doc[] = [];
  expression.operands.forEach((operand, i) => {
    if (i > 0) {
      parts.push(printing.comments.trailing(operand.span.start), line);
      parts.push(printing.comments.before(operand.span.start), `${expression.operator} `);
    }
    parts.push(printing.expression(operand, needed));
  });
  return group(sequence(parts));
}

/** A run of operators that bind alike; only sums and products may follow each other. */
function chain(printing: Printing, expression: Binary): Doc {
  const own = operatorBinding(expression.operator);
  const runs = own === binding.sum || own === binding.product;
  const steps: Binary[] = [expression];
  let left = expression.left;
  while (runs && left.kind === "binary" && operatorBinding(left.operator) === own) {
    steps.push(left);
    left = left.left;
  }
  const parts: Doc[] = [printing.expression(left, own + 1)];
  for (const step of steps.reverse()) {
    const comments = printing.comments.before(step.right.span.start);
    const gap = runs ? line : " ";
    parts.push(gap, `${step.operator} `, comments, printing.expression(step.right, own + 1));
  }
  return runs ? group(indent(sequence(parts))) : sequence(parts);
}

/** `a.b["c"][0]` */
function path(printing: Printing, expression: Expression): Doc {
  const steps: (Member | Index)[] = [];
  let target = expression;
  while (target.kind === "member" || target.kind === "index") {
    steps.push(target);
    target = target.target;
  }
  const bare = target.kind === "literal" && isBareNumber(target);
  const first = printing.expression(target, bare ? binding.path + 1 : binding.path);
  const behind = steps.reverse().map((step): Doc => {
    if (step.kind === "member") return `.${memberName(step.name.text)}`;
    return concat("[", printing.expression(step.index, binding.or), "]");
  });
  return concat(first, sequence(behind));
}

/** Functions whose arguments go in pairs: a condition and its value, a key and its value. */
const paired: ReadonlySet<string> = new Set(["case", "bag_pack", "pack", "pack_dictionary"]);

function call(printing: Printing, expression: Call): Doc {
  const list = expression.arguments;
  const name = calledName(expression.name.text);
  if (list.length === 0) return `${name}()`;
  const only = list.length === 1 ? list[0] : undefined;
  if (only?.name === null && only.value.kind === "call" && only.value.arguments.length > 0) {
    return concat(`${name}(`, argumentDoc(printing, only, true), printing.comments.before(expression.span.end), ")");
  }
  const items = list.map((argument) => ({
    span: argument.name?.span ?? argument.value.span,
    print: () => argumentDoc(printing, argument, list.length === 1),
  }));
  const perLine = paired.has(expression.name.text) ? 2 : 1;
  return bracketedList(printing, `${name}(`, items, ")", expression.span.end, perLine);
}

function argumentDoc(printing: Printing, argument: Argument, alone: boolean): Doc {
  const value = printing.expression(argument.value, alone ? binding.pipe : binding.or);
  return argument.name === null ? value : concat(`${plainName(argument.name.text)} = `, value);
}

/** `a:long, ['b c']:string` */
export function columnsText(columns: readonly TypedName[]): string {
  return columns.map((column) => `${plainName(column.name.text)}:${column.type}`).join(", ");
}

export function typeText(expression: Typeof): string {
  return `typeof(${typeof expression.type === "string" ? expression.type : columnsText(expression.type)})`;
}

/** The values on one line, or a row of the table a line. */
function datatable(printing: Printing, expression: Datatable): Doc {
  const head = `datatable(${columnsText(expression.columns)}) [`;
  if (expression.values.length === 0) return `${head}]`;
  const items = expression.values.map((value) => ({
    span: value.span,
    print: () => printing.expression(value, binding.sign),
  }));
  const width = Math.max(1, expression.columns.length);
  return bracketedList(printing, head, items, "]", expression.span.end, width, expression.values.length > width);
}
