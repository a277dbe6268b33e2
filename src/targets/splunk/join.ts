import type { Expr, Join, NamedExpr, Relation, Union } from "../../plan/nodes.ts";
import { binary, call, field, number, text } from "../../spl/eval.ts";
import { allOf, type SearchExpr } from "../../spl/search.ts";
import type { Command, Pipeline } from "../../spl/tree.ts";
import { type Field, nullable, present } from "./columns.ts";
import { approximate, type Context, temporaryField, Unsupported } from "./context.ts";
import { fillWithEmpty, withEmptyForMissing } from "./extend.ts";
import type { Need } from "./need.ts";
import { renamed, select, tableOf } from "./project.ts";
import { type Search, settled, withCommands } from "./search.ts";
import { alternatives } from "./terms.ts";

/** The searches of a join's tables. */
export interface Sides {
  readonly left: Search;
  readonly right: Search;
}

/** `join`, `lookup`. SPL's join has a left and an inner form; the others are made of them. */
export function emitJoin(join: Join, sides: Sides, need: Need, context: Context): Search {
  if (join.joinKind === "fullouter")
    throw new Unsupported("join", "kind=fullouter", "a full outer join has no form in SPL", join.span);
  const isRight = join.joinKind === "rightsemi" || join.joinKind === "rightanti";
  if (join.joinKind === "rightouter")
    throw new Unsupported("join", "kind=rightouter", "swap the sides and use leftouter", join.span);
  noteLimit(join.keyword, join, context);
  const keys = join.on.map((k) => (isRight ? { outer: k.right, inner: k.left } : { outer: k.left, inner: k.right }));
  const { outer, inner } = comparable(
    settled(isRight ? sides.right : sides.left, context),
    settled(isRight ? sides.left : sides.right, context),
    keys,
  );
  const semi = join.joinKind.endsWith("semi");
  if (semi || join.joinKind.endsWith("anti")) return matched(outer, inner, keys, semi, context);
  const outerKeys = keys.map((k) => k.outer);
  const left =
    join.joinKind === "innerunique"
      ? { ...withCommands(outer, { kind: "dedup", count: null, fields: outerKeys, options: [] }), weight: null }
      : outer;
  const { weight } = inner;
  const wanted = join.rightColumns.filter((c) => need.whole || need.names.has(c.to));
  const values: readonly NamedExpr[] = [
    ...keys.map((k) => ({ name: k.outer, value: columnOf(k.inner, inner, join) })),
    ...wanted.map((c) => ({ name: c.to, value: columnOf(c.from, inner, join) })),
    ...(weight !== null && need.counted ? [{ name: weight, value: columnOf(weight, inner, join) }] : []),
  ];
  const right = tableOf(
    values.map((v) => v.name),
    select(values, inner, context),
  );
  const type = join.joinKind === "leftouter" ? "left" : "inner";
  const command: Command = {
    kind: "join",
    options: [option("type", type), option("max", "0")],
    fields: outerKeys,
    search: pipeline(right),
  };
  const fields = new Map<string, Field>(left.fields);
  for (const { to } of wanted) {
    const known = right.fields.get(to) ?? present("unknown");
    fields.set(to, type === "left" ? { ...known, nullable: true } : known);
  }
  const joined = { ...withCommands(left, command), fields };
  if (weight === null) return joined;
  return need.counted ? multiplied(joined, weight, type === "left") : { ...joined, weight: joined.weight ?? weight };
}

/** A row of a join stands for as many events as its two sides together. */
function multiplied(joined: Search, weight: string, mayLack: boolean): Search {
  const other = mayLack ? call("coalesce", field(weight), number(1)) : field(weight);
  if (joined.weight === null && !mayLack) return { ...joined, weight };
  const name = joined.weight ?? weight;
  const value = joined.weight === null ? other : binary(field(joined.weight), "*", other);
  const fields = new Map([...joined.fields, [name, present("long")] as const]);
  return { ...withCommands(joined, { kind: "eval", assignments: [{ field: name, value }] }), fields, weight: name };
}

/** Both sides with their keys filled, and absent keys written alike. */
function comparable(
  outer: Search,
  inner: Search,
  keys: readonly { readonly outer: string; readonly inner: string }[],
): { readonly outer: Search; readonly inner: Search } {
  const missing = (search: Search, name: string): string | null => search.fields.get(name)?.missing ?? null;
  const different = keys.filter((k) => missing(outer, k.outer) !== missing(inner, k.inner));
  const filledKeys = (search: Search, side: "outer" | "inner"): Search =>
    fillWithEmpty(
      withEmptyForMissing(
        search,
        different.map((k) => k[side]),
      ),
      keys.map((k) => k[side]),
    );
  return { outer: filledKeys(outer, "outer"), inner: filledKeys(inner, "inner") };
}

/** Rows with a partner, or without one. */
export function matched(
  outer: Search,
  inner: Search,
  keys: readonly { readonly outer: string; readonly inner: string }[],
  wanted: boolean,
  context: Context,
): Search {
  const mark = temporaryField(context, "matched", [...outer.fields.keys(), ...inner.fields.keys()]);
  const moved = renamed(
    inner,
    keys.filter((k) => k.outer !== k.inner).map((k) => ({ from: k.inner, to: k.outer })),
  );
  const names = keys.map((k) => k.outer);
  const isDistinct =
    JSON.stringify(moved.commands.at(-1)) === JSON.stringify({ kind: "table", fields: names }) &&
    moved.commands.at(-2)?.kind === "dedup";
  const search = withCommands(
    moved,
    ...(isDistinct ? [] : [{ kind: "dedup", count: null, fields: names, options: [] } as const]),
    { kind: "eval", assignments: [{ field: mark, value: text("yes") }] },
    { kind: "table", fields: [...names, mark] },
  );
  const test = call(wanted ? "isnotnull" : "isnull", field(mark));
  return withCommands(
    outer,
    { kind: "join", options: [option("type", "left")], fields: names, search: pipeline(search) },
    { kind: "where", expr: test },
    { kind: "fields", mode: "-", fields: [mark] },
  );
}

