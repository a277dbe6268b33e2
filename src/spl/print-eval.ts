import { evalField, quoted, quotedRegex } from "./quote.ts";
import type { EvalExpr, Macro, Subsearch } from "./tree.ts";

/** Prints what stands in `[ ]`; given by the printer of commands. */
export type PrintSubsearch = (subsearch: Subsearch) => string;

/** Binding strengths of eval: `XOR` is the weakest, then OR, AND, NOT, comparison, `+ - .`, `* / %`, unary minus. */
const strength = { xor: 1, or: 2, and: 3, not: 4, comparison: 5, sum: 6, product: 7, negative: 8, atom: 9 } as const;

/** Arguments that are a regular expression, or what replaces its matches. */
const regexArguments: Readonly<Record<string, readonly number[]>> = { match: [1], replace: [1, 2], mvfind: [1] };

const width = 100;

/** An expression of eval or where, on one line. */
export function printEval(expr: EvalExpr, subsearch: PrintSubsearch): string {
  return print(expr, subsearch);
}

/** The same over several lines where it is long: one condition a line, one pair of `case` a line. `indent` is the first line's. */
export function printEvalLines(expr: EvalExpr, subsearch: PrintSubsearch, indent: number, used: number): string {
  const flat = print(expr, subsearch);
  const inner = " ".repeat(indent + 4);
  if (used + flat.length <= width) return flat;
  if (expr.kind === "and" || expr.kind === "or") {
    const joiner = `\n${" ".repeat(indent)}${expr.kind.toUpperCase()} `;
    return expr.operands.map((o) => group(o, isLogical(o), subsearch, indent)).join(joiner);
  }
  if (expr.kind === "not" || expr.kind === "in") return group(expr, false, subsearch, indent);
  if (expr.kind === "call" && expr.args.length > 1) {
    const step = expr.name === "case" || expr.name === "json_object" ? 2 : 1;
    const lines: string[] = [];
    for (let i = 0; i < expr.args.length; i += step) {
      lines.push(
        expr.args
          .slice(i, i + step)
          .map((_, j) => argument(expr.name, expr.args, i + j, subsearch))
          .join(", "),
      );
    }
    return `${expr.name}(\n${inner}${lines.join(`,\n${inner}`)}\n${" ".repeat(indent)})`;
  }
  return flat;
}

/** An operand of a broken condition; one that is long itself goes over lines inside its parentheses. */
function group(expr: EvalExpr, bracketed: boolean, subsearch: PrintSubsearch, indent: number): string {
  const flat = bracketed ? `(${print(expr, subsearch)})` : print(expr, subsearch);
  if (indent + flat.length <= width) return flat;
  if (expr.kind === "not" && isLogical(expr.operand)) return `NOT ${group(expr.operand, true, subsearch, indent)}`;
  if (expr.kind === "in") return list(expr, subsearch, indent);
  if (expr.kind !== "and" && expr.kind !== "or") return flat;
  const inner = " ".repeat(indent + 4);
  const joiner = `\n${inner}${expr.kind.toUpperCase()} `;
  const operands = expr.operands.map((o) => group(o, isLogical(o), subsearch, indent + 4));
  return `(\n${inner}${operands.join(joiner)}\n${" ".repeat(indent)})`;
}

function isLogical(expr: EvalExpr): boolean {
  return expr.kind === "and" || expr.kind === "or" || expr.kind === "xor";
}

/** `x IN (…)` with its items filled line by line. */
function list(expr: Extract<EvalExpr, { kind: "in" }>, subsearch: PrintSubsearch, indent: number): string {
  const items = expr.items.map((i, n) => `${print(i, subsearch)}${n < expr.items.length - 1 ? "," : ""}`);
  const inner = " ".repeat(indent + 4);
  const lines: string[] = [];
  let line = "";
  for (const item of items) {
    if (line !== "" && inner.length + line.length + item.length + 1 > width) {
      lines.push(line);
      line = item;
    } else line = line === "" ? item : `${line} ${item}`;
  }
  const operand =
    strengthOf(expr.operand) < strength.sum ? `(${print(expr.operand, subsearch)})` : print(expr.operand, subsearch);
  return `${operand} IN (\n${inner}${[...lines, line].join(`\n${inner}`)}\n${" ".repeat(indent)})`;
}

function strengthOf(expr: EvalExpr): number {
  switch (expr.kind) {
    case "xor":
    case "or":
    case "and":
    case "not":
      return strength[expr.kind];
    case "in":
      return strength.comparison;
    case "binary":
      switch (expr.operator) {
        case "+":
        case "-":
        case ".":
          return strength.sum;
        case "*":
        case "/":
        case "%":
          return strength.product;
        default:
          return strength.comparison;
      }
    case "negative":
      return strength.negative;
    default:
      return strength.atom;
  }
}

function print(expr: EvalExpr, subsearch: PrintSubsearch): string {
  const at = (operand: EvalExpr, least: number): string =>
    strengthOf(operand) < least ? `(${print(operand, subsearch)})` : print(operand, subsearch);
  switch (expr.kind) {
    case "string":
      return quoted(expr.value);
    case "number":
      return expr.text;
    case "field":
      return evalField(expr.name);
    case "call":
      return `${expr.name}(${expr.args.map((_, i) => argument(expr.name, expr.args, i, subsearch)).join(", ")})`;
    case "and":
    case "or":
    case "xor": {
      // An OR inside an AND needs its parentheses, an AND inside an OR gets them too: search reads them the other way round.
      const least = strength.not;
      return expr.operands.map((o) => at(o, least)).join(` ${expr.kind.toUpperCase()} `);
    }
    case "not":
      return `NOT ${at(expr.operand, strength.negative)}`;
    case "in":
      return `${at(expr.operand, strength.sum)} IN (${expr.items.map((i) => print(i, subsearch)).join(", ")})`;
    case "binary":
      return binary(expr, at, subsearch);
    case "negative":
      return `-${at(expr.operand, strength.atom)}`;
    case "template":
      return `<<${expr.name}>>`;
    case "macro":
      return printMacro(expr);
    case "subsearch":
      return subsearch(expr);
  }
}

function binary(
  expr: Extract<EvalExpr, { kind: "binary" }>,
  at: (operand: EvalExpr, least: number) => string,
  subsearch: PrintSubsearch,
): string {
  const own = strengthOf(expr);
  const { operator } = expr;
  if (own === strength.comparison) {
    const spaced = operator === "LIKE" ? " LIKE " : operator;
    return `${at(expr.left, strength.sum)}${spaced}${at(expr.right, strength.sum)}`;
  }
  // `.` and `+` bind alike but do not associate, so a mix of them is bracketed.
  const mixes =
    expr.left.kind === "binary" && strengthOf(expr.left) === own && (expr.left.operator === ".") !== (operator === ".");
  const left = mixes ? `(${print(expr.left, subsearch)})` : at(expr.left, own);
  return `${left}${operator === "." ? " . " : operator}${at(expr.right, own + 1)}`;
}

function argument(name: string, args: readonly EvalExpr[], index: number, subsearch: PrintSubsearch): string {
  const expr = args[index];
  if (expr === undefined) return "";
  if (expr.kind === "string" && regexArguments[name]?.includes(index)) return quotedRegex(expr.value);
  return print(expr, subsearch);
}

export function printMacro(macro: Macro): string {
  const args = macro.args.length === 0 ? "" : `(${macro.args.join(",")})`;
  return `\`${macro.name}${args}\``;
}
