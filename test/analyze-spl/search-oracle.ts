import type { SearchExpr } from "../../src/spl/tree.ts";

/** An event by its Splunk fields; one that is absent is null. */
export type SplunkEvent = Readonly<Record<string, unknown>>;

/** What the search language says of an event, as Splunk's manual words it: an oracle that shares nothing with the port. */
export function matcher(expr: SearchExpr): (event: SplunkEvent) => boolean {
  switch (expr.kind) {
    case "and": {
      const all = expr.operands.map(matcher);
      return (event) => all.every((m) => m(event));
    }
    case "or": {
      const any = expr.operands.map(matcher);
      return (event) => any.some((m) => m(event));
    }
    case "not": {
      const inner = matcher(expr.operand);
      return (event) => !inner(event);
    }
    case "in": {
      const any = expr.values.map((value) => matcher({ kind: "compare", field: expr.field, operator: "=", value }));
      return (event) => any.some((m) => m(event));
    }
    case "compare": {
      const { field, operator } = expr;
      if (operator !== "=" && operator !== "!=") throw new Error(`the oracle has no ${operator}`);
      const fits = wildcard(expr.value.toLowerCase().split("*"));
      return (event) => {
        const value = event[field];
        if (value === undefined || value === null) return false;
        return fits(lower(String(value))) === (operator === "=");
      };
    }
    default:
      throw new Error(`the oracle has no ${expr.kind}`);
  }
}

/** The first and the last part stand at the ends, the others between them in their order. */
function wildcard(parts: readonly string[]): (value: string) => boolean {
  const [first = ""] = parts;
  const last = parts.at(-1) ?? "";
  if (parts.length === 1) return (value) => value === first;
  return (value) => {
    if (!value.startsWith(first) || !value.endsWith(last) || value.length < first.length + last.length) return false;
    let at = first.length;
    for (const part of parts.slice(1, -1)) {
      const found = value.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return at <= value.length - last.length;
  };
}

const lowered = new Map<string, string>();
function lower(value: string): string {
  let found = lowered.get(value);
  if (found === undefined) {
    found = value.toLowerCase();
    lowered.set(value, found);
  }
  return found;
}
