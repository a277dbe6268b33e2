import type { Expr } from "../plan/nodes.ts";
import type { EvalExpr } from "../spl/tree.ts";
import { isNumeric, type ScalarType } from "../types/scalar-type.ts";
import { choice } from "./arithmetic.ts";
import { call, long, not, nothing, test, text } from "./build.ts";
import { argument, type EvalFunction, type Place } from "./eval-place.ts";
import { forRe2 } from "./regex.ts";
import {
  asNumber,
  asText,
  constantNumber,
  constantText,
  isNull,
  noteCase,
  plainValue,
  unified,
  type Value,
} from "./value.ts";

/** A function of one text that gives null for null. */
const textFunction =
  (name: string, type: ScalarType): EvalFunction =>
  (args, place) => {
    const value = argument(args, 0, place);
    if (value === null || args.length !== 1) return null;
    const subject = asText({ ...value, lower: false }, place.session, place.span);
    const done = call(name, type, place.span, subject);
    return { expr: done, nullable: value.nullable, missing: type === "string" ? value.missing : null, lower: false };
  };

const numberFunction =
  (name: string, type: ScalarType | "same"): EvalFunction =>
  (args, place) => {
    const value = argument(args, 0, place);
    if (value === null) return null;
    const number = asNumber(value, place.session, place.span);
    return {
      ...plainValue(call(name, type === "same" ? number.type : type, place.span, number)),
      nullable: value.nullable,
    };
  };

/** `trim(x, "chars")`: a set of characters, blanks and tabs without it. */
const trimFunction =
  (name: string): EvalFunction =>
  (args, place) => {
    const value = argument(args, 0, place);
    const given = args.length > 1 ? argument(args, 1, place) : plainValue(text(" \t", place.span));
    const characters = given === null ? null : constantText(given);
    if (value === null || characters === null || characters === "") return null;
    const set = `[${[...characters].map((c) => (c === "\t" ? "\\t" : c.replace(/[\\\]^[-]/, "\\$&"))).join("")}]+`;
    const subject = asText(value, place.session, place.span);
    return { ...value, lower: false, expr: call(name, "string", place.span, text(set, place.span), subject) };
  };

