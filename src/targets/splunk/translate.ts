import { scalarFunction } from "../../functions/index.ts";
import type { SplArguments } from "../../functions/row.ts";
import type { Access, Call, Expr } from "../../plan/nodes.ts";
import { printExpr } from "../../plan/print.ts";
import { and, binary, call, type EvalExpr, field, isIn, not, nullValue, number, or, text } from "../../spl/eval.ts";
import { Datetime, Timespan } from "../../types/time.ts";
import type { Value } from "../../types/value.ts";
import { type Field, type Fields, isUncertain, type Shape } from "./columns.ts";
import { approximate, type Context, Unsupported } from "./context.ts";
import { columnsIn, evaluateWith } from "./partial.ts";
import { sizeOf } from "./size.ts";
import { epochSeconds, seconds } from "./time.ts";

/** An expression of eval and what is known of its value. */
export interface Code {
  readonly code: EvalExpr;
  /** Null is possible; it stands for "" where the type is string. */
  readonly nullable: boolean;
  readonly shape: Shape;
}

export interface Scope {
  readonly fields: Fields;
  readonly context: Context;
}

/** The most nodes that a written-out call may have. */
const largest = 5_000;

/** Functions whose result may be null although no argument is. */
const mayFail = new Set([
  "toint",
  "tolong",
  "toreal",
  "tobool",
  "todatetime",
  "totimespan",
  "toguid",
  "/",
  "%",
  "array_length",
  "parse_json",
  "make_datetime",
]);
/** Functions that give a value where their argument is null. */
const neverNull = new Set(["$hash", "bag_pack", "strcat"]);
const several = new Set([
  "split",
  "pack_array",
  "array_concat",
  "array_slice",
  "array_reverse",
  "set_union",
  "set_intersect",
  "set_difference",
  "extract_all",
]);
const json = new Set(["bag_pack", "parse_json", "bag_merge", "bag_remove_keys"]);

/** An expression as a value; a boolean becomes the text "true" or "false", as events have it. */
export function value(expr: Expr, scope: Scope): Code {
  switch (expr.kind) {
    case "literal":
      return constant(expr.value, expr);
    case "column":
      return column(expr, scope);
    case "and":
    case "or":
    case "not":
      return truthText(expr, scope);
    case "access":
      return access(expr, scope);
    case "call":
      return expr.type === "bool" && !["iff", "case", "coalesce", "tobool"].includes(expr.name)
        ? truthText(expr, scope)
        : called(expr, scope);
    case "let":
      throw new Unsupported("let", expr.name, `the value of ${expr.name} is not known here`, expr.span);
    case "in-table":
    case "toscalar":
      throw new Unsupported("subquery", printExpr(expr), "a table inside an expression has no form in eval", expr.span);
  }
}

/** A string expression that is never null: "" where the field is absent. */
export function textOf(expr: Expr, scope: Scope): EvalExpr {
  return asText(value(expr, scope));
}

function asText({ code, nullable }: Code): EvalExpr {
  return nullable ? call("coalesce", code, text("")) : code;
}

function truthText(expr: Expr, scope: Scope): Code {
  const isTrue = condition(expr, true, scope);
  const mayBeNull = [...columnsIn(expr)].some((name) => {
    const known = scope.fields.get(name);
    return known === undefined || (known.type !== "string" && isUncertain(known));
  });
  if (!mayBeNull) return { code: call("if", isTrue, text("true"), text("false")), nullable: false, shape: "one" };
  const code = call("case", isTrue, text("true"), condition(expr, false, scope), text("false"));
  return { code, nullable: true, shape: "one" };
}

function constant(literal: Value, expr: Expr): Code {
  const one = (code: EvalExpr, isNull = false): Code => ({ code, nullable: isNull, shape: "one" });
  if (literal === null) return expr.type === "string" ? one(text("")) : one(nullValue, true);
  if (typeof literal === "string") return one(text(literal));
  if (typeof literal === "boolean") return one(text(String(literal)));
  if (typeof literal === "number" && !Number.isFinite(literal)) {
    throw new Unsupported("number", String(literal), "eval has no NaN and no infinity", expr.span);
  }
  if (typeof literal === "number" || typeof literal === "bigint") return one(number(literal));
  if (literal instanceof Datetime) return one(number(epochSeconds(literal)));
  if (literal instanceof Timespan) return one(number(seconds(literal)));
  if (Array.isArray(literal)) {
    const items: readonly Value[] = literal;
    if (items.some((i) => typeof i === "object"))
      throw new Unsupported("nested-array", "dynamic", "a field holds no nested arrays", expr.span);
    const parts = items.map((item) => constant(item, expr).code);
    const code =
      parts.length === 0 ? nullValue : parts.length === 1 ? (parts[0] ?? nullValue) : call("mvappend", ...parts);
    return { code, nullable: parts.length === 0, shape: "several" };
  }
  return { code: text(JSON.stringify(literal)), nullable: false, shape: "json" };
}

