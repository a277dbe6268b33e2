import type {
  Argument,
  Binary,
  Call,
  Datatable,
  Expression,
  Index,
  Logical,
  Member,
  MemberCall,
  MemberPattern,
} from "../ast.ts";
import { binding, bindingOf, operatorBinding } from "./binding.ts";
import { columnsText, typeText } from "./columns.ts";
import { concat, type Doc, group, indent, line, sequence } from "./doc.ts";
import { dynamicDoc } from "./json.ts";
import { isBareNumber, literalDoc } from "./literal.ts";
import { calledName, memberName, plainName, wildcardName } from "./name.ts";
import { bracketed, bracketedList, type Printing } from "./printing.ts";
import { entityGroupDoc, externaldataDoc } from "./source.ts";

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
      return dynamicDoc(printing, expression);
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
    case "externaldata":
      return externaldataDoc(printing, expression);
    case "member-call":
    case "member-pattern":
      return path(printing, expression);
    case "entity-group":
      return entityGroupDoc(printing, expression);
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

type PathStep = Member | Index | MemberCall | MemberPattern;

/** `a.b["c"][0]`, `cluster("c").database("d").t*` */
function path(printing: Printing, expression: Expression): Doc {
  const steps: PathStep[] = [];
  let target = expression;
  while (
    target.kind === "member" ||
    target.kind === "index" ||
    target.kind === "member-call" ||
    target.kind === "member-pattern"
  ) {
    steps.push(target);
    target = target.target;
  }
  const bare = target.kind === "literal" && isBareNumber(target);
  const first = printing.expression(target, bare ? binding.path + 1 : binding.path);
  return concat(first, sequence(steps.reverse().map((step) => pathStep(printing, step))));
}

function pathStep(printing: Printing, step: PathStep): Doc {
  switch (step.kind) {
    case "member":
      return `.${memberName(step.name.text)}`;
    case "member-call":
      return concat(".", printing.expression(step.call));
    case "member-pattern":
      return `.${wildcardName(step.tables.pattern)}`;
    case "index":
      return concat("[", printing.expression(step.index, binding.or), "]");
  }
}

/** Functions whose arguments go in pairs: a condition and its value, a key and its value. */
const paired: ReadonlySet<string> = new Set(["case", "bag_pack", "pack", "pack_dictionary"]);

/** Functions whose only argument is a pipe without parentheses of its own. */
const takesRows: ReadonlySet<string> = new Set(["materialize", "toscalar", "totable"]);

function call(printing: Printing, expression: Call): Doc {
  const list = expression.arguments;
  const only = list.length === 1 ? list[0] : undefined;
  const rows = only?.name === null && only.value.kind !== "star" && takesRows.has(expression.name.text);
  const name = rows ? expression.name.text : calledName(expression.name.text);
  const needed = rows ? binding.pipe : binding.or;
  if (list.length === 0) return `${name}()`;
  if (only?.name === null && only.value.kind === "call" && only.value.arguments.length > 0) {
    return concat(`${name}(`, argumentDoc(printing, only, needed), printing.comments.before(expression.span.end), ")");
  }
  const items = list.map((argument) => ({
    span: argument.name?.span ?? argument.value.span,
    print: () => argumentDoc(printing, argument, needed),
  }));
  const perLine = paired.has(expression.name.text) ? 2 : 1;
  return bracketedList(printing, `${name}(`, items, ")", expression.span.end, perLine);
}

function argumentDoc(printing: Printing, argument: Argument, needed: number): Doc {
  const value = printing.expression(argument.value, needed);
  return argument.name === null ? value : concat(`${plainName(argument.name.text)} = `, value);
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
