import { call, type EvalExpr, or, text } from "../../spl/eval.ts";
import { hasCase } from "../../spl/regex.ts";

/** A test of one text in a field: what stands before and behind it in the expression, and the text, escaped. */
interface TextTest {
  readonly subject: EvalExpr;
  readonly ignoresCase: boolean;
  readonly start: string;
  readonly body: string;
  readonly end: string;
}

const form = /^(\(\?i\))?(\^?)((?:[^\\^$.|?*+()[\]{}]|\\[^A-Za-z0-9]|\\[nrt])+)(\\z)?$/;

function textTest(expr: EvalExpr): TextTest | null {
  if (expr.kind !== "call" || expr.name !== "match") return null;
  const [subject, pattern] = expr.args;
  const found = pattern?.kind === "string" ? form.exec(pattern.value) : null;
  const [, flag, start = "", body, end = ""] = found ?? [];
  if (subject === undefined || body === undefined) return null;
  return { subject, ignoresCase: flag !== undefined || !hasCase(body), start, body, end };
}

/** Any of some conditions; tests of several texts at the same place of the same field are one expression with alternatives. */
export function anyMatch(...operands: readonly EvalExpr[]): EvalExpr {
  const groups = new Map<string, readonly TextTest[]>();
  const order: (string | EvalExpr)[] = [];
  for (const operand of operands) {
    const test = textTest(operand);
    if (test === null) {
      order.push(operand);
      continue;
    }
    const key = JSON.stringify([test.subject, test.ignoresCase, test.start, test.end]);
    const known = groups.get(key);
    groups.set(key, [...(known ?? []), test]);
    if (known === undefined) order.push(key);
  }
  return or(...order.map((o) => (typeof o === "string" ? merged(groups.get(o) ?? []) : o)));
}

function merged(tests: readonly TextTest[]): EvalExpr {
  const [first] = tests;
  if (first === undefined) return call("false");
  const bodies = [...new Set(tests.map((t) => t.body))];
  const flag = first.ignoresCase && hasCase(bodies.join("")) ? "(?i)" : "";
  const isBare = bodies.length === 1 || (first.start === "" && first.end === "");
  const body = isBare ? bodies.join("|") : `(?:${bodies.join("|")})`;
  return call("match", first.subject, text(`${flag}${first.start}${body}${first.end}`));
}
