import type { Limit, NamedExpr, Sort } from "../../plan/nodes.ts";
import { printExpr } from "../../plan/print.ts";
import { call, field, number } from "../../spl/eval.ts";
import type { SortField } from "../../spl/tree.ts";
import { approximate, type Context, temporaryField, Unsupported } from "./context.ts";
import { assign, fillWithEmpty } from "./extend.ts";
import { type Search, settled, withCommands } from "./search.ts";

/** `sort by`; `limit` 0 keeps all rows, which SPL's sort does not do by itself. */
export function emitSort(sort: Sort, input: Search, limit: number, context: Context): Search {
  let current = settled(input, context);
  const keys: SortField[] = [];
  const made: string[] = [];
  for (const key of sort.keys) {
    const source = key.value.kind === "column" ? current.fields.get(key.value.name) : undefined;
    const isField = key.value.kind === "column" && source?.textTime !== true && (source?.missing ?? null) === null;
    const name = isField ? key.value.name : null;
    const by = name ?? temporaryField(context, "sort_key", current.fields.keys());
    if (name === null) {
      const value: NamedExpr = { name: by, value: key.value };
      current = assign([value], current, context);
      made.push(by);
    }
    const known = current.fields.get(by);
    const isText = key.value.type === "string" || key.value.type === "guid";
    if (isText && !key.descending) current = fillWithEmpty(current, [by]);
    else if (!isText && key.nullsFirst && known?.nullable !== false) {
      // SPL puts rows without a value last, whatever the direction.
      const isThere = temporaryField(context, `has_${by}`, current.fields.keys());
      current = withCommands(current, {
        kind: "eval",
        assignments: [{ field: isThere, value: call("if", call("isnull", field(by)), number(0), number(1)) }],
      });
      keys.push({ field: isThere, descending: false, type: null });
      made.push(isThere);
    }
    keys.push({ field: by, descending: key.descending, type: isText ? "str" : null });
  }
  const sorted = withCommands(current, { kind: "sort", limit, keys });
  return made.length === 0 ? sorted : withCommands(sorted, { kind: "fields", mode: "-", fields: made });
}

/** How many rows a limit keeps. */
export function limitOf(limit: Limit): number {
  const { count } = limit;
  if (count.kind === "literal" && typeof count.value === "number" && count.value >= 0) return count.value;
  throw new Unsupported("limit", printExpr(count), "the number of rows must be a constant", count.span);
}

export function emitLimit(limit: Limit, input: Search, context: Context): Search {
  const current = settled(input, context);
  if (current.weight !== null) {
    approximate(
      context,
      "folded-events",
      "take",
      "a row may stand for several events that agree in every field",
      "events agree in every field that the search reads",
      limit.span,
    );
  }
  return withCommands(current, { kind: "head", limit: limitOf(limit) });
}
