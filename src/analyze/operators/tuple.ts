import { scalarFunction } from "../../functions/index.ts";
import type { Call as CallSyntax, Expression } from "../../kql/ast.ts";
import type { Call, Expr, NamedExpr } from "../../plan/nodes.ts";
import { automaticName } from "../names.ts";
import { typedValue } from "../types.ts";
import { call, literal } from "../values.ts";

/** The columns of a function that gives several, `series_stats_x_min` and its like; null for one that gives a single value. */
export function tupleParts(e: Expression, value: Expr): readonly NamedExpr[] | null {
  if (value.kind !== "call" || e.kind !== "call") return null;
  const tuple = scalarFunction(value.name)?.tuple;
  if (!tuple) return null;
  if ("arrays" in tuple) return arrayParts(e, value, tuple.arrays);
  const { span } = value;
  const [argument] = e.arguments;
  const of = (argument && automaticName(argument.value)) ?? "";
  const bag = tuple.bag === undefined ? value : call(tuple.bag, value.args, "dynamic", span);
  return tuple.columns.map(({ name, type }, at) => {
    const spread = { function: value.name, at };
    const key = literal("string", name, span);
    const part: Expr = { kind: "access", target: bag, key, spread, type: "dynamic", span };
    return { name: `${value.name}_${of}_${name}`, value: typedValue(part, type) };
  });
}

/** `array_sort_asc(a, b)` gives `a_sorted` and `b_sorted`; an array without a name counts by its place. (array-sort-asc-function) */
function arrayParts(e: CallSyntax, value: Call, suffix: string): readonly NamedExpr[] {
  const { span } = value;
  const arrays = value.args.filter((arg) => arg.type !== "bool");
  return arrays.map((_, i) => {
    const argument = e.arguments[i]?.value;
    const path = argument?.kind === "name" || argument?.kind === "member" || argument?.kind === "index";
    const name = (path ? automaticName(argument) : null) ?? `array${i}`;
    const part: Expr =
      arrays.length === 1
        ? value
        : { kind: "access", target: value, key: literal("long", i, span), type: "dynamic", span };
    return { name: `${name}_${suffix}`, value: part };
  });
}
