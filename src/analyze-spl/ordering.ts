import type { Span } from "../diagnostics/source.ts";
import type { AggregateCall, Expr, Relation, SortKey } from "../plan/nodes.ts";
import type { DedupCommand, SortCommand, SortField, TopCommand } from "../spl/tree.ts";
import { allOf, column, columnsOf, filter, long } from "./build.ts";
import { type Field, fieldOf, made, present, type Rows, shown } from "./rows.ts";
import { noField } from "./search.ts";
import type { Session } from "./session.ts";
import { unused } from "./stats.ts";

/** `sort 0 -a b`: ascending but for a minus, absent values last. (SPL Search Reference: sort) */
export function sort(stage: SortCommand, rows: Rows, session: Session, span: Span): Rows {
  const keys = stage.keys.flatMap((key) => sortKey(key, rows, session, span));
  if (keys.length === 0) return rows;
  const sorted: Relation = { kind: "sort", input: rows.relation, keys, columns: rows.relation.columns, span };
  if (keys.some((k) => k.value.type === "string") && stage.keys.some((k) => k.type !== "str")) {
    const message = "texts are sorted as texts, those that are absent as empty ones";
    if (stage.limit === null || stage.limit === 0) session.info("text-order", span, message);
    else session.approximate("text-order", span, message, "they are numbers or addresses, or one is absent");
  }
  if (stage.limit === null) {
    session.info("sort-limit", span, "sort keeps the first 10,000 rows, KQL all of them");
  }
  const relation = stage.limit === null || stage.limit === 0 ? sorted : limited(sorted, stage.limit, span);
  return { ...rows, relation, order: "sorted" };
}

function sortKey(key: SortField, rows: Rows, session: Session, span: Span): readonly SortKey[] {
  const field = fieldOf(rows, key.field);
  if (field === null) {
    noField(key.field, rows, session, span);
    return [];
  }
  if (field.value.type === "dynamic") {
    session.unsupported("multivalue", span, `sorting by ${key.field}, which has several values, is not ported`);
    return [];
  }
  return [{ value: field.value, descending: key.descending, nullsFirst: false }];
}

function limited(input: Relation, count: number, span: Span): Relation {
  return { kind: "limit", input, count: long(count, span), columns: input.columns, span };
}

/** `head 10`: of events, which arrive newest first, the newest. */
export function head(count: number, rows: Rows, session: Session, span: Span): Rows {
  const time = fieldOf(rows, "_time");
  if (rows.order === "newest" && rows.events !== null && time !== null) {
    const keys = [{ value: time.value, descending: true, nullsFirst: false }];
    const sorted: Relation = { kind: "sort", input: rows.relation, keys, columns: rows.relation.columns, span };
    return { ...rows, relation: limited(sorted, count, span), order: "sorted" };
  }
  if (rows.order !== "sorted") {
    session.approximate("row-order", span, `any ${count} rows are kept`, "there are more of them");
  }
  return { ...rows, relation: limited(rows.relation, count, span) };
}