/** Functions of eval on single values. (SPL Search Reference: Evaluation functions) */
export const evalFunctions: Readonly<Record<string, EvalFunction>> = {
  lower: (args, place) => {
    const value = argument(args, 0, place);
    // The column has the value in lower case already.
    return value?.lower === true && args.length === 1
      ? { ...value, lower: false }
      : textFunction("tolower", "string")(args, place);
  },
  upper: textFunction("toupper", "string"),
  len: textFunction("strlen", "long"),
  urldecode: textFunction("url_decode", "string"),
  abs: numberFunction("abs", "same"),
  ceiling: numberFunction("ceiling", "real"),
  ceil: numberFunction("ceiling", "real"),
  sqrt: numberFunction("sqrt", "real"),
  exp: numberFunction("exp", "real"),
  ln: numberFunction("log", "real"),
  trim: trimFunction("trim"),
  ltrim: trimFunction("trim_start"),
  rtrim: trimFunction("trim_end"),
  exact: (args, place) => argument(args, 0, place),
  null: (_, { span }) => plainValue(nothing("unknown", span), true),
  floor: (args, place) => {
    const value = argument(args, 0, place);
    if (value === null) return null;
    const number = asNumber(value, place.session, place.span);
    if (number.type === "long" || number.type === "int") return { ...value, expr: number };
    return { ...plainValue(call("bin", "real", place.span, number, long(1, place.span))), nullable: value.nullable };
  },
  round: (args, place) => {
    const value = argument(args, 0, place);
    const digits = args.length > 1 ? argument(args, 1, place) : null;
    if (value === null) return null;
    const number = asNumber(value, place.session, place.span);
    const more = digits === null ? [] : [asNumber(digits, place.session, place.span)];
    return { ...plainValue(call("round", number.type, place.span, number, ...more)), nullable: value.nullable };
  },
  pow: (args, place) => {
    const [a, b] = [argument(args, 0, place), argument(args, 1, place)];
    if (a === null || b === null) return null;
    const numbers = [asNumber(a, place.session, place.span), asNumber(b, place.session, place.span)];
    return { ...plainValue(call("pow", "real", place.span, ...numbers)), nullable: a.nullable || b.nullable };
  },
  log: (args, place) => {
    const value = argument(args, 0, place);
    const base = args.length > 1 ? argument(args, 1, place) : null;
    const name = base === null || constantNumber(base) === 10 ? "log10" : constantNumber(base) === 2 ? "log2" : null;
    if (value === null || name === null) return null;
    const number = asNumber(value, place.session, place.span);
    return { ...plainValue(call(name, "real", place.span, number)), nullable: value.nullable };
  },
  tonumber: (args, place) => {
    const value = argument(args, 0, place);
    if (value === null || args.length > 1) return null;
    const number = asNumber(value, place.session, place.span);
    return { ...plainValue(number), nullable: value.nullable || number.kind === "call" };
  },
  tostring: (args, place) => {
    const value = argument(args, 0, place);
    if (value === null || args.length > 1 || value.expr.type === "bool") return null;
    return { ...value, expr: asText(value, place.session, place.span) };
  },
  substr: (args, place) => {
    const value = argument(args, 0, place);
    const [from, length] = [argument(args, 1, place), args.length > 2 ? argument(args, 2, place) : null];
    const start = from === null ? null : constantNumber(from);
    if (value === null || start === null || !Number.isInteger(start) || start === 0) return null;
    const { session, span } = place;
    const subject = asText(value, session, span);
    const size = call("strlen", "long", span, subject);
    const begin: Expr =
      start > 0
        ? long(start - 1, span)
        : call("max_of", "long", span, call("-", "long", span, size, long(-start, span)), long(0, span));
    const more = length === null ? [] : [asNumber(length, session, span)];
    return {
      ...plainValue(call("substring", "string", span, subject, begin, ...more)),
      nullable: value.nullable,
      missing: null,
    };
  },
  replace: (args, place) => {
    const [value, from, to] = [0, 1, 2].map((i) => argument(args, i, place));
    const pattern = from ? constantText(from) : null;
    const replacement = to ? constantText(to) : null;
    if (!value || pattern === null || replacement === null) return null;
    const { session, span } = place;
    const ported = forRe2(pattern);
    if (ported.kind === "unsupported") {
      session.unsupported("regex", span, `KQL's regular expressions have no such thing: ${ported.reason}`);
      return plainValue(text("", span));
    }
    const subject = asText(value, session, span);
    const plain = /^[^\\^$.|?*+()[\]{}]+$/.test(pattern) && !/[\\$]/.test(replacement);
    if (plain) {
      const done = call("replace_string", "string", span, subject, text(pattern, span), text(replacement, span));
      return { ...value, lower: false, expr: done };
    }
    const done = call("replace_regex", "string", span, subject, text(ported.text, span), text(replacement, span));
    return { ...value, lower: false, expr: done };
  },
  if: (args, place) => {
    const [tested] = args;
    const [yes, no] = [argument(args, 1, place), argument(args, 2, place)];
    if (tested === undefined || yes === null || no === null) return null;
    const { rows, session, span } = place;
    const when = session.condition(tested, true, rows, span);
    const [a, b] = unified([yes, no], session, span);
    if (a === undefined || b === undefined) return null;
    return {
      ...plainValue(choice(when, a, b, span)),
      nullable: yes.nullable || no.nullable || isNull(yes) || isNull(no),
    };
  },
  case: (args, place) => {
    const { rows, session, span } = place;
    if (args.length < 2 || args.length % 2 !== 0) return null;
    const conditions: Expr[] = [];
    const values: Value[] = [];
    let otherwise: Value | null = null;
    for (let i = 0; i < args.length; i += 2) {
      const [tested, value] = [args[i], argument(args, i + 1, place)];
      if (tested === undefined || value === null) return null;
      const when = alwaysTrue(tested) ? null : session.condition(tested, true, rows, span);
      if (when === null) {
        otherwise = value;
        break;
      }
      conditions.push(when);
      values.push(value);
    }
    const last = otherwise ?? { ...plainValue(nothing("unknown", span)), nullable: true };
    const [fallback, ...branches] = unified([last, ...values], session, span);
    if (fallback === undefined) return null;
    const nullable = [last, ...values].some((v) => v.nullable || isNull(v));
    const pairs = conditions.flatMap((when, i) => [when, branches[i] ?? fallback]);
    if (pairs.length === 0) return { ...plainValue(fallback), nullable };
    const [when, value] = pairs;
    if (pairs.length === 2 && when !== undefined && value !== undefined) {
      return { ...plainValue(choice(when, value, fallback, span)), nullable };
    }
    return { ...plainValue(call("case", fallback.type, span, ...pairs, fallback)), nullable };
  },
  validate: (args, place) => {
    const { rows, session, span } = place;
    if (args.length < 2 || args.length % 2 !== 0) return null;
    const pairs: Expr[] = [];
    for (let i = 0; i < args.length; i += 2) {
      const [tested, value] = [args[i], argument(args, i + 1, place)];
      if (tested === undefined || value === null) return null;
      pairs.push(not(session.condition(tested, true, rows, span)), asText(value, session, span));
    }
    return { ...plainValue(call("case", "string", span, ...pairs, text("", span))), nullable: true };
  },
  coalesce: (args, place) => {
    const values = args.flatMap((_, i) => argument(args, i, place) ?? []);
    const end = values.findIndex((v) => !v.nullable && !isNull(v));
    const used = end < 0 ? values : values.slice(0, end + 1);
    const [first] = used;
    if (first === undefined) return null;
    if (used.length === 1) return first;
    // An absent text is "" in KQL by itself.
    const filled = used.length === 2 && first.expr.type === "string" && used[1] && constantText(used[1]) === "";
    if (filled) return { ...first, nullable: false };
    const exprs = unified(used, place.session, place.span);
    const type = exprs[0]?.type ?? "string";
    return { ...plainValue(call("coalesce", type, place.span, ...exprs)), nullable: end < 0 };
  },
  nullif: (args, place) => {
    const [a, b] = [argument(args, 0, place), argument(args, 1, place)];
    if (a === null || b === null) return null;
    if (a.missing !== null && constantText(b) === a.missing) return { ...a, nullable: true, missing: null };
    const [left, right] = unified([a, b], place.session, place.span);
    if (left === undefined || right === undefined) return null;
    const { span } = place;
    return {
      ...plainValue(choice(test("==", span, left, right), nothing(left.type, span), left, span)),
      nullable: true,
    };
  },
  json_object: (args, place) => {
    const { session, span } = place;
    const values = args.flatMap((_, i) => argument(args, i, place) ?? []);
    const keys = values.filter((_, i) => i % 2 === 0);
    if (values.length % 2 !== 0 || keys.some((key) => constantText(key) === null)) return null;
    if (values.some((v) => v.nullable)) {
      session.approximate("empty-text", span, "an absent value is an empty text in KQL", "a value is absent");
    }
    for (const value of values) noteCase(value, session, span);
    const bag = call("bag_pack", "dynamic", span, ...values.map((v) => v.expr));
    return plainValue(call("tostring", "string", span, bag));
  },
  max: (args, place) => extreme("max_of", args, place),
  min: (args, place) => extreme("min_of", args, place),
};

function extreme(name: string, args: readonly EvalExpr[], place: Place): Value | null {
  const values = args.flatMap((_, i) => argument(args, i, place) ?? []);
  if (values.length < 2 || !values.every((v) => isNumeric(v.expr.type) && !v.nullable)) return null;
  const numbers = values.map((v) => asNumber(v, place.session, place.span));
  const type = numbers.some((n) => n.type === "real") ? "real" : "long";
  return plainValue(call(name, type, place.span, ...numbers));
}

function alwaysTrue(expr: EvalExpr): boolean {
  if (expr.kind === "call") return expr.name.toLowerCase() === "true" && expr.args.length === 0;
  return (
    expr.kind === "binary" &&
    expr.operator === "==" &&
    expr.left.kind === "number" &&
    expr.right.kind === "number" &&
    expr.left.text === expr.right.text
  );
}
