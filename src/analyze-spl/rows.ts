import type { Span } from "../diagnostics/source.ts";
import type { EventField, EventTable } from "../plan/event-fields.ts";
import type { Expr, NamedExpr, Relation } from "../plan/nodes.ts";
import { call, column, columnsOf, filter, keyOf, subjectsOf, text } from "./build.ts";
import type { Notes } from "./notes.ts";
import { hasValue } from "./value.ts";

/** A Splunk field over the plan's columns. */
export interface Field {
  readonly value: Expr;
  /** Whether a row may be without it; KQL then has "" or null. */
  readonly nullable: boolean;
  /** The text that stands for an absent value in Splunk, where KQL has "". */
  readonly missing: string | null;
  /** The column that a result shows it in. */
  readonly name: string;
  /** What an event's field is, for tests that go around its value. */
  readonly event: EventField | null;
}

/** The rows at one stage of a search. */
export interface Rows {
  readonly relation: Relation;
  /** Fields that a command made, renamed or kept. */
  readonly fields: ReadonlyMap<string, Field>;
  /** The table whose further fields can be read; null behind `stats` and `table`. */
  readonly events: EventTable | null;
  /** Fields of the events that were renamed or taken away. */
  readonly gone: ReadonlySet<string>;
  /** Put before the fields' names by a data model: `Processes.`. */
  readonly prefix: string;
  /** What has a text in every row, by `keyOf`, because a filter says so. */
  readonly present: ReadonlySet<string>;
  /** The order that the rows are in: as events arrive (newest first), sorted, or none. */
  readonly order: "newest" | "sorted" | "none";
}

/** A field by its name, or null where the rows do not have it. */
export function fieldOf(rows: Rows, name: string): Field | null {
  const field = anyField(rows, name);
  return field?.nullable === true && rows.present.has(keyOf(field.value)) ? { ...field, nullable: false } : field;
}

function anyField(rows: Rows, name: string): Field | null {
  const own = rows.fields.get(name);
  if (own !== undefined) return own;
  if (rows.events === null || rows.gone.has(name)) return null;
  const bare = withoutPrefix(rows, name);
  const event = bare === null ? null : rows.events.field(bare);
  return event === null || bare === null ? null : eventField(rows.events, bare, event, rows.relation.span);
}

/** The name that a profile knows the field by; null for one that is not of this dataset. */
function withoutPrefix(rows: Rows, name: string): string | null {
  if (name === "_time" || rows.prefix === "") return name;
  return name.startsWith(rows.prefix) ? name.slice(rows.prefix.length) : null;
}

export function eventField(events: EventTable, name: string, event: EventField, span: Span): Field {
  const present = events.missing !== null || events.filled(name);
  const common = { nullable: !present, missing: events.filled(name) ? null : events.missing, event };
  switch (event.kind) {
    case "column":
      return { ...common, value: column(event.column, span), name: event.column.name };
    case "joined": {
      const { before, separator, after } = event;
      const value = call("strcat", "string", span, column(before, span), text(separator, span), column(after, span));
      return { ...common, value, name };
    }
    case "hashes": {
      const best = ["SHA256", "SHA1", "MD5"].flatMap((a) => event.columns.get(a) ?? [])[0];
      return best === undefined
        ? { ...common, value: text("", span), name }
        : { ...common, value: column(best, span), name: best.name };
    }
    case "registry-path": {
      const { key, value } = event;
      const path = call("strcat", "string", span, column(key, span), text("\\", span), column(value, span));
      return { ...common, value: path, name };
    }
    case "registry-data":
      return { ...common, value: column(event.column, span), name: event.column.name };
    case "constant":
      return { value: text(event.value, span), nullable: false, missing: null, name, event };
  }
}

/** The rows for which a condition holds. */
export function kept(rows: Rows, predicate: Expr, span: Span): Rows {
  const present = new Set([...rows.present, ...subjectsOf(predicate)]);
  return { ...rows, relation: filter(rows.relation, predicate, span), present };
}

/** A field that a command makes. */
export function made(value: Expr, nullable: boolean, name: string): Field {
  return { value, nullable, missing: null, name, event: null };
}

/** A condition that is true where the field has a value. */
export function present({ value, nullable }: Pick<Field, "value" | "nullable">, span: Span): Expr {
  return hasValue({ expr: value, nullable }, span);
}

/** What KQL shows instead of the field, where that is not the same; each difference is a note. */
export function shown(field: Field, name: string, notes: Notes, span: Span): Expr {
  const { event } = field;
  if (event?.kind === "hashes") {
    notes.approximate(
      "hashes",
      span,
      `${name} holds every hash in one text; ${field.name} stands for it`,
      "the text of the hashes is looked at",
    );
  } else if ((event?.kind === "column" || event?.kind === "joined") && event.lower) {
    notes.approximate(
      "letter-case",
      span,
      `${field.value.kind === "column" ? field.name : name} is in lower case, where Splunk has ${name} as it was logged`,
      "the case of the value is looked at",
    );
  }
  if (event?.kind === "joined") {
    notes.approximate(
      "joined-field",
      span,
      `${name} is put together from ${event.before.name} and ${event.after.name}`,
      "an account has no domain",
    );
  }
  if (event?.kind === "registry-path" || event?.kind === "registry-data") registryNote(name, notes, span);
  return field.value;
}

export function registryNote(name: string, notes: Notes, span: Span): void {
  notes.approximate(
    "registry",
    span,
    `${name} is written otherwise in KQL: hives by their full names, numbers as decimals`,
    "the text is looked at, or a test depends on how it is written",
  );
}

/** A new column's name that hides no column another field is read from. */
export function freeName(rows: Rows, wanted: string, replaced: string | null = null): string {
  const used = new Set<string>();
  for (const [name, field] of rows.fields) if (name !== replaced) namesIn(field.value, used);
  if (rows.events !== null) for (const c of rows.events.columns) used.add(c.name);
  let name = wanted;
  for (let i = 2; used.has(name); i++) name = `${wanted}_${i}`;
  return name;
}

function namesIn(expr: Expr, into: Set<string>): void {
  if (expr.kind === "column") into.add(expr.name);
  else if (expr.kind === "call") for (const arg of expr.args) namesIn(arg, into);
}

/** The rows with exactly these fields, as columns of their names. */
export function projected(
  rows: Rows,
  fields: readonly (readonly [string, Field])[],
  span: Span,
  keyword: "project" | "project-away" | "project-rename",
): Rows {
  const values: NamedExpr[] = [];
  const columns = new Map<string, Field>();
  for (const [name, field] of fields) {
    if (columns.has(name)) continue;
    let label = field.name;
    for (let i = 2; values.some((v) => v.name === label); i++) label = `${field.name}_${i}`;
    values.push({ name: label, value: field.value });
    columns.set(name, {
      ...field,
      name: label,
      value: column({ name: label, type: field.value.type }, span),
    });
  }
  const relation: Relation = {
    kind: "project",
    input: rows.relation,
    values,
    keyword,
    columns: columnsOf(values),
    span,
  };
  return { ...rows, relation, fields: columns, events: null, gone: new Set(), present: new Set() };
}