/** `dedup a b`: of the rows with equal keys the first one; rows without a key go. (SPL Search Reference: dedup) */
export function dedup(stage: DedupCommand, rows: Rows, session: Session, span: Span): Rows {
  const option = stage.options.find((o) => o.name !== "keepempty" || /^t/i.test(o.value));
  if ((stage.count ?? 1) !== 1 || option !== undefined || (stage.sortby ?? []).length > 1) {
    session.unsupported("option", span, "dedup with options or more than one row of a kind is not ported");
    return rows;
  }
  const keys: { readonly name: string; readonly field: Field }[] = [];
  for (const name of stage.fields) {
    const field = fieldOf(rows, name);
    if (field === null) noField(name, rows, session, span);
    else if (field.value.kind !== "column" || field.value.type === "dynamic") {
      session.unsupported("multivalue", span, `dedup by ${name}, which is no single column, is not ported`);
    } else keys.push({ name, field });
  }
  const needed = allOf(
    keys.map(({ field }) => present(field, span)),
    span,
  );
  const first = order(stage, rows, session, span);
  const below = first !== null && rows.relation.kind === "sort" ? rows.relation.input : rows.relation;
  const input = filter(below, needed, span);
  const named = keys.flatMap(({ field }) => (field.value.kind === "column" ? [field.value] : []));
  const by = named.filter((k, i) => named.findIndex((other) => other.name === k.name) === i);
  const rest = input.columns.filter((c) => !by.some((k) => k.name === c.name));
  const aggregates: AggregateCall[] = [];
  if (rest.length > 0 && first !== null && first.value.kind === "column") {
    const { value: key, descending } = first;
    const others = rest.filter((c) => c.name !== key.name);
    const inKeys = by.some((k) => k.name === key.name);
    const columns = [...(inKeys ? [] : [{ name: key.name, type: key.type }]), ...others];
    if (!inKeys) {
      const args = [key, ...others.map((c) => column(c, span))];
      aggregates.push({ function: descending ? "arg_max" : "arg_min", args, columns, span, star: true });
    }
  }
  if (aggregates.length === 0) {
    if (rest.length > 0) {
      session.approximate("row-order", span, "any row of those with equal keys is kept", "they differ in other fields");
    }
    for (const c of rest) {
      aggregates.push({ function: "take_any", args: [column(c, span)], columns: [c], span });
    }
  }
  const values = by.map((k) => ({ name: k.name, value: { ...k, span } }));
  const columns = [...columnsOf(values), ...aggregates.flatMap((a) => a.columns)];
  const relation: Relation = {
    kind: "aggregate",
    input,
    keys: values,
    aggregates,
    keyword: aggregates.length === 0 ? "distinct" : "summarize",
    columns,
    span,
  };
  return { ...rows, relation, order: "none" };
}

/** The order that decides which row is the first. */
function order(stage: DedupCommand, rows: Rows, session: Session, span: Span): SortKey | null {
  const [sortby] = stage.sortby ?? [];
  if (sortby !== undefined) return sortKey(sortby, rows, session, span)[0] ?? null;
  const { relation } = rows;
  if (relation.kind === "sort" && relation.keys.length === 1) return relation.keys[0] ?? null;
  const time = rows.order === "newest" ? fieldOf(rows, "_time") : null;
  return time === null ? null : { value: time.value, descending: true, nullsFirst: false };
}

/** `top 5 a by b`, `rare a`: how often the values occur, with their share. (SPL Search Reference: top) */
export function top(stage: TopCommand, rows: Rows, session: Session, span: Span): Rows {
  const without = stage.options.some((o) => o.name === "showperc" && /^f|^0/i.test(o.value));
  if (stage.by.length > 0 || !without || stage.options.length > 1) {
    session.unsupported("no-command", span, `${stage.kind} with shares or groups is not ported`);
    return rows;
  }
  const names = new Set<string>();
  const fields = new Map<string, Field>();
  const keys: { name: string; value: Expr }[] = [];
  for (const name of stage.fields) {
    const field = fieldOf(rows, name);
    if (field === null) {
      noField(name, rows, session, span);
      continue;
    }
    const label = unused(field.name, names);
    const value = shown(field, name, session, span);
    keys.push({ name: label, value });
    fields.set(name, { ...field, name: label, value: column({ name: label, type: value.type }, span) });
  }
  const count = { name: unused("count", names), type: "long" as const };
  fields.set("count", made(column(count, span), false, count.name));
  const needed = stage.fields.flatMap((name) => fieldOf(rows, name) ?? []).map((f) => present(f, span));
  const columns = [...columnsOf(keys), count];
  const counted: Relation = {
    kind: "aggregate",
    input: filter(rows.relation, allOf(needed, span), span),
    keys,
    aggregates: [{ function: "count", args: [], columns: [count], span }],
    keyword: "summarize",
    columns,
    span,
  };
  const by = [{ value: column(count, span), descending: stage.kind === "top", nullsFirst: false }];
  const sorted: Relation = { kind: "sort", input: counted, keys: by, columns, span };
  const limit = stage.limit ?? 10;
  return {
    relation: limit === 0 ? sorted : limited(sorted, limit, span),
    fields,
    events: null,
    gone: new Set(),
    present: new Set(),
    prefix: rows.prefix,
    order: "sorted",
  };
}
