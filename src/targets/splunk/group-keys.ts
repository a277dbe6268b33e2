import { noSpan } from "../../diagnostics/source.ts";
import type { Aggregate, Expr, NamedExpr } from "../../plan/nodes.ts";
import { printExpr } from "../../plan/print.ts";
import { approximate, type Context, info, temporaryField } from "./context.ts";
import { assign, fillWithEmpty } from "./extend.ts";
import { columnsIn } from "./partial.ts";
import type { Search } from "./search.ts";

/** A field to group by, and what the key is called in the result. */
export interface Key {
  readonly field: string;
  readonly name: string;
}

/**
 * The fields to group by, made where they are computed, and never absent: a group without a key would go. A computed key that is
 * named like a field which an aggregate reads waits under another name.
 */
export function grouped(
  aggregate: Aggregate,
  search: Search,
  context: Context,
): { readonly search: Search; readonly by: readonly Key[] } {
  const { keys } = aggregate;
  const results = new Set(aggregate.aggregates.flatMap((a) => a.columns.map((c) => c.name)));
  const readers = aggregate.aggregates.flatMap((a) => a.args.flatMap((arg) => [...columnsIn(arg)]));
  const isPlain = ({ value: of }: NamedExpr): boolean =>
    of.kind === "column" &&
    search.fields.get(of.name)?.textTime !== true &&
    !results.has(of.name) &&
    keys.every((other) => other.value === of || (other.name !== of.name && !isColumn(other.value, of.name)));
  const plainFields = keys.filter(isPlain).flatMap((k) => (k.value.kind === "column" ? [k.value.name] : []));
  const read = new Set([...readers, ...plainFields, ...(search.weight === null ? [] : [search.weight])]);
  const by = keys.map((k): Key => {
    if (isPlain(k) && k.value.kind === "column") return { name: k.name, field: k.value.name };
    const isSafe = !read.has(k.name) || isColumn(k.value, k.name);
    const taken = [...search.fields.keys(), ...results, ...keys.map((other) => other.name)];
    return { name: k.name, field: isSafe ? k.name : temporaryField(context, `${k.name}_key`, taken) };
  });
  const computed = keys.flatMap((k, i) => (isPlain(k) ? [] : [{ name: by[i]?.field ?? k.name, value: k.value }]));
  const made = computed.length === 0 ? search : assign(computed, search, context, "copies");
  for (const { field: name } of by) {
    const missing = made.fields.get(name)?.missing ?? null;
    if (missing !== null && missing !== "")
      info(context, "absent-values", name, `an absent value shows as ${missing}`, keys[0]?.value.span ?? noSpan);
  }
  for (const key of keys) {
    const known = made.fields.get(by.find((b) => b.name === key.name)?.field ?? "");
    if (known?.shape === "several") {
      approximate(
        context,
        "array-key",
        printExpr(key.value),
        "a group for every element, where KQL has one for the whole array",
        "the array has more than one element",
        key.value.span,
      );
    }
  }
  return {
    search: fillWithEmpty(
      made,
      by.map((k) => k.field),
    ),
    by,
  };
}

function isColumn(expr: Expr, name: string): boolean {
  return expr.kind === "column" && expr.name === name;
}
