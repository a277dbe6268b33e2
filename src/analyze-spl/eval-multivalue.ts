import type { Expr } from "../plan/nodes.ts";
import { call, long, text } from "./build.ts";
import { argument, type EvalFunction } from "./eval-place.ts";
import { asNumber, asText, constantNumber, constantText, hasValue, plainValue, type Value } from "./value.ts";

/** Functions on fields with several values: arrays in KQL. (SPL Search Reference: Multivalue eval functions) */
export const mvFunctions: Readonly<Record<string, EvalFunction>> = {
  split: (args, place) => {
    const [value, given] = [argument(args, 0, place), argument(args, 1, place)];
    const delimiter = given === null ? null : constantText(given);
    if (value === null || delimiter === null || delimiter === "") return null;
    const { session, span } = place;
    if (value.nullable) {
      session.approximate("empty-text", span, "an absent text has one part, the empty one", "the text is absent");
    }
    const parts = call("split", "dynamic", span, asText(value, session, span), text(delimiter, span));
    return plainValue(parts);
  },
  mvindex: (args, place) => {
    const [value, from] = [argument(args, 0, place), argument(args, 1, place)];
    const to = args.length > 2 ? argument(args, 2, place) : null;
    if (value === null || from === null || value.expr.type !== "dynamic") return null;
    const { session, span } = place;
    if (args.length > 2) {
      if (to === null) return null;
      const bounds = [asNumber(from, session, span), asNumber(to, session, span)];
      return { ...plainValue(call("array_slice", "dynamic", span, value.expr, ...bounds)), nullable: true };
    }
    const index = constantNumber(from);
    const key: Expr = index === null ? asNumber(from, session, span) : long(index, span);
    const element: Expr = { kind: "access", target: value.expr, key, type: "dynamic", span };
    return { ...plainValue(call("tostring", "string", span, element)), nullable: true };
  },
  mvcount: (args, place) => {
    const value = argument(args, 0, place);
    if (value === null) return null;
    const { span } = place;
    if (value.expr.type === "dynamic") {
      return { ...plainValue(call("array_length", "long", span, value.expr)), nullable: value.nullable };
    }
    if (!value.nullable) return plainValue(long(1, span));
    const none: Expr = { kind: "literal", value: null, type: "long", span };
    return { ...plainValue(call("iff", "long", span, hasValue(value, span), long(1, span), none)), nullable: true };
  },
  mvjoin: (args, place) => {
    const [value, given] = [argument(args, 0, place), argument(args, 1, place)];
    const delimiter = given === null ? null : constantText(given);
    if (value === null || delimiter === null) return null;
    if (value.expr.type !== "dynamic") return value;
    const { span } = place;
    return {
      ...plainValue(call("strcat_array", "string", span, value.expr, text(delimiter, span))),
      nullable: value.nullable,
    };
  },
  mvdedup: (args, place) => {
    const value = argument(args, 0, place);
    if (value === null || value.expr.type !== "dynamic") return value;
    return { ...value, expr: call("set_union", "dynamic", place.span, value.expr, value.expr) };
  },
  mvappend: (args, place) => {
    const values = args.flatMap((_, i) => argument(args, i, place) ?? []);
    if (values.length === 0 || values.some((v) => v.nullable)) return null;
    const { span } = place;
    const arrays = values.map(
      (v: Value): Expr => (v.expr.type === "dynamic" ? v.expr : call("pack_array", "dynamic", span, v.expr)),
    );
    return plainValue(call("array_concat", "dynamic", span, ...arrays));
  },
};
