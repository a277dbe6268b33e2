import type { Expr } from "../../plan/nodes.ts";
import { call, type EvalExpr, nullValue, number, text } from "../../spl/eval.ts";
import { Decimal } from "../../types/decimal.ts";
import { Datetime, Timespan } from "../../types/time.ts";
import { unmarked, type Value } from "../../types/value.ts";
import type { Code } from "./code.ts";
import { Unsupported } from "./context.ts";
import { epochSeconds, seconds } from "./time.ts";

/** A constant as eval writes it; an array is a multivalue, an object JSON. */
export function constant(given: Value, expr: Expr): Code {
  const literal = given instanceof Decimal ? given.valueOf() : unmarked(given);
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
