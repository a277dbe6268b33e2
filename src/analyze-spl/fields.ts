import type { Span } from "../diagnostics/source.ts";
import type { NamedExpr } from "../plan/nodes.ts";
import type { Assignment, FillnullCommand } from "../spl/tree.ts";
import { choice } from "./arithmetic.ts";
import { column, extend, keyOf, not, nothing, text } from "./build.ts";
import { spanOf } from "./notes.ts";
import { type Field, fieldOf, freeName, present, type Rows } from "./rows.ts";
import { noField } from "./search.ts";
import type { Session } from "./session.ts";
import { isNull, noteCase } from "./value.ts";

/** `eval a=…, b=…`: each sees the ones before it. */
export function evalCommand(assignments: readonly Assignment[], rows: Rows, session: Session, around: Span): Rows {
  let current = rows;
  for (const assignment of assignments) {
    const span = spanOf(assignment, around);
    const { field: name } = assignment;
    if (name.includes("{")) {
      session.unsupported("computed-name", span, "a field whose name is computed is not ported");
      continue;
    }
    const value = session.value(assignment.value, current, span);
    noteCase(value, session, span);
    const expr = isNull(value) ? nothing("string", span) : value.expr;
    current = assigned(current, name, { ...value, value: expr }, span);
  }
  return current;
}

/** The rows with a field set to a value: as a new column, or as it is where the value is a column already. */
export function assigned(
  rows: Rows,
  name: string,
  { value, nullable, missing }: Pick<Field, "value" | "nullable" | "missing">,
  span: Span,
): Rows {
  if (value.kind === "column" && value.name === columnName(name)) {
    const same: Field = { value, nullable, missing, name: value.name, event: null };
    return { ...rows, fields: new Map([...rows.fields, [name, same]]) };
  }
  const time =
    name === "_time" && rows.events !== null && ![...rows.fields.keys()].some((n) => n !== name && readsTime(rows, n));
  const label = time && rows.events !== null ? rows.events.time.name : freeName(rows, columnName(name), name);
  const fields = new Map(rows.fields);
  fields.set(name, {
    value: column({ name: label, type: value.type }, span),
    nullable,
    missing,
    name: label,
    event: null,
  });
  const added: NamedExpr = { name: label, value };
  const last = rows.relation;
  // One extend for several values, where none of them reads another.
  const joins =
    last.kind === "extend" &&
    last.input.kind !== "extend" &&
    !last.values.some((v) => v.name === label || keyOf(value).includes(`"name":${JSON.stringify(v.name)}`));
  const relation = joins ? extend(last.input, [...last.values, added], last.span) : extend(last, [added], span);
  const overwritten = keyOf(column({ name: label, type: value.type }, span));
  const present = new Set([...rows.present].filter((key) => key !== overwritten));
  return { ...rows, relation, fields, present };
}

function readsTime(rows: Rows, name: string): boolean {
  const value = rows.fields.get(name)?.value;
  return value !== undefined && rows.events !== null && keyOf(value).includes(`"name":"${rows.events.time.name}"`);
}

export function columnName(name: string): string {
  const plain = name.replaceAll(/[^\w]+/g, "_").replaceAll(/^_+(?=\w)|_+$/g, "");
  return plain === "" ? "field" : /^\d/.test(plain) ? `_${plain}` : plain;
}

/** `rename a as b`, with wildcards. The columns get their names where the result is made. */
export function rename(
  pairs: readonly { readonly from: string; readonly to: string }[],
  rows: Rows,
  session: Session,
  span: Span,
): Rows {
  let current = rows;
  for (const { from, to } of pairs) {
    if (!from.includes("*")) {
      current = renamed(current, from, to);
      continue;
    }
    const [before = "", after = ""] = from.split("*");
    if (from.split("*").length > 2 || to.split("*").length !== 2) {
      session.unsupported("wildcard", span, `renaming ${from} to ${to} is not ported`);
      continue;
    }
    for (const name of [...current.fields.keys()]) {
      if (!name.startsWith(before) || !name.endsWith(after) || name.length < from.length - 1) continue;
      const middle = name.slice(before.length, name.length - after.length);
      current = renamed(
        current,
        name,
        to.replace("*", () => middle),
      );
    }
  }
  return current;
}

function renamed(rows: Rows, from: string, to: string): Rows {
  const field = fieldOf(rows, from);
  const gone = new Set(rows.gone);
  if (from === to) return rows;
  if (field === null) {
    if (rows.events !== null) gone.add(to);
    return { ...rows, gone };
  }
  gone.add(from);
  gone.delete(to);
  // A dataset's prefix is no part of the name.
  const same = from.endsWith(`.${to}`) || to.endsWith(`.${from}`);
  const entries = [...rows.fields].flatMap(([name, f]): (readonly [string, Field])[] =>
    name === from ? [[to, same ? field : { ...field, name: columnName(to) }]] : name === to ? [] : [[name, f]],
  );
  const fields = new Map(entries);
  if (!fields.has(to)) fields.set(to, same ? field : { ...field, name: columnName(to) });
  return { ...rows, fields, gone };
}

/** `fillnull value=x a b`: the value where a field is absent. (SPL Search Reference: fillnull) */
export function fillnull(stage: FillnullCommand, rows: Rows, session: Session, span: Span): Rows {
  if (stage.fields.length === 0 && rows.events !== null) {
    session.unsupported("wildcard", span, "fillnull of all fields of the events is not ported; name them");
    return rows;
  }
  const names = stage.fields.length === 0 ? [...rows.fields.keys()] : stage.fields;
  let current = rows;
  for (const name of names) {
    const field = fieldOf(current, name);
    const filling = text(stage.value ?? "0", span);
    if (field === null) {
      if (rows.events !== null) noField(name, rows, session, span);
      else current = assigned(current, name, { value: filling, nullable: false, missing: null }, span);
      continue;
    }
    if (!field.nullable) continue;
    if (stage.value === "") {
      // What is absent in Splunk is "" or null in KQL already.
      const fields = new Map(current.fields);
      fields.set(name, { ...field, nullable: false });
      current = { ...current, fields };
      continue;
    }
    if (field.value.type !== "string") {
      session.unsupported("type", span, `${name} is a ${field.value.type}, which cannot be filled with a text`);
      continue;
    }
    const value = choice(not(present(field, span)), filling, field.value, span);
    current = assigned(current, name, { value, nullable: false, missing: null }, span);
  }
  return current;
}