/** `union`: the first table, and the others appended to it. */
export function emitUnion(union: Union, inputs: readonly Search[], need: Need, context: Context): Search {
  const weight = inputs.find((input) => input.weight !== null)?.weight ?? null;
  const tables = inputs.map((input) => settled(input, context));
  const different = union.columns.map((c) => c.name).filter((name) => missingIn(tables, name).size > 1);
  const parts = tables.map((input, i) => {
    const made = weighted(withEmptyForMissing(input, different), need.counted ? weight : null);
    const name = union.sourceNames[i] ?? "";
    if (union.sourceColumn === null) return made;
    const marked = withCommands(made, {
      kind: "eval",
      assignments: [{ field: union.sourceColumn, value: text(name) }],
    });
    return { ...marked, fields: new Map([...marked.fields, [union.sourceColumn, present("string")]]) };
  });
  const [first, ...rest] = parts;
  if (first === undefined) throw new Unsupported("union", "union", "a union of nothing", union.span);
  const one = oneSearch(parts.map((p) => p.commands));
  if (one === null) noteLimit("union", union, context);
  const commands = rest.map((part): Command => ({ kind: "append", options: [], search: pipeline(part) }));
  const fields = new Map<string, Field>();
  for (const column of union.columns) {
    const known = parts.map((p) => p.fields.get(column.name));
    const sample = known.find((f) => f !== undefined) ?? nullable(column.type);
    const [missing = null] = missingIn(parts, column.name);
    fields.set(column.name, {
      ...sample,
      nullable: known.some((f) => f === undefined || f.nullable),
      empty: known.some((f) => f === undefined || f.empty),
      missing,
    });
  }
  const made = one === null ? withCommands(first, ...commands) : { ...first, commands: one };
  return { ...made, fields, whole: parts.some((p) => p.whole), weight };
}

/** The texts that stand for an absent value of a field, null for none; a table in which it is never absent can have any of them. */
function missingIn(tables: readonly Search[], name: string): ReadonlySet<string | null> {
  const known = tables.flatMap((t) => t.fields.get(name) ?? []);
  const uncertain = known.filter((f) => f.nullable || f.missing !== null || f.empty);
  return new Set(uncertain.map((f) => f.missing));
}

/** The number of events that a row stands for, under the name that all tables of a union use. */
function weighted(search: Search, name: string | null): Search {
  if (name === null || search.weight === name) return search;
  if (search.weight !== null) return renamed(search, [{ from: search.weight, to: name }]);
  return withCommands(search, { kind: "eval", assignments: [{ field: name, value: number(1) }] });
}

/** Base searches with the same commands behind them as one base search, what they have in common said once; else null. */
function oneSearch(parts: readonly (readonly Command[])[]): readonly Command[] | null {
  const heads = parts.map(([head]) => (head?.kind === "search" ? operandsOf(head.expr) : null));
  const tails = parts.map(([, ...tail]) => tail);
  const [tail = []] = tails;
  const known = heads.flatMap((h) => (h === null ? [] : [h]));
  const rowWise = tail.every((c) => c.kind === "where" || c.kind === "eval" || c.kind === "rex" || c.kind === "rename");
  if (known.length < heads.length || !rowWise || tails.some((t) => JSON.stringify(t) !== JSON.stringify(tail)))
    return null;
  const keys = known.map((operands) => new Set(operands.map((o) => JSON.stringify(o))));
  const [firstHead = []] = known;
  const isCommon = (e: SearchExpr): boolean => keys.every((k) => k.has(JSON.stringify(e)));
  const own = known.map((operands) => allOf(operands.filter((o) => !isCommon(o))));
  const different = own.flatMap((e) => (e === null ? [] : [e]));
  const choice = different.length < own.length ? null : alternatives(different);
  const at = firstHead.findIndex((e) => !isCommon(e));
  const common = firstHead.filter(isCommon);
  const expr = allOf(choice === null ? common : common.toSpliced(Math.max(at, 0), 0, choice));
  return expr === null ? null : [{ kind: "search", expr }, ...tail];
}

function operandsOf(expr: SearchExpr): readonly SearchExpr[] {
  return expr.kind === "and" ? expr.operands : [expr];
}

function columnOf(name: string, search: Search, node: Relation): Expr {
  return { kind: "column", name, type: search.fields.get(name)?.type ?? "unknown", span: node.span };
}

export function pipeline(search: Search): Pipeline {
  return { kind: "pipeline", commands: search.commands };
}

function option(name: string, value: string) {
  return { kind: "option", name, value } as const;
}

export function noteLimit(construct: string, node: Relation, context: Context): void {
  approximate(
    context,
    "subsearch-limit",
    construct,
    "Splunk cuts a subsearch off at 50,000 rows and 60 seconds",
    "the table in brackets is larger or slower than that",
    node.span,
  );
}
