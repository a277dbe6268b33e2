import type { Span } from "../diagnostics/source.ts";
import type { EvalBinary, EvalExpr } from "../spl/tree.ts";
import { arithmetic, concatenated } from "./arithmetic.ts";
import { call, literal, nothing, text } from "./build.ts";
import { evalFunctions } from "./eval-functions.ts";
import { mvFunctions } from "./eval-multivalue.ts";
import { timeFunctions } from "./eval-time.ts";
import { hashValue, timeBin } from "./idioms.ts";
import { spanOf } from "./notes.ts";
import { fieldOf, type Rows, registryNote } from "./rows.ts";
import { noField } from "./search.ts";
import type { Session } from "./session.ts";
import { asNumber, constantNumber, plainValue, type Value } from "./value.ts";

const functions = new Map([
  ...Object.entries(evalFunctions),
  ...Object.entries(mvFunctions),
  ...Object.entries(timeFunctions),
]);

/** A value of eval over the rows. (SPL Search Reference: eval; Evaluation functions) */
export function evalValue(expr: EvalExpr, rows: Rows, session: Session, around: Span): Value {
  const span = spanOf(expr, around);
  switch (expr.kind) {
    case "string":
      return plainValue(text(expr.value, span));
    case "number": {
      const number = Number(expr.text);
      return plainValue(literal(number, Number.isInteger(number) ? "long" : "real", span));
    }
    case "field":
      return fieldValue(expr.name, rows, session, span);
    case "negative": {
      const operand = session.value(expr.operand, rows, span);
      const constant = constantNumber(operand);
      if (constant !== null) return plainValue(literal(-constant, operand.expr.type, span));
      const number = asNumber(operand, session, span);
      return plainValue(call("neg", number.type, span, number), operand.nullable);
    }
    case "binary":
      return binary(expr, rows, session, span);
    case "call": {
      const known = hashValue(expr, rows, span);
      if (known !== null) return known;
      const result = functions.get(expr.name.toLowerCase())?.(expr.args, { rows, session, span });
      if (result) return result;
      session.unsupported("no-function", span, `the eval function ${expr.name}() is not ported in this form`);
      return plainValue(text("", span));
    }
    case "macro":
      session.unsupported("macro", span, `the macro \`${expr.name}\` has no definition here`);
      return plainValue(text("", span));
    case "subsearch":
      session.unsupported("subsearch", span, "a subsearch is not ported");
      return plainValue(text("", span));
    case "template":
      session.unsupported("no-function", span, "a template of foreach is not ported");
      return plainValue(text("", span));
    default: {
      const tested = session.condition(expr, true, rows, span);
      return plainValue(tested);
    }
  }
}

function fieldValue(name: string, rows: Rows, session: Session, span: Span): Value {
  const field = fieldOf(rows, name);
  if (field === null) {
    if (/^null$/i.test(name)) return plainValue(nothing("unknown", span), true);
    noField(name, rows, session, span);
    return plainValue(text("", span), true);
  }
  const { value, nullable, missing, event } = field;
  if (event?.kind === "hashes") {
    session.approximate(
      "hashes",
      span,
      `${name} holds every hash in one text; ${field.name} stands for it`,
      "the text of the hashes is looked at",
    );
  }
  if (event?.kind === "registry-path" || event?.kind === "registry-data") registryNote(name, session, span);
  const lower = (event?.kind === "column" || event?.kind === "joined") && event.lower;
  return { expr: { ...value, span }, nullable, missing, lower };
}

function binary(expr: EvalBinary, rows: Rows, session: Session, span: Span): Value {
  const { operator } = expr;
  switch (operator) {
    case ".":
      return joined(expr, rows, session, span);
    case "+":
    case "-":
    case "*":
    case "/":
    case "%": {
      const start = timeBin(expr, rows, session, span);
      if (start !== null) return start;
      return arithmetic(
        operator,
        session.value(expr.left, rows, span),
        session.value(expr.right, rows, span),
        session,
        span,
      );
    }
    default:
      return plainValue(session.condition(expr, true, rows, span));
  }
}

/** `a . b . c` as one strcat. */
function joined(expr: EvalBinary, rows: Rows, session: Session, span: Span): Value {
  const parts: Value[] = [];
  const collect = (e: EvalExpr): void => {
    if (e.kind === "binary" && e.operator === ".") {
      collect(e.left);
      collect(e.right);
    } else parts.push(session.value(e, rows, span));
  };
  collect(expr);
  return concatenated(parts, session, span);
}