function column(expr: Extract<Expr, { kind: "column" }>, scope: Scope): Code {
  const known = scope.fields.get(expr.name);
  const base = field(expr.name);
  if (known === undefined) return { code: base, nullable: true, shape: "one" };
  const code = known.missing === null ? base : call("nullif", base, text(known.missing));
  if (known.textTime && known.type === "datetime") {
    return { code: call("strptime", code, text("%Y-%m-%dT%H:%M:%S.%Q%Z")), nullable: true, shape: "one" };
  }
  return { code, nullable: isUncertain(known), shape: known.shape };
}

function access(expr: Access, scope: Scope): Code {
  const target = value(expr.target, scope);
  const key = expr.key.kind === "literal" ? expr.key.value : undefined;
  if (typeof key === "number" && target.shape === "several") {
    return { code: call("mvindex", target.code, number(key)), nullable: true, shape: "one" };
  }
  if (target.shape === "several")
    throw new Unsupported("index", printExpr(expr), "an element is chosen by a number that is not constant", expr.span);
  if (typeof key === "number" && key >= 0) {
    return { code: call("json_extract", target.code, text(`{${key}}`)), nullable: true, shape: "json" };
  }
  if (typeof key === "string" && /^[\w -]+$/.test(key)) {
    return { code: call("json_extract", target.code, text(key)), nullable: true, shape: "json" };
  }
  if (typeof key === "string")
    return { code: call("json_extract_exact", target.code, text(key)), nullable: true, shape: "json" };
  throw new Unsupported("index", printExpr(expr), "this element cannot be taken out of a JSON text by eval", expr.span);
}

/** Another text for an absent value needs no care where the function makes the same of it as of "". */
function withoutHarmless(expr: Call, scope: Scope): Scope {
  const [only, ...rest] = columnsIn(expr);
  const known = only === undefined ? undefined : scope.fields.get(only);
  if (only === undefined || rest.length > 0 || known === undefined || known.missing === null) return scope;
  const results = [known.missing, ""].map((given) => evaluateWith(expr, new Map([[only, given]])));
  if (results[0] === undefined || results[0] !== results[1]) return scope;
  return { ...scope, fields: new Map([...scope.fields, [only, { ...known, missing: null }]]) };
}

function called(expr: Call, outer: Scope): Code {
  const scope = withoutHarmless(expr, outer);
  const row = scalarFunction(expr.name);
  if (row?.spl === undefined) {
    throw new Unsupported("function", expr.name, `${expr.name} has no form in SPL`, expr.span);
  }
  let isNullable = mayFail.has(expr.name);
  const shape: Shape = several.has(expr.name) ? "several" : json.has(expr.name) ? "json" : "one";
  const shapes = new Set<Shape>();
  const argument = (index: number): Expr => {
    const found = expr.args[index];
    if (found === undefined)
      throw new Unsupported("function", expr.name, `${expr.name} needs more arguments`, expr.span);
    return found;
  };
  const known = new Map<number, Code>();
  const codeOf = (index: number): Code => {
    const given = known.get(index) ?? value(argument(index), scope);
    known.set(index, given);
    return given;
  };
  const args: SplArguments = {
    count: expr.args.length,
    value(index) {
      const given = codeOf(index);
      if (given.nullable) isNullable = true;
      shapes.add(given.shape);
      return given.code;
    },
    text: (index) => asText(codeOf(index)),
    condition: (index) => condition(argument(index), true, scope),
    type: (index) => argument(index).type,
    shape: (index) => codeOf(index).shape,
    constant: (index) => {
      const given = expr.args[index];
      return given?.kind === "literal" ? given.value : undefined;
    },
    approximate: (cause, message, when) => approximate(scope.context, cause, printExpr(expr), message, when, expr.span),
    unsupported: (cause, message) => {
      throw new Unsupported(cause, printExpr(expr), message, expr.span);
    },
  };
  const code = row.spl(args);
  if (sizeOf(code) > largest) {
    throw new Unsupported("too-large", expr.name, `${expr.name} is too long once it is written out`, expr.span);
  }
  const kept = ["iff", "case", "coalesce"].includes(expr.name) && shapes.size === 1 ? [...shapes][0] : undefined;
  return { code, nullable: isNullable && !neverNull.has(expr.name), shape: kept ?? shape };
}

// ---- conditions

