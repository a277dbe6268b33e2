import type { Call, Expr } from "../../plan/nodes.ts";
import { hasCase } from "../../spl/regex.ts";
import { allOf, anyOf, compare, isOneOf, noneOf, type SearchExpr } from "../../spl/search.ts";
import type { Value } from "../../types/value.ts";
import type { Fields } from "./columns.ts";
import { evaluateWith } from "./partial.ts";
import { type Subject, subjectOf } from "./subject.ts";

/** What the search language can say of a condition: never less than the condition lets through, `exact` when no more either. */
export interface Terms {
  readonly expr: SearchExpr;
  readonly exact: boolean;
}

/** The terms of a condition over the events' fields, or null where there are none. */
export function searchTerms(expr: Expr, want: boolean, fields: Fields): Terms | null {
  switch (expr.kind) {
    case "and":
    case "or":
      return (expr.kind === "and") === want ? every(expr.operands, want, fields) : some(expr.operands, want, fields);
    case "not":
      return searchTerms(expr.operand, !want, fields);
    case "call":
      return ofChoice(expr, want, fields) ?? ofTest(expr, want, fields);
    default:
      return null;
  }
}

function every(operands: readonly Expr[], want: boolean, fields: Fields): Terms | null {
  const found = operands.map((o) => searchTerms(o, want, fields));
  const known = found.flatMap((t) => (t === null ? [] : [t]));
  const expr = allOf(known.map((t) => t.expr));
  return expr && { expr, exact: known.length === found.length && known.every((t) => t.exact) };
}

function some(operands: readonly Expr[], want: boolean, fields: Fields): Terms | null {
  const found = operands.map((o) => searchTerms(o, want, fields));
  const known = found.flatMap((t) => (t === null ? [] : [t]));
  if (known.length < found.length) return null;
  const expr = alternatives(known.map((t) => t.expr));
  return expr && { expr, exact: known.every((t) => t.exact) };
}

/** Alternatives for one field as one IN, without those that another one covers. */
export function alternatives(exprs: readonly SearchExpr[]): SearchExpr | null {
  const values = new Map<string, string[]>();
  const order: (string | SearchExpr)[] = [];
  for (const expr of exprs.flatMap((e) => (e.kind === "or" ? e.operands : [e]))) {
    const own =
      expr.kind === "in"
        ? { field: expr.field, values: expr.values }
        : expr.kind === "compare" && expr.operator === "="
          ? { field: expr.field, values: [expr.value] }
          : null;
    if (own === null) {
      order.push(expr);
      continue;
    }
    const list = values.get(own.field);
    if (list === undefined) {
      values.set(own.field, [...own.values]);
      order.push(own.field);
    } else list.push(...own.values);
  }
  return anyOf(order.map((o) => (typeof o === "string" ? isOneOf(o, withoutCovered(values.get(o) ?? [])) : o)));
}

/** Drops `*localgroup*` beside `*group*`. */
function withoutCovered(values: readonly string[]): readonly string[] {
  const distinct = values.filter((v, i) => values.findIndex((w) => w.toLowerCase() === v.toLowerCase()) === i);
  const parts = distinct.flatMap((v) => (/^\*[^*]+\*$/.test(v) ? [v.slice(1, -1).toLowerCase()] : []));
  return distinct.filter((v) => {
    const own = v.toLowerCase();
    return !parts.some((part) => own !== `*${part}*` && own.includes(part));
  });
}

/** `case(c, "A", …) == "A"` implies one of the conditions that lead to such a value. */
function ofChoice(expr: Call, want: boolean, fields: Fields): Terms | null {
  const index = expr.args.findIndex((a) => a.kind === "call" && (a.name === "case" || a.name === "iff"));
  const choice = expr.args[index];
  if (choice?.kind !== "call" || expr.args.some((a, i) => i !== index && a.kind !== "literal")) return null;
  const branches: Expr[] = [];
  const leads = (result: Expr | undefined): boolean => {
    if (result === undefined) return false;
    const outcome = evaluateWith({ ...expr, args: expr.args.with(index, result) }, new Map());
    return outcome === undefined || outcome === want;
  };
  for (let i = 0; i + 1 < choice.args.length; i += 2) {
    const test = choice.args[i];
    if (test !== undefined && leads(choice.args[i + 1])) branches.push(test);
  }
  if (leads(choice.args.at(-1))) return null;
  const terms = some(branches, true, fields);
  return terms && { ...terms, exact: false };
}

// ---- one test of one field

type Pattern = "equal" | "contains" | "startswith" | "endswith";
interface Test {
  readonly pattern: Pattern;
  readonly values: readonly string[];
  readonly all: boolean;
  readonly caseSensitive: boolean;
  /** False where the operator asks for more than the pattern: a whole term. */
  readonly exact: (value: string) => boolean;
}

const always = (): boolean => true;
const isFree = (character: string | undefined): boolean => character !== undefined && !/[\p{L}\p{N}]/u.test(character);
const freeStart = (value: string): boolean => isFree([...value][0]);
const freeEnd = (value: string): boolean => isFree([...value].at(-1));

