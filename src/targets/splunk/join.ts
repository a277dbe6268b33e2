import type { Expr, Join, NamedExpr, Relation, Union } from "../../plan/nodes.ts";
import { call, field, text } from "../../spl/eval.ts";
import { allOf, type SearchExpr } from "../../spl/search.ts";
import type { Command, Pipeline } from "../../spl/tree.ts";
import { type Field, nullable, present } from "./columns.ts";
import { approximate, type Context, temporaryField, Unsupported } from "./context.ts";
import { fillWithEmpty } from "./extend.ts";
import { renamed, select, tableOf } from "./project.ts";
import { type Search, settled, withCommands } from "./search.ts";
import { alternatives } from "./terms.ts";

/** Makes the search of a table of its own. */
export type EmitTable = (relation: Relation) => Search;

/** `join`, `lookup`. SPL's join has a left and an inner form; the others are made of them. */
export function emitJoin(join: Join, emit: EmitTable, context: Context): Search {
  if (join.joinKind === "fullouter")
    throw new Unsupported("join", "kind=fullouter", "a full outer join has no form in SPL", join.span);
  const isRight = join.joinKind === "rightsemi" || join.joinKind === "rightanti";
  if (join.joinKind === "rightouter")
    throw new Unsupported("join", "kind=rightouter", "swap the sides and use leftouter", join.span);
  noteLimit(join.keyword, join, context);
  const keys = join.on.map((k) => (isRight ? { outer: k.right, inner: k.left } : { outer: k.left, inner: k.right }));
  const outer = fillWithEmpty(
    settled(emit(isRight ? join.right : join.left), context),
    keys.map((k) => k.outer),
  );
  const inner = fillWithEmpty(
    settled(emit(isRight ? join.left : join.right), context),
    keys.map((k) => k.inner),
  );
  const semi = join.joinKind.endsWith("semi");
  if (semi || join.joinKind.endsWith("anti")) return matched(outer, inner, keys, semi, context);
  const outerKeys = keys.map((k) => k.outer);
  const left =
    join.joinKind === "innerunique"
      ? withCommands(outer, { kind: "dedup", count: null, fields: outerKeys, options: [] })
      : outer;
  const values: readonly NamedExpr[] = [
    ...keys.map((k) => ({ name: k.outer, value: columnOf(k.inner, inner, join) })),
    ...join.rightColumns.map((c) => ({ name: c.to, value: columnOf(c.from, inner, join) })),
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
  for (const { to } of join.rightColumns) {
    const known = right.fields.get(to) ?? present("unknown");
    fields.set(to, type === "left" ? { ...known, nullable: true } : known);
  }
  return { ...withCommands(left, command), fields };
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
export function emitUnion(union: Union, emit: EmitTable, context: Context): Search {
  const parts = union.inputs.map((input, i) => {
    const made = settled(emit(input), context);
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
    const missing = new Set(known.map((f) => f?.missing ?? null));
    const isOpen = known.some((f) => f === undefined || f.nullable);
    if (missing.size > 1)
      throw new Unsupported(
        "union",
        column.name,
        `absent values of ${column.name} are written differently in the tables`,
        union.span,
      );
    fields.set(column.name, { ...sample, nullable: isOpen });
  }
  const made = one === null ? withCommands(first, ...commands) : { ...first, commands: one };
  return { ...made, fields, whole: parts.some((p) => p.whole) };
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
