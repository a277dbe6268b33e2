import type { Span } from "../diagnostics/source.ts";
import type { Expr } from "../plan/nodes.ts";
import type { SearchCompare, SearchExpr } from "../spl/tree.ts";
import { allOf, anyOf, call, long, not, test, truth } from "./build.ts";
import { passThrough } from "./macros.ts";
import { type Notes, spanOf } from "./notes.ts";
import { fitsWildcard, wildcardTest } from "./pattern.ts";
import { type Field, fieldOf, present, type Rows } from "./rows.ts";
import { specialTest } from "./special-test.ts";
import { epoch } from "./time.ts";

/** A condition of the search language over the rows. (SPL Search Reference: search) */
export function searchCondition(expr: SearchExpr, rows: Rows, notes: Notes, around: Span): Expr {
  const span = spanOf(expr, around);
  switch (expr.kind) {
    case "and":
      return allOf(
        expr.operands.map((o) => searchCondition(o, rows, notes, span)),
        span,
      );
    case "or":
      return anyOf(
        expr.operands.map((o) => searchCondition(o, rows, notes, span)),
        span,
      );
    case "not":
      return not(searchCondition(expr.operand, rows, notes, span));
    case "compare":
      return compare(expr, rows, notes, span);
    case "in":
      return anyOf(
        expr.values.map((value) =>
          compare({ kind: "compare", field: expr.field, operator: "=", value }, rows, notes, span),
        ),
        span,
      );
    case "term":
      if (expr.text === "*") return truth(true, span);
      notes.unsupported("raw-text", span, "a word is looked for in the raw event, which no column holds");
      return truth(true, span);
    case "directive":
      notes.unsupported("raw-text", span, `${expr.name}() looks into the index, which KQL does not have`);
      return truth(true, span);
    case "macro":
      return passThrough(expr, notes, span) ? truth(true, span) : truth(true, span);
    case "subsearch":
      notes.unsupported("subsearch", span, "a subsearch is not ported");
      return truth(true, span);
    case "computed":
      notes.unsupported("subsearch", span, "a value that a subsearch or a macro makes is not ported");
      return truth(true, span);
  }
}

function compare(expr: SearchCompare, rows: Rows, notes: Notes, span: Span): Expr {
  const { operator, value } = expr;
  const field = fieldOf(rows, expr.field);
  if (field === null) return absent(expr, rows, notes, span);
  if (operator === "=") return matching(field, expr.field, value, notes, span);
  if (operator === "!=") {
    return allOf([present(field, span), not(matching(field, expr.field, value, notes, span))], span);
  }
  return ordering(field, operator, value, notes, span);
}

/** A field that the rows do not have: nothing is equal to it. */
function absent(expr: SearchCompare, rows: Rows, notes: Notes, span: Span): Expr {
  noField(expr.field, rows, notes, span);
  return truth(false, span);
}

export function noField(name: string, rows: Rows, notes: Notes, span: Span): void {
  // Behind a command that is not ported its fields are missing too.
  if (rows.events === null && notes.list.some((n) => n.level === "unsupported")) return;
  const message =
    rows.events === null
      ? `the results have no field ${name} at this stage`
      : `no column of ${rows.events.name} holds ${name}`;
  notes.unsupported("no-field", span, message);
}

/** `field=pattern`. */
function matching(field: Field, name: string, pattern: string, notes: Notes, span: Span): Expr {
  const { value, event, missing } = field;
  if (/^\*+$/.test(pattern)) return present(field, span);
  if (missing !== null && pattern.toLowerCase() === missing.toLowerCase()) return test("isempty", span, value);
  const special = event === null ? null : specialTest(event, pattern, name, notes, span);
  const tested = special ?? plainTest(value, pattern, name, notes, span);
  if (missing === null || !pattern.includes("*")) return tested;
  return fitsWildcard(pattern, missing) ? anyOf([tested, test("isempty", span, value)], span) : tested;
}

function plainTest(value: Expr, pattern: string, name: string, notes: Notes, span: Span): Expr {
  switch (value.type) {
    case "string":
    case "unknown":
    case "guid":
      return wildcardTest(value, pattern, span);
    case "long":
    case "int":
    case "real":
    case "decimal":
      if (/^-?\d{1,15}$/.test(pattern)) return test("==", span, value, long(Number(pattern), span));
      if (/^-?\d{1,15}\.\d{1,10}$/.test(pattern))
        return test("==", span, value, { ...long(Number(pattern), span), type: "real" });
      return wildcardTest(call("tostring", "string", span, value), pattern, span);
    case "dynamic":
      if (/^[^*]+$/.test(pattern)) {
        notes.approximate(
          "letter-case",
          span,
          `${name} has several values, which KQL compares with case`,
          "a value differs in case alone",
        );
        return test("set_has_element", span, value, { ...long(0, span), type: "string", value: pattern });
      }
      notes.unsupported("multivalue", span, `a pattern against the several values of ${name} is not ported`);
      return truth(true, span);
    case "bool":
      return test("==", span, value, truth(/^true$/i.test(pattern) || pattern === "1", span));
    default:
      notes.unsupported("type", span, `${name} is a ${value.type} in KQL, which has no text to compare`);
      return truth(true, span);
  }
}

/** `<` and its like: numbers as numbers. */
function ordering(field: Field, operator: SearchCompare["operator"], value: string, notes: Notes, span: Span): Expr {
  const number = Number(value);
  if (value.trim() === "" || !Number.isFinite(number)) {
    notes.unsupported("text-order", span, "KQL has no order of texts");
    return truth(true, span);
  }
  if (field.value.type === "datetime") return test(operator, span, field.value, epoch(number, span));
  const limit = Number.isInteger(number) ? long(number, span) : { ...long(number, span), type: "real" as const };
  if (field.value.type !== "string" && field.value.type !== "unknown") return test(operator, span, field.value, limit);
  notes.approximate(
    "text-as-number",
    span,
    "the text is compared as a number",
    "the text is no number: Splunk then compares texts",
  );
  return test(operator, span, call("toreal", "real", span, field.value), limit);
}
