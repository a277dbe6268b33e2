import { scalarFunction } from "../../functions/index.ts";
import { isStored, joining, runtimeFor } from "../../functions/variants.ts";
import { operandsOf } from "../../plan/children.ts";
import type { Call, Expr, Literal, ScalarOf } from "../../plan/nodes.ts";
import { isNumeric, type ScalarType } from "../../types/scalar-type.ts";
import { Datetime, Timespan } from "../../types/time.ts";
import { type Code, callOf, choiceOf, flat, listOf, operatorOf } from "./layout.ts";
import { memberOf, stringLiteral, timespanText, valueLiteral } from "./literal.ts";
import { constant, type Session, unsupported, use } from "./session.ts";

/** How strongly an emitted expression binds; a weaker one inside a stronger one gets parentheses. */
const levels = { choice: 0, or: 1, and: 2, equality: 3, unary: 4, primary: 5 } as const;
type Level = (typeof levels)[keyof typeof levels];
interface Emitted {
  readonly code: Code;
  readonly level: Level;
}
const primary = (code: Code): Emitted => ({ code, level: levels.primary });

const within = ({ code, level }: Emitted, least: Level): Code => (level < least ? ["(", code, ")"] : code);

/** A value. `inRow`: the code stands in a function of `row`, and what does not depend on the row is moved out of it. */
export function expression(expr: Expr, session: Session, inRow: boolean): Code {
  return emit(expr, session, inRow, false).code;
}

/** A condition: true where the expression is true, anything falsy where it is false or null. */
export function condition(expr: Expr, session: Session, inRow: boolean): Code {
  return emit(expr, session, inRow, true).code;
}

/** `(row) => value` */
export function selector(expr: Expr, session: Session, asCondition = false): Code {
  const { code } = emit(expr, session, true, asCondition);
  return [
    dependsOnRow(expr) ? "(row) => " : "() => ",
    // A brace behind the arrow would begin a block.
    flat(code).startsWith("{") ? ["(", code, ")"] : code,
  ];
}

export function dependsOnRow(expr: Expr): boolean {
  return expr.kind === "column" || operandsOf(expr).some(dependsOnRow);
}

function emit(expr: Expr, session: Session, inRow: boolean, asCondition: boolean): Emitted {
  switch (expr.kind) {
    case "literal":
      return primary(literal(expr, session, inRow));
    case "column":
      return primary(memberOf(expr.step === undefined ? "row" : memberOf("last", expr.step), expr.name));
    case "let":
      return primary(session.lets.get(expr.name) ?? expr.name);
    case "call":
      if (inRow && !dependsOnRow(expr) && movable(expr))
        return primary(constant(session, call(expr, session, false).code, nameFor(expr)));
      return call(expr, session, inRow);
    case "and":
    case "or": {
      if (!asCondition && !expr.operands.every(isTotal)) {
        return primary(
          callOf(
            use(session, expr.kind),
            expr.operands.map((o) => expression(o, session, inRow)),
          ),
        );
      }
      const level = levels[expr.kind];
      const operands = expr.operands.map((o) => within(emit(o, session, inRow, asCondition), levels.equality));
      return { code: operatorOf(expr.kind === "and" ? "&&" : "||", operands), level };
    }
    case "not":
      return negation(expr.operand, session, inRow);
    case "access":
      return primary(
        callOf(use(session, "access"), [expression(expr.target, session, inRow), expression(expr.key, session, inRow)]),
      );
    case "in-table": {
      const [column] = expr.table.columns;
      const { head, calls } = session.relation(expr.table);
      const read = { comments: [], code: `.column(${stringLiteral(column?.name ?? "")})` };
      const values = constant(session, { head, calls: [...calls, read] }, `${column?.name ?? ""}_list`, true);
      return primary(
        callOf(use(session, expr.ignoreCase ? "isInIgnoreCase" : "isIn"), [
          expression(expr.operand, session, inRow),
          values,
        ]),
      );
    }
    case "toscalar":
      return primary(constant(session, scalarOf(expr, session), expr.table.columns[0]?.name ?? "scalar", true));
  }
}

