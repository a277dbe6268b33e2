import type { Span } from "../diagnostics/source.ts";
import type { AggregateCall, Expr, NamedExpr, Relation } from "../plan/nodes.ts";
import type { Aggregation } from "../spl/tree.ts";
import { type Aggregated, aggregation } from "./aggregation.ts";
import { allOf, call, column, columnsOf } from "./build.ts";
import { spanOf } from "./notes.ts";
import { type Field, fieldOf, kept, present, type Rows, shown } from "./rows.ts";
import { noField } from "./search.ts";
import type { Session } from "./session.ts";

export interface KeySpan {
  /** The width of the bins. */
  readonly length: Expr;
}
export interface Grouping {
  readonly aggregations: readonly Aggregation[];
  readonly by: readonly string[];
  readonly spans: ReadonlyMap<string, KeySpan>;
  /** Whether an absent key stands as a text instead of dropping the row. */
  readonly filled: boolean;
}

/** Fields of an index, which tstats has beside those of a data model. */
const indexed = new Set(["host", "source", "sourcetype", "index", "splunk_server"]);

/** Groups of rows. Splunk drops rows that have no value in a key. (SPL Search Reference: stats) */
export function aggregated(grouping: Grouping, rows: Rows, session: Session, span: Span): Rows {
  const names = new Set<string>();
  const keys: NamedExpr[] = [];
  const fields = new Map<string, Field>();
  const needed: Expr[] = [];
  const left: string[] = [];
  for (const name of grouping.by) {
    if (fields.has(name)) continue;
    const field = fieldOf(rows, name);
    if (field === null || field.event?.kind === "constant") {
      // A constant tells no rows apart, and no column holds it.
      const bare = rows.prefix !== "" && !name.startsWith(rows.prefix) && !indexed.has(name);
      if (rows.events === null) noField(name, rows, session, span);
      else if (bare)
        session.unsupported(
          "no-field",
          span,
          `${name} is no field of the data model, whose fields begin with ${rows.prefix}`,
        );
      left.push(name.startsWith(rows.prefix) ? name.slice(rows.prefix.length) : name);
      continue;
    }
    const width = grouping.spans.get(name);
    const own = shown(field, name, session, span);
    const value = width === undefined ? own : call("bin", own.type, span, own, width.length);
    if (value.type === "dynamic") {
      session.unsupported("multivalue", span, `groups by ${name}, which has several values, are not ported`);
    }
    const repeated = [...fields].find(
      ([, f]) =>
        width === undefined &&
        f.event !== null &&
        sameColumn(
          field,
          keys.find((k) => k.name === f.name),
        ),
    );
    if (repeated !== undefined) {
      fields.set(name, repeated[1]);
      continue;
    }
    if (!grouping.filled) needed.push(present(field, span));
    const label = unused(field.name, names);
    keys.push({ name: label, value });
    fields.set(name, {
      ...field,
      nullable: field.nullable && grouping.filled,
      name: label,
      value: column({ name: label, type: value.type }, span),
    });
  }
  if (left.length > 0) leftOut(left, rows, session, span);
  const filtered = kept(rows, allOf(needed, span), span);
  const aggregates: AggregateCall[] = [];
  const hidden: string[] = [];
  for (const item of grouping.aggregations) {
    const made: Aggregated | null = aggregation(item, filtered, names, session, spanOf(item, span));
    if (made === null) continue;
    aggregates.push(made.call);
    if (made.hidden !== null) hidden.push(made.hidden);
    fields.set(made.name, made.field);
  }
  const columns = [...columnsOf(keys), ...aggregates.flatMap((a) => a.columns)];
  let relation: Relation = {
    kind: "aggregate",
    input: filtered.relation,
    keys,
    aggregates,
    keyword: aggregates.length === 0 ? "distinct" : "summarize",
    columns,
    span,
  };
  if (hidden.length > 0) {
    const left = columns.filter((c) => !hidden.includes(c.name));
    const values = left.map((c) => ({ name: c.name, value: column(c, span) }));
    relation = { kind: "project", input: relation, values, keyword: "project-away", columns: left, span };
  }
  return { relation, fields, events: null, gone: new Set(), present: new Set(), prefix: rows.prefix, order: "none" };
}

function sameColumn(field: Field, key: NamedExpr | undefined): boolean {
  return (
    key !== undefined &&
    key.value.kind === "column" &&
    field.value.kind === "column" &&
    key.value.name === field.value.name
  );
}

function leftOut(names: readonly string[], rows: Rows, session: Session, span: Span): void {
  if (rows.events === null) return;
  const list = names.length === 1 ? names[0] : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
  session.approximate(
    "left-out-fields",
    span,
    `no column of ${rows.events.name} holds ${list}: the result is without ${names.length === 1 ? "it" : "them"}`,
    `rows differ in ${names.length === 1 ? "it" : "them"} alone, which are then one, or the ${names.length === 1 ? "field is" : "fields are"} looked at`,
  );
}

/** A column name that is not taken yet, which it then is. */
export function unused(wanted: string, names: Set<string>): string {
  let name = wanted;
  for (let i = 2; names.has(name); i++) name = `${wanted}_${i}`;
  names.add(name);
  return name;
}