function testOf(expr: Call): Test | null {
  const items = itemsOf(expr);
  if (items === null) return null;
  const caseSensitive = expr.name.endsWith("_cs") || expr.name === "==" || expr.name === "in";
  const test = (pattern: Pattern, exact: Test["exact"] = always, all = false): Test => ({
    pattern,
    values: items,
    all,
    caseSensitive,
    exact,
  });
  switch (expr.name.replace(/_cs$/, "")) {
    case "==":
    case "=~":
    case "in":
    case "in~":
      return test("equal");
    case "contains":
      return test("contains");
    case "startswith":
      return test("startswith");
    case "endswith":
      return test("endswith");
    case "has":
    case "has_any":
      return test("contains", (v) => freeStart(v) && freeEnd(v));
    case "has_all":
      return test("contains", (v) => freeStart(v) && freeEnd(v), true);
    case "hasprefix":
      return test("contains", freeStart);
    case "hassuffix":
      return test("contains", freeEnd);
    default:
      return null;
  }
}

/** The constants on the right, as texts; null where one is none. */
function itemsOf(expr: Call): readonly string[] | null {
  const values: string[] = [];
  for (const arg of expr.args.slice(1)) {
    if (arg.kind !== "literal") return null;
    const list: readonly Value[] = Array.isArray(arg.value) ? (arg.value.flat(64) as readonly Value[]) : [arg.value];
    for (const item of list) {
      if (typeof item === "string") values.push(item);
      else if ((typeof item === "number" || typeof item === "bigint") && Number.isInteger(Number(item)) && item >= 0)
        values.push(String(item));
      else if (typeof item === "boolean") values.push(String(item));
      else return null;
    }
  }
  return values.length === 0 ? null : values;
}

function ofTest(expr: Call, want: boolean, fields: Fields): Terms | null {
  const [operand] = expr.args;
  const subject = operand && subjectOf(operand, fields);
  if (!subject || !operand) return null;
  const known = fields.get(subject.field);
  if (known === undefined) return null;
  if (expr.name === "isnotempty" || expr.name === "isnotnull" || expr.name === "isempty" || expr.name === "isnull") {
    const isThere = (expr.name === "isnotempty" || expr.name === "isnotnull") === want;
    // Whether `f=*` finds an empty text is not documented, so it is no more than a start.
    return isThere && subject.whole && known.nullable && known.missing === null
      ? { expr: compare(subject.field, "=", "*"), exact: known.type !== "string" }
      : null;
  }
  if (known.type === "datetime" || known.type === "real" || known.type === "timespan") return null;
  const test = testOf(expr);
  if (test === null || test.values.includes("")) return null;
  const built = test.values.map((v) => pattern(v, test, subject));
  const parts = built.map((p) => p.value);
  const exact = built.every((p) => p.exact) && agreesOnAbsent(expr, subject.field, fields);
  const positive = test.all
    ? allOf(parts.map((p) => compare(subject.field, "=", p)))
    : alternatives([isOneOf(subject.field, parts)]);
  if (positive === null) return null;
  if (want) return { expr: positive, exact };
  return exact ? { expr: noneOf(positive), exact } : null;
}

/** The wildcard value, and whether it lets through just what the test does. */
function pattern(text: string, test: Test, subject: Subject): { readonly value: string; readonly exact: boolean } {
  const body = text.replace(/[\n\r\t]/g, "*");
  const start = test.pattern === "contains" || test.pattern === "endswith" ? "*" : subject.prefix;
  const end = test.pattern === "contains" || test.pattern === "startswith" ? "*" : subject.suffix;
  const value = `${start}${body}${end}`.replace(/\*{2,}/g, "*");
  // A part of a field: only a comparison with all of it, or with its free end, says no more than the test does.
  const isInside =
    subject.whole ||
    (test.pattern === "equal" && !separatorIn(text, subject)) ||
    (test.pattern === "endswith" && subject.suffix === "" && !separatorIn(text, subject)) ||
    (test.pattern === "startswith" && subject.prefix === "" && !separatorIn(text, subject));
  const sameCase =
    !test.caseSensitive ||
    !hasCase(text) ||
    (subject.folded === "lower" && text === text.toLowerCase()) ||
    (subject.folded === "upper" && text === text.toUpperCase());
  const wholeHash = subject.length === null || (text.length === subject.length && /^[0-9a-f]+$/i.test(text));
  return { value, exact: isInside && wholeHash && sameCase && test.exact(text) && !/[*\n\r\t]/.test(text) };
}

function separatorIn(text: string, subject: Subject): boolean {
  const separator = `${subject.prefix}${subject.suffix}`.replaceAll("*", "");
  return separator !== "" && text.includes(separator);
}

/** Whether search, where an absent field has no value and another text may stand for it, decides as KQL does on "". */
function agreesOnAbsent(expr: Call, field: string, fields: Fields): boolean {
  const known = fields.get(field);
  if (known === undefined) return false;
  const absent = known.type === "string" || known.type === "dynamic" || known.type === "unknown" ? "" : null;
  // A positive term is false for an absent field, its NOT is true.
  const onAbsent = evaluateWith(expr, new Map([[field, absent]]));
  if (onAbsent !== false) return false;
  if (known.missing === null) return true;
  return evaluateWith(expr, new Map([[field, known.missing]])) === false;
}
