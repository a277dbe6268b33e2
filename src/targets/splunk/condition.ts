import type { Call, Expr } from "../../plan/nodes.ts";
import { and, binary, call, type EvalExpr, field, not, or, text } from "../../spl/eval.ts";
import type { Value } from "../../types/value.ts";
import type { Code, Scope } from "./code.ts";
import { type Field, isUncertain } from "./columns.ts";
import { constant } from "./constant.ts";
import { Unsupported } from "./context.ts";
import { anyMatch } from "./merge-matches.ts";
import { dropsNull } from "./null-safety.ts";
import { columnsIn, evaluateWith } from "./partial.ts";
import { isCaseless, isText, readsAsNumber } from "./text-equality.ts";
import { called, textOf, value } from "./value.ts";

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
      return (want ? and : anyMatch)(...expr.operands.map((o) => condition(o, want, scope)));
    case "or":
      return (want ? anyMatch : and)(...expr.operands.map((o) => condition(o, want, scope)));
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
  const code = withoutCaseChange(tested(expr, want, scope));
  return want && failsOnEmpty(expr) ? withoutFilling(code) : code;
}

/** `match(lower(x), "(?i)…")` → `match(x, "(?i)…")` */
function withoutCaseChange(code: EvalExpr): EvalExpr {
  if (code.kind === "not") return { ...code, operand: withoutCaseChange(code.operand) };
  if (code.kind === "and" || code.kind === "or") return { ...code, operands: code.operands.map(withoutCaseChange) };
  if (code.kind !== "call" || code.name !== "match") return code;
  const [subject, pattern] = code.args;
  if (subject?.kind !== "call" || pattern?.kind !== "string" || !pattern.value.startsWith("(?i)")) return code;
  const [inner] = subject.args;
  const changesCase = subject.name === "lower" || subject.name === "upper";
  return changesCase && inner !== undefined ? { ...code, args: [inner, pattern] } : code;
}

/** Whether a test of some text is false for "", so that null, which drops the row as well, need not become that. */
function failsOnEmpty({ args: [operand, ...others], ...test }: Call): boolean {
  if (operand?.type !== "string" && operand?.type !== "dynamic") return false;
  if (operand.kind === "column" || others.some((o) => o.kind !== "literal")) return false;
  const empty: Expr = { kind: "literal", value: "", type: "string", span: operand.span };
  return evaluateWith({ ...test, args: [empty, ...others] }, new Map()) === false;
}

/** `coalesce(x, "")=="a"` → `x=="a"` */
function withoutFilling(code: EvalExpr): EvalExpr {
  switch (code.kind) {
    case "binary":
      return { ...code, left: unfilled(code.left) };
    case "in":
      return { ...code, operand: unfilled(code.operand) };
    case "or":
      return { ...code, operands: code.operands.map(withoutFilling) };
    case "call": {
      const [first, ...rest] = code.args;
      return code.name === "match" && first !== undefined ? { ...code, args: [unfilled(first), ...rest] } : code;
    }
    default:
      return code;
  }
}

function unfilled(code: EvalExpr): EvalExpr {
  if (code.kind !== "call") return code;
  const [first, second] = code.args;
  if (first === undefined) return code;
  if (code.name === "lower") return { ...code, args: [unfilled(first)] };
  const isFilling =
    code.name === "coalesce" && code.args.length === 2 && second?.kind === "string" && second.value === "";
  return isFilling ? first : code;
}

function tested(expr: Call, want: boolean, scope: Scope): EvalExpr {
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
    case "=~":
    case "in~":
      if (expr.args.slice(1).every(isCaseless))
        return certain({ ...expr, name: expr.name === "=~" ? "==" : "in" }, want, scope);
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
  if (want) return code;
  // Of what is no IPv4 address, KQL says neither that it is in a range nor that it is not.
  const isRange = expr.name === "ipv4_is_private" || expr.name === "ipv4_is_in_range";
  return isRange && left !== undefined
    ? and(call("cidrmatch", text("0.0.0.0/0"), textOf(left, scope)), not(code))
    : not(code);
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
  if (operator === "==" && readsAsNumber(b.code)) {
    const test = isText(a.code, [b.code]);
    return want ? test : not(test);
  }
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
  const code = isText(a.code, list);
  if (want) return code;
  return or(
    ...(a.nullable ? [call("isnull", a.code)] : []),
    code.kind === "binary" && code.operator === "==" ? { ...code, operator: "!=" } : not(code),
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
