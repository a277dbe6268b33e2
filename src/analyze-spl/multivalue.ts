import type { Span } from "../diagnostics/source.ts";
import type { Relation } from "../plan/nodes.ts";
import type { MakemvCommand, MvexpandCommand } from "../spl/tree.ts";
import { call, column, text } from "./build.ts";
import { assigned } from "./fields.ts";
import { fieldOf, freeName, made, type Rows } from "./rows.ts";
import { noField } from "./search.ts";
import type { Session } from "./session.ts";

/** `makemv delim="," f`: the parts of a text as several values. (SPL Search Reference: makemv) */
export function makeMultivalue(stage: MakemvCommand, rows: Rows, session: Session, span: Span): Rows {
  const field = fieldOf(rows, stage.field);
  if (field === null) {
    noField(stage.field, rows, session, span);
    return rows;
  }
  const delimiter = stage.options.find((o) => o.name === "delim")?.value;
  const empty = stage.options.some((o) => o.name === "allowempty" && /^t/i.test(o.value));
  if (delimiter === undefined || stage.options.some((o) => o.name === "tokenizer") || field.value.type !== "string") {
    session.unsupported("multivalue", span, "makemv without a delimiter is not ported");
    return rows;
  }
  if (!empty) {
    session.approximate("empty-text", span, "empty parts are values too", "two delimiters follow each other");
  }
  const value = call("split", "dynamic", span, field.value, text(delimiter, span));
  return assigned(rows, stage.field, { value, nullable: field.nullable, missing: null }, span);
}

/** `mvexpand f`: a row for each value. (SPL Search Reference: mvexpand) */
export function expandValues(stage: MvexpandCommand, rows: Rows, session: Session, span: Span): Rows {
  const field = fieldOf(rows, stage.field);
  if (field === null) {
    noField(stage.field, rows, session, span);
    return rows;
  }
  if (stage.limit !== null && stage.limit !== 0) {
    session.unsupported("option", span, "mvexpand with a limit is not ported");
    return rows;
  }
  if (field.value.type !== "dynamic" || field.value.kind !== "column") return rows;
  const name = freeName(rows, field.value.name, stage.field);
  const input = rows.relation;
  const expanded = { name, type: "string" as const };
  const columns = input.columns.map((c) => (c.name === name ? expanded : c));
  const relation: Relation = {
    kind: "expand",
    input,
    values: [{ name, value: field.value, type: "string" }],
    bagExpansion: "bag",
    indexColumn: null,
    limit: null,
    columns: columns.some((c) => c.name === name) ? columns : [...columns, expanded],
    span,
  };
  const fields = new Map(rows.fields);
  fields.set(stage.field, made(column(expanded, span), false, name));
  return { ...rows, relation, fields };
}