/**
 * A condition that holds exactly where KQL's expression is `want`, whatever is absent: KQL's strings have no null, a
 * comparison with an absent field is null in SPL, and null drops the row. NOT is pushed inwards, where the rules of
 * both sides are known.
 */
export function condition(expr: Expr, want: boolean, scope: Scope): EvalExpr {
  switch (expr.kind) {
    case "literal":
      return call(expr.value === want ? "true" : "false");
    case "and":
      return (want ? and : or)(...expr.operands.map((o) => condition(o, want, scope)));
    case "or":
      return (want ? or : and)(...expr.operands.map((o) => condition(o, want, scope)));
    case "not":
      return condition(expr.operand, !want, scope);
    case "column":
      return binary(value(expr, scope).code, "==", text(String(want)));
    case "call":
      return atom(expr, want, scope);
    default:
      return binary(value(expr, scope).code, "==", text(String(want)));
  }
}

function atom(expr: Call, want: boolean, scope: Scope): EvalExpr {
  if (["isempty", "isnotempty", "isnull", "isnotnull"].includes(expr.name)) return emptiness(expr, want, scope);
  const uncertain = [...columnsIn(expr)].filter((name) => {
    const known = scope.fields.get(name);
    return known === undefined || isUncertain(known);
  });
  const [only] = uncertain;
  if (only !== undefined && uncertain.length === 1) {
    const known = scope.fields.get(only);
    const onAbsent = evaluateWith(expr, new Map([[only, absentValue(known)]]));
    if (onAbsent !== undefined) return guarded(expr, want, only, onAbsent, scope);
  }
  return certain(expr, want, scope);
}

/** What KQL has where the event has nothing: "" for a string, null for any other type. */
function absentValue(known: Field | undefined): Value {
  return known === undefined || known.type === "string" || known.type === "dynamic" || known.type === "unknown"
    ? ""
    : null;
}

/** A test of one field that may be absent, with what KQL says of an absent one added. */
function guarded(expr: Call, want: boolean, name: string, onAbsent: Value, scope: Scope): EvalExpr {
  const known = scope.fields.get(name);
  const missing = known?.missing ?? null;
  const onMissing = missing === null ? onAbsent : evaluateWith(expr, new Map([[name, missing]]));
  const without: Field = {
    ...(known ?? { type: "string", empty: true, shape: "one", textTime: false }),
    nullable: false,
    missing: null,
  };
  const base = certain(expr, want, { ...scope, fields: new Map([...scope.fields, [name, without]]) });
  const f = field(name);
  // How Splunk orders a number and a text is not documented.
  const isEquality = (expr.name === "==" || expr.name === "in") && expr.args[0]?.kind === "column";
  const unsure = known !== undefined && known.type !== "string" && !isEquality;
  if (onAbsent === want) {
    const parts = known?.nullable === false ? [] : [call("isnull", f)];
    if (missing !== null && (unsure || onMissing !== want)) parts.push(binary(f, "==", text(missing)));
    return or(...parts, base);
  }
  const parts = missing !== null && (unsure || onMissing === want) ? [binary(f, "!=", text(missing))] : [];
  if (known?.nullable !== false && !dropsNull(base)) parts.push(call("isnotnull", f));
  return and(...parts, base);
}

/** Whether a condition is certainly null or false where its field is null. */
function dropsNull(code: EvalExpr): boolean {
  switch (code.kind) {
    case "binary":
      return passesNull(code.left) || passesNull(code.right);
    case "in":
      return passesNull(code.operand);
    case "call":
      return (code.name === "match" || code.name === "cidrmatch") && code.args.some(passesNull);
    case "and":
      return code.operands.some(dropsNull);
    case "or":
      return code.operands.every(dropsNull);
    default:
      return false;
  }
}

const nullSafe = new Set([
  "isnull",
  "isnotnull",
  "coalesce",
  "if",
  "case",
  "validate",
  "nullif",
  "mvappend",
  "json_object",
  "tostring",
]);

function passesNull(code: EvalExpr): boolean {
  switch (code.kind) {
    case "field":
      return true;
    case "call":
      return !nullSafe.has(code.name) && code.args.some(passesNull);
    case "binary":
      return passesNull(code.left) || passesNull(code.right);
    case "negative":
      return passesNull(code.operand);
    default:
      return false;
  }
}

const negated: Readonly<Record<string, "==" | "!=" | "<" | "<=" | ">" | ">=">> = {
  "==": "!=",
  "<": ">=",
  "<=": ">",
  ">": "<=",
  ">=": "<",
};

