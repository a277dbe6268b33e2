import type { Span } from "../diagnostics/source.ts";
import type { EvalBinary, EvalCall, EvalExpr } from "../spl/tree.ts";
import { ticksPerSecond } from "../types/time.ts";
import { call, ticks } from "./build.ts";
import { fieldOf, type Rows } from "./rows.ts";
import type { Session } from "./session.ts";
import { plainValue, type Value } from "./value.ts";

/** `floor(t/86400)*86400`: the start of a time's bin. null for anything else. */
export function timeBin(expr: EvalBinary, rows: Rows, session: Session, span: Span): Value | null {
  const { left, right } = expr;
  if (expr.operator !== "*" || right.kind !== "number" || left.kind !== "call" || left.name !== "floor") return null;
  const [quotient] = left.args;
  if (quotient?.kind !== "binary" || quotient.operator !== "/" || quotient.right.kind !== "number") return null;
  const width = Number(right.text);
  if (quotient.right.text !== right.text || !Number.isInteger(width) || width <= 0) return null;
  if (!readsTime(quotient.left, rows)) return null;
  const time = session.value(quotient.left, rows, span);
  if (time.expr.type !== "datetime") return null;
  const length = ticks(BigInt(width) * ticksPerSecond, span);
  return { ...plainValue(call("bin", "datetime", span, time.expr, length)), nullable: time.nullable };
}

function readsTime(expr: EvalExpr, rows: Rows): boolean {
  switch (expr.kind) {
    case "field":
      return fieldOf(rows, expr.name)?.value.type === "datetime";
    case "call":
      return expr.name === "now" || expr.name === "time";
    case "binary":
      return readsTime(expr.left, rows);
    default:
      return false;
  }
}

/** One hash taken out of the list of them: `if(match(h, "SHA256="), lower(replace(h, "…SHA256=(…)…", "\1")), "")`. */
export function hashValue(expr: EvalCall, rows: Rows, span: Span): Value | null {
  const [tested, taken, otherwise] = expr.args;
  if (expr.name !== "if" || tested?.kind !== "call" || tested.name !== "match") return null;
  const [list, name] = tested.args;
  if (list?.kind !== "field" || name?.kind !== "string" || otherwise?.kind !== "string" || otherwise.value !== "")
    return null;
  const inner = taken?.kind === "call" && taken.name === "lower" ? taken.args[0] : undefined;
  if (inner?.kind !== "call" || inner.name !== "replace") return null;
  const [of, pattern, group] = inner.args;
  if (of?.kind !== "field" || of.name !== list.name || pattern?.kind !== "string" || group?.kind !== "string")
    return null;
  const field = fieldOf(rows, list.name);
  const algorithm = name.value.replace(/=$/, "");
  if (field?.event?.kind !== "hashes" || group.value !== "\\1" || !pattern.value.includes(`${algorithm}=(`))
    return null;
  const column = field.event.columns.get(algorithm);
  const here = rows.relation.columns.find((c) => c.name === column?.name);
  if (here === undefined) return null;
  return { ...plainValue({ kind: "column", name: here.name, type: here.type, span }), nullable: false };
}
