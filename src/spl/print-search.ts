import { type PrintSubsearch, printMacro } from "./print-eval.ts";
import { words } from "./print-layout.ts";
import { commandField, isBareTerm, quoted, searchValue } from "./quote.ts";
import type { SearchExpr } from "./tree.ts";

const width = 100;

/** A search expression on one line. `implicit`: conditions side by side for AND, as in a base search. */
export function printSearch(expr: SearchExpr, subsearch: PrintSubsearch, implicit: boolean): string {
  switch (expr.kind) {
    case "compare":
      return `${commandField(expr.field)}${expr.operator}${searchValue(expr.value, expr.field)}`;
    case "in":
      return `${commandField(expr.field)} IN (${expr.values.map((v) => searchValue(v)).join(", ")})`;
    case "computed": {
      const value = expr.value.kind === "macro" ? printMacro(expr.value) : subsearch(expr.value);
      const field = commandField(expr.field);
      return expr.operator === "IN" ? `${field} IN (${value})` : `${field}${expr.operator}${value}`;
    }
    case "term":
      return expr.quoted || !isBareTerm(expr.text) ? quoted(expr.text) : expr.text;
    case "directive": {
      const text = /^[^\s"'`()[\]|]+$/.test(expr.text) ? expr.text : quoted(expr.text);
      return `${expr.field === null ? "" : `${commandField(expr.field)}=`}${expr.name}(${text})`;
    }
    case "and":
    case "or": {
      const joiner = expr.kind === "or" ? " OR " : implicit ? " " : " AND ";
      const times = expr.kind === "or" || implicit ? 0 : timesBefore(expr.operands);
      const parts = expr.operands.map((o) => operand(o, subsearch, implicit));
      return words(...parts.slice(0, times), parts.slice(times).join(joiner));
    }
    case "not":
      return `NOT ${operand(expr.operand, subsearch, implicit)}`;
    case "macro":
      return printMacro(expr);
    case "subsearch":
      return subsearch(expr);
  }
}

/** How many operands at the start are `earliest` and `latest`, which nobody joins with AND. */
function timesBefore(operands: readonly SearchExpr[]): number {
  const end = operands.findIndex((o) => o.kind !== "compare" || !/^(?:_index_)?(?:earliest|latest)$/.test(o.field));
  return end < 0 ? operands.length : end;
}

/** AND and OR bind the other way round than in eval, so one inside the other always has its parentheses. */
function operand(expr: SearchExpr, subsearch: PrintSubsearch, implicit: boolean): string {
  const text = printSearch(expr, subsearch, implicit);
  return expr.kind === "and" || expr.kind === "or" ? `(${text})` : text;
}

/**
 * The same over several lines where it is long: one condition a line, AND before it in tstats and nothing in a base search,
 * alternatives in parentheses with OR before them.
 */
export function printSearchLines(
  expr: SearchExpr,
  subsearch: PrintSubsearch,
  indent: number,
  used: number,
  implicit: boolean,
): string {
  const flat = printSearch(expr, subsearch, implicit);
  if (used + flat.length <= width) return flat;
  if (expr.kind !== "and") return group(expr, subsearch, indent, implicit);
  const times = implicit ? 0 : timesBefore(expr.operands);
  if (times > 0 && times < expr.operands.length) {
    const range = expr.operands.slice(0, times).map((o) => operand(o, subsearch, false));
    const rest: SearchExpr = { kind: "and", operands: expr.operands.slice(times) };
    return `${range.join(" ")}\n${" ".repeat(indent)}${printSearchLines(rest, subsearch, indent, width, false)}`;
  }
  return expr.operands
    .map((o) => group(o, subsearch, indent, implicit))
    .join(`\n${" ".repeat(indent)}${implicit ? "" : "AND "}`);
}

function group(expr: SearchExpr, subsearch: PrintSubsearch, indent: number, implicit: boolean): string {
  const flat = operand(expr, subsearch, implicit);
  if (indent + flat.length <= width) return flat;
  const inner = " ".repeat(indent + 4);
  const outer = " ".repeat(indent);
  if (expr.kind === "and" || expr.kind === "or") {
    const joiner = expr.kind === "or" ? `\n${inner}OR ` : `\n${inner}${implicit ? "" : "AND "}`;
    return `(\n${inner}${expr.operands.map((o) => group(o, subsearch, indent + 4, implicit)).join(joiner)}\n${outer})`;
  }
  if (expr.kind === "not") return `NOT ${group(expr.operand, subsearch, indent, implicit)}`;
  if (expr.kind === "in") {
    return `${commandField(expr.field)} IN (\n${inner}${wrapped(
      expr.values.map((v) => searchValue(v)),
      indent + 4,
    )}\n${outer})`;
  }
  return flat;
}

/** A comma-separated list, filled line by line. */
function wrapped(items: readonly string[], indent: number): string {
  const lines: string[] = [];
  let line = "";
  for (const item of items) {
    if (line !== "" && indent + line.length + item.length + 2 > width) {
      lines.push(`${line},`);
      line = item;
    } else line = line === "" ? item : `${line}, ${item}`;
  }
  return [...lines, line].join(`\n${" ".repeat(indent)}`);
}
