import type { Span } from "../diagnostics/source.ts";
import type { AggregateFunction, Constants, ParameterType, ResultType, ScalarFunction } from "../functions/index.ts";
import type { Expr } from "../plan/nodes.ts";
import { isNumeric, type ScalarType } from "../types/scalar-type.ts";
import type { Session } from "./session.ts";
import { broken } from "./values.ts";

/** The type that values of all these types share, or null where they do not go together. (iff-function, case-function) */
export function commonType(types: readonly ScalarType[]): ScalarType | null {
  let common: ScalarType = "unknown";
  for (const type of types) {
    if (type === common || type === "unknown") continue;
    if (common === "unknown") common = type;
    else if (isNumeric(type) && isNumeric(common)) {
      common =
        type === "decimal" || common === "decimal" ? "decimal" : type === "real" || common === "real" ? "real" : "long";
    } else if (type === "dynamic" || common === "dynamic") common = "dynamic";
    else return null;
  }
  return common;
}

/** The type of a call's result; null where the function is not defined for arguments of these types. */
export function resultType(
  returns: ResultType,
  types: readonly ScalarType[],
  constants: Constants = [],
): ScalarType | null {
  if (typeof returns === "string") return returns;
  if (typeof returns === "function") return returns(types, constants);
  if ("sameAs" in returns) return types[returns.sameAs] ?? "unknown";
  return commonType(commonTypes(returns, types)) ?? "dynamic";
}

/** The types of the arguments that must go together. */
export function commonTypes(
  returns: Extract<ResultType, { readonly commonFrom: number }>,
  types: readonly ScalarType[],
): readonly ScalarType[] {
  const { commonFrom, step = 1, typed } = returns;
  const chosen = types.filter((_, i) => i >= commonFrom && ((i - commonFrom) % step === 0 || i === types.length - 1));
  const own = chosen.filter((t) => t !== "dynamic" && t !== "unknown");
  return typed && own.length > 0 ? own : chosen;
}

function accepts(parameter: ParameterType, type: ScalarType): boolean {
  if (parameter === "any" || parameter === "text" || type === "unknown" || type === "dynamic") return true;
  if (parameter === "number") return isNumeric(type);
  if (parameter === "regex") return type === "string";
  if (typeof parameter !== "string") return parameter.some((p) => accepts(p, type));
  if (parameter === type) return true;
  if (parameter === "real" || parameter === "decimal") return isNumeric(type);
  if (parameter === "long" || parameter === "int") return type === "int" || type === "long";
  return false;
}

function describe(parameter: ParameterType): string {
  if (parameter === "any" || parameter === "text") return "any value";
  if (parameter === "number") return "a number";
  if (parameter === "regex") return "a string";
  if (typeof parameter === "string") return `a ${parameter}`.replace("a int", "an int");
  return parameter
    .filter((p) => p !== "dynamic")
    .map(describe)
    .join(" or ");
}

type Signature = Pick<ScalarFunction | AggregateFunction, "name" | "parameters" | "optional" | "rest">;

/** Reports a wrong number of arguments; true when it is right. */
export function checkCount(row: Signature, count: number, span: Span, session: Session): boolean {
  const most = row.rest === undefined ? row.parameters.length : Number.POSITIVE_INFINITY;
  const least = row.parameters.length - (row.optional ?? 0);
  if (count >= least && count <= most) return true;
  const wanted =
    most === least ? `${least}` : most === Number.POSITIVE_INFINITY ? `${least} or more` : `${least} to ${most}`;
  session.diagnostics.add(
    "KQL103",
    span,
    `${row.name} takes ${wanted} argument${wanted === "1" ? "" : "s"}, not ${count}`,
  );
  return false;
}

/** Checks argument types and adds the conversions that KQL makes by itself. */
export function coerceArguments(row: Signature, args: readonly Expr[], session: Session): readonly Expr[] {
  return args.map((arg, i) => {
    const parameter = row.parameters[i] ?? row.rest ?? "any";
    if (!accepts(parameter, arg.type)) {
      session.diagnostics.add(
        "KQL104",
        arg.span,
        `${row.name} takes ${describe(parameter)} here, \`${session.excerpt(arg.span)}\` is a ${arg.type}`,
      );
      return broken(arg.span);
    }
    if (parameter === "string" && arg.type === "dynamic") return implicitText(arg);
    if (parameter === "text" && arg.type !== "string" && arg.type !== "unknown") return implicitText(arg);
    return arg;
  });
}

/** A dynamic value where a string is needed. */
export function implicitText(arg: Expr): Expr {
  return { kind: "call", name: "tostring", args: [arg], implicit: true, type: "string", span: arg.span };
}

/** The function that makes a value one of a type. */
export const conversions: Partial<Record<ScalarType, string>> = {
  bool: "tobool",
  int: "toint",
  long: "tolong",
  real: "toreal",
  decimal: "todecimal",
  string: "tostring",
  datetime: "todatetime",
  timespan: "totimespan",
  guid: "toguid",
  dynamic: "parse_json",
};

/** A dynamic value among values of a type, as one of that type. (iff-function) */
export function typedValue(value: Expr, type: ScalarType): Expr {
  const name = conversions[type];
  if (value.type !== "dynamic" || type === "dynamic" || name === undefined) return value;
  return { kind: "call", name, args: [value], implicit: true, type, span: value.span };
}

/** Whether two values have an order: numbers, truth values, times of one kind, or a dynamic on one side; texts have none. */
export function ordered(a: ScalarType, b: ScalarType): boolean {
  if ((a === "string" || a === "guid") && a === b) return false;
  const plain = (t: ScalarType): ScalarType => (t === "bool" ? "long" : t);
  return commonType([plain(a), plain(b)]) !== null;
}

const textConversions: Partial<Record<ScalarType, string>> = {
  datetime: "todatetime",
  timespan: "totimespan",
  guid: "toguid",
};

/**
 * Any two values may be asked for equality. A text against a time, a timespan or a guid is read as one; against anything
 * else, the other side is compared by its text; true and false count as 1 and 0.
 */
export function equalized(value: Expr, other: ScalarType): Expr {
  const { type } = value;
  if (type === other || type === "dynamic" || other === "dynamic" || type === "unknown" || other === "unknown")
    return value;
  const convert = (name: string, to: ScalarType): Expr => ({
    kind: "call",
    name,
    args: [value],
    implicit: true,
    type: to,
    span: value.span,
  });
  if (type === "string") {
    const reader = textConversions[other];
    return reader === undefined ? value : convert(reader, other);
  }
  if (other === "string") return textConversions[type] === undefined ? implicitText(value) : value;
  return type === "bool" ? convert("tolong", "long") : value;
}