/** The promise of a table's single value. */
export function scalarOf(expr: ScalarOf, session: Session): Code {
  const { head, calls } = session.relation(expr.table);
  const read = `.scalar(${stringLiteral(expr.table.columns[0]?.name ?? "")})`;
  return { head, calls: [...calls, { comments: [], code: read }] };
}

function literal(expr: Literal, session: Session, inRow: boolean): Code {
  if (expr.value === null && expr.type === "string") return '""';
  const code = valueLiteral(expr.value, (name) => use(session, name));
  if (!inRow) return code;
  if (expr.value instanceof Timespan) return constant(session, code, `span_${timespanText(expr.value)}`);
  if (expr.value instanceof Datetime) return constant(session, code, "time");
  const long = Array.isArray(expr.value) && expr.value.length > 6;
  return long ? constant(session, code, "list") : code;
}

/** Calls worth moving out of the row: those that work something out. */
function movable(expr: Call): boolean {
  if (expr.name === "now" && expr.args.length === 0) return false;
  return !["in", "in~", "has_any", "has_all"].includes(expr.name);
}

function nameFor(expr: Call): string {
  const row = scalarFunction(expr.name);
  const clocked = (e: Expr): boolean =>
    (e.kind === "call" && scalarFunction(e.name)?.clock === true) || operandsOf(e).some(clocked);
  if (expr.type === "datetime" && clocked(expr)) return "since";
  return /^[a-z]/.test(expr.name) ? expr.name : (row?.run ?? "constant");
}

function negation(operand: Expr, session: Session, inRow: boolean): Emitted {
  if (operand.kind === "call" && operand.name === "==" && isNativeEqual(operand))
    return equality(operand, "!==", session, inRow);
  const emitted = emit(operand, session, inRow, false);
  if (!isTotal(operand)) return primary(callOf(use(session, "not"), [emitted.code]));
  return { code: ["!", within(emitted, levels.unary)], level: levels.unary };
}

const isText = (type: ScalarType): boolean => type === "string";
const isKnownLiteral = (expr: Expr | undefined): boolean =>
  expr?.kind === "literal" && (expr.value !== null || expr.type === "string");

/** Where `===` is `==`: two strings, or a number or boolean against a constant that is not null. */
function isNativeEqual(expr: Call): boolean {
  const [left, right] = expr.args;
  // Of constants alone TypeScript may know the types too well, and refuse `3 === -1`.
  if (left === undefined || right === undefined || !dependsOnRow(expr)) return false;
  if (isText(left.type) && isText(right.type)) return true;
  const comparable = (isNumeric(left.type) && isNumeric(right.type)) || (left.type === "bool" && right.type === "bool");
  if (left.type === "decimal" || right.type === "decimal") return false;
  return comparable && (isKnownLiteral(left) || isKnownLiteral(right));
}

function equality(expr: Call, operator: "===" | "!==", session: Session, inRow: boolean): Emitted {
  const [left, right] = expr.args.map((arg) => within(emit(arg, session, inRow, false), levels.unary));
  return { code: [left ?? "", ` ${operator} `, right ?? ""], level: levels.equality };
}

/** Whether a boolean is never null. */
function isTotal(expr: Expr): boolean {
  switch (expr.kind) {
    case "literal":
      return typeof expr.value === "boolean";
    case "call":
      if (expr.name === "==") return isNativeEqual(expr) || expr.args.some(isKnownLiteral);
      return scalarFunction(expr.name)?.total === true;
    case "and":
    case "or":
      return expr.operands.every(isTotal);
    case "not":
      return isTotal(expr.operand);
    case "in-table":
      return true;
    default:
      return false;
  }
}

function call(expr: Call, session: Session, inRow: boolean): Emitted {
  const { name, args } = expr;
  const value = (arg: Expr): Code => expression(arg, session, inRow);
  switch (name) {
    case "==":
      if (isNativeEqual(expr)) return equality(expr, "===", session, inRow);
      break;
    case "iff":
    case "case":
      return choice(expr, session, inRow);
    case "in":
      if (isTextList(expr)) return includes(expr, session, inRow);
      break;
    case "now":
      session.usesClock = true;
      return primary(args.length === 0 ? "now" : callOf(use(session, "add"), ["now", ...args.map(value)]));
    case "gettype": {
      const type = args[0]?.type ?? "unknown";
      if (type !== "dynamic" && type !== "unknown") return primary(stringLiteral(type));
      return primary(callOf(use(session, "gettype"), args.map(value)));
    }
  }
  const row = scalarFunction(name);
  const run =
    row &&
    runtimeFor(
      row,
      args.map((a) => a.type),
    );
  if (row === undefined || run === undefined) {
    unsupported(session, "no-function", name, `the function ${name} cannot be run yet`, expr.span);
    return primary("null");
  }
  if (row.clock) session.usesClock = true;
  const given = args.map((arg) =>
    joining.has(name) ? asText(arg, session, inRow) : conforming(arg, expr, session, inRow),
  );
  return primary(manyOf(use(session, run), row.clock ? ["now", ...given] : given));
}

