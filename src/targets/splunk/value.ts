import { scalarFunction } from "../../functions/index.ts";
import type { SplArguments } from "../../functions/row.ts";
import type { Access, Call, Expr } from "../../plan/nodes.ts";
import { printExpr } from "../../plan/print.ts";
import { call, type EvalExpr, field, number, text } from "../../spl/eval.ts";
import type { Code, Scope } from "./code.ts";
import { isUncertain, type Shape } from "./columns.ts";
import { constant } from "./constant.ts";
import { approximate, Unsupported } from "./context.ts";
import { columnsIn, evaluateWith } from "./partial.ts";
import { simplified } from "./simplified.ts";
import { sizeOf } from "./size.ts";

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
  return chosen(expr, text("true"), text("false"), scope);
}

/** One value where a condition holds, another where it does not, null where it is null. */
function chosen(expr: Expr, yes: EvalExpr, no: EvalExpr, scope: Scope): Code {
  const isTrue = scope.condition(expr, true, scope);
  const mayBeNull = [...columnsIn(expr)].some((name) => {
    const known = scope.fields.get(name);
    return known === undefined || (known.type !== "string" && isUncertain(known));
  });
  if (!mayBeNull) return { code: call("if", isTrue, yes, no), nullable: false, shape: "one" };
  const code = call("case", isTrue, yes, scope.condition(expr, false, scope), no);
  return { code, nullable: true, shape: "one" };
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
  if (results[0] == null || results[0] !== results[1]) return scope;
  return { ...scope, fields: new Map([...scope.fields, [only, { ...known, missing: null }]]) };
}

export function called(expr: Call, outer: Scope): Code {
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
    condition: (index) => scope.condition(argument(index), true, scope),
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
  const flag = flagNumber(expr, args, scope);
  if (flag !== null) return flag;
  const code = simplified(row.spl(args));
  if (sizeOf(code) > largest) {
    throw new Unsupported("too-large", expr.name, `${expr.name} is too long once it is written out`, expr.span);
  }
  const kept = ["iff", "case", "coalesce"].includes(expr.name) && shapes.size === 1 ? [...shapes][0] : undefined;
  return { code, nullable: isNullable && !neverNull.has(expr.name), shape: kept ?? shape };
}

/** The number of a truth value: events hold it as a text. Times and lengths of time are counted otherwise in KQL than here. */
function flagNumber({ name, args: [of] }: Call, args: SplArguments, scope: Scope): Code | null {
  if (!["toint", "tolong", "toreal", "todecimal"].includes(name) || of === undefined) return null;
  if (of.type === "datetime" || of.type === "timespan")
    args.unsupported("ticks", `${name} gives the ticks of a ${of.type}, which eval does not have`);
  return of.type === "bool" ? chosen(of, number(1), number(0), scope) : null;
}