/** A test of values that are there: true or false, but for values that an expression makes null. */
function certain(expr: Call, want: boolean, scope: Scope): EvalExpr {
  const [left, right] = expr.args;
  switch (expr.name) {
    case "==":
    case "<":
    case "<=":
    case ">":
    case ">=":
      if (left && right) return comparison(expr, left, right, want, scope);
      break;
    case "in": {
      const [operand, ...items] = expr.args;
      if (operand) return membership(operand, items, want, scope);
      break;
    }
    case "between": {
      const [low, high] = [expr.args[1], expr.args[2]];
      if (left && low && high) {
        const bound =
          high.type === "timespan" && left.type === "datetime"
            ? { ...expr, name: "+", args: [low, high], type: "datetime" as const }
            : high;
        const from = comparison({ ...expr, name: ">=" }, left, low, want, scope);
        const to = comparison({ ...expr, name: "<=" }, left, bound, want, scope);
        return (want ? and : or)(from, to);
      }
      break;
    }
    default:
  }
  if (["iff", "case", "coalesce", "tobool"].includes(expr.name))
    return binary(called(expr, scope).code, "==", text(String(want)));
  const { code } = called(expr, scope);
  return want ? code : not(code);
}

function comparison(expr: Call, left: Expr, right: Expr, want: boolean, scope: Scope): EvalExpr {
  const isString = left.type === "string" || right.type === "string";
  const side = (e: Expr): Code =>
    isString || e.type === "dynamic" ? { code: textOf(e, scope), nullable: false, shape: "one" } : value(e, scope);
  const a = side(left);
  const b = side(right);
  const operator =
    expr.name === "==" || expr.name === "<" || expr.name === "<=" || expr.name === ">" || expr.name === ">="
      ? expr.name
      : "==";
  if (want) return binary(a.code, operator, b.code);
  const opposite = binary(a.code, negated[operator] ?? "!=", b.code);
  if (operator !== "==") return opposite;
  // `null == 1` is false in KQL, so its negation keeps the row.
  const nulls = [a, b].flatMap((side) => (side.nullable ? [call("isnull", side.code)] : []));
  return or(...nulls, opposite);
}

function membership(operand: Expr, items: readonly Expr[], want: boolean, scope: Scope): EvalExpr {
  const isString = operand.type === "string" || operand.type === "dynamic" || items.some((i) => i.type === "string");
  const a = isString ? { code: textOf(operand, scope), nullable: false } : value(operand, scope);
  const list = items.flatMap((item): readonly EvalExpr[] => {
    if (item.kind !== "literal" || !Array.isArray(item.value))
      return [isString ? textOf(item, scope) : value(item, scope).code];
    const parts: readonly Value[] = item.value.flat(64) as readonly Value[];
    return parts.map((part) => constant(part, { ...item, type: "string" }).code);
  });
  if (list.length === 0) return call(want ? "false" : "true");
  const code = isIn(a.code, list);
  if (want) return code;
  return or(
    ...(a.nullable ? [call("isnull", a.code)] : []),
    code.kind === "binary" ? { ...code, operator: "!=" } : not(code),
  );
}

/** isempty, isnotempty, isnull, isnotnull. */
function emptiness(expr: Call, want: boolean, scope: Scope): EvalExpr {
  const [operand] = expr.args;
  if (operand === undefined) throw new Unsupported("function", expr.name, `${expr.name} needs an argument`, expr.span);
  const isNegative = expr.name === "isnotempty" || expr.name === "isnotnull";
  const isAbsent = isNegative !== want;
  const given = value(operand, scope);
  if (operand.type === "string") {
    if (expr.name === "isnull" || expr.name === "isnotnull") return call(isAbsent ? "false" : "true");
    if (operand.kind === "column") return emptyField(operand.name, isAbsent, scope);
    if (isAbsent) return binary(given.nullable ? call("coalesce", given.code, text("")) : given.code, "==", text(""));
    return binary(given.code, "!=", text(""));
  }
  if (operand.type === "dynamic" || operand.type === "unknown") {
    if (isAbsent) return or(call("isnull", given.code), binary(given.code, "==", text("")));
    return binary(given.code, "!=", text(""));
  }
  return call(isAbsent ? "isnull" : "isnotnull", given.code);
}

function emptyField(name: string, isAbsent: boolean, scope: Scope): EvalExpr {
  const known = scope.fields.get(name);
  const f = field(name);
  const missing = known?.missing ?? null;
  if (isAbsent) {
    return or(
      ...(known?.nullable === false ? [] : [call("isnull", f)]),
      ...(missing === null ? [] : [binary(f, "==", text(missing))]),
      binary(f, "==", text("")),
    );
  }
  return and(binary(f, "!=", text("")), ...(missing === null ? [] : [binary(f, "!=", text(missing))]));
}