const manyOf = (name: string, args: readonly Code[]): Code =>
  args.length > 1 ? listOf(`${name}(`, args, ")") : callOf(name, args);

function asText(arg: Expr, session: Session, inRow: boolean): Code {
  const code = expression(arg, session, inRow);
  if (arg.type === "real") return callOf(use(session, "tostringReal"), [code]);
  return arg.type === "dynamic" ? callOf(use(session, "tostringDynamic"), [code]) : code;
}

/** A real as an element of a dynamic value. */
export function stored(arg: Expr, code: Code, session: Session): Code {
  const isFraction = arg.kind === "literal" && !Number.isInteger(arg.value);
  return isFraction ? code : callOf(use(session, "real"), [code]);
}

const sameTyped = new Set(["coalesce", "max_of", "min_of"]);

/** A number where the result is a real or a decimal: as one; a real that becomes part of a dynamic value: marked as one. */
function conforming(arg: Expr, to: Expr, session: Session, inRow: boolean): Code {
  const code = expression(arg, session, inRow);
  if (arg.type === "real" && to.type === "dynamic" && to.kind === "call") {
    const row = scalarFunction(to.name);
    if (row !== undefined && isStored(row, to.args.indexOf(arg), arg.type, to.type)) return stored(arg, code, session);
  }
  const chooses = to.kind === "call" && (sameTyped.has(to.name) || to.name === "iff" || to.name === "case");
  if (!chooses || !isNumeric(arg.type) || arg.type === to.type) return code;
  if (to.type === "decimal") return callOf(use(session, "todecimal"), [code]);
  const isReal = arg.kind === "literal" && typeof arg.value !== "bigint";
  return to.type === "real" && !isReal ? callOf(use(session, "toreal"), [code]) : code;
}

function choice(expr: Call, session: Session, inRow: boolean): Emitted {
  const cases: [Code, Code][] = [];
  const operand = (arg: Expr): Code => {
    const code = conforming(arg, expr, session, inRow);
    return arg.kind === "call" && (arg.name === "iff" || arg.name === "case") ? ["(", code, ")"] : code;
  };
  for (let i = 0; i + 1 < expr.args.length; i += 2) {
    const [test, result] = [expr.args[i], expr.args[i + 1]];
    if (test === undefined || result === undefined) break;
    cases.push([within(emit(test, session, inRow, true), levels.or), operand(result)]);
  }
  const last = expr.args.at(-1);
  return { code: choiceOf(cases, last === undefined ? "null" : operand(last)), level: levels.choice };
}

function isTextList({ args: [operand, ...items] }: Call): boolean {
  const [only] = items;
  if (operand?.type !== "string") return false;
  if (items.length === 1 && only?.kind === "literal" && Array.isArray(only.value))
    return only.value.every((item) => typeof item === "string");
  return items.every((item) => item.kind === "literal" && typeof item.value === "string");
}

function includes({ args: [operand, ...items] }: Call, session: Session, inRow: boolean): Emitted {
  if (operand === undefined) return primary("false");
  const [only] = items;
  const list: Code =
    items.length === 1 && only?.kind === "literal" && Array.isArray(only.value)
      ? literal(only, session, false)
      : listOf(
          "[",
          items.map((item) => expression(item, session, inRow)),
          "]",
        );
  const count =
    items.length === 1 && only?.kind === "literal" && Array.isArray(only.value) ? only.value.length : items.length;
  const held = inRow && count > 6 ? constant(session, list, "list") : list;
  return primary([held, ".includes(", expression(operand, session, inRow), ")"]);
}
