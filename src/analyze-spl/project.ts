import type { Span } from "../diagnostics/source.ts";
import { type Field, fieldOf, projected, type Rows, shown } from "./rows.ts";
import type { Session } from "./session.ts";

/** Whether a name fits a pattern of a field list, in which `*` stands for anything. */
export function fitsName(pattern: string, name: string): boolean {
  const parts = pattern.split("*").map((p) => p.replaceAll(/[\\^$.|?+()[\]{}]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(name);
}

/** `table` and `fields`: exactly these fields, those that the rows have. (SPL Search Reference: table, fields) */
export function onlyFields(patterns: readonly string[], rows: Rows, session: Session, span: Span): Rows {
  if (patterns.includes("*")) return rows;
  const kept: [string, Field][] = [];
  const absent: string[] = [];
  for (const pattern of patterns) {
    if (pattern.includes("*")) {
      if (rows.events !== null) {
        session.unsupported("wildcard", span, `the fields ${pattern} of the events are not ported; name them`);
      }
      for (const [name, field] of rows.fields) if (fitsName(pattern, name)) kept.push([name, field]);
      continue;
    }
    const field = fieldOf(rows, pattern);
    if (field === null) absent.push(pattern);
    else kept.push([pattern, { ...field, value: shown(field, pattern, session, span) }]);
  }
  if (absent.length > 0) leftOut(absent, rows, session, span);
  if (kept.length === 0) return rows;
  return projected(rows, kept, span, "project");
}

function leftOut(names: readonly string[], rows: Rows, session: Session, span: Span): void {
  const list = names.length === 1 ? names[0] : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
  if (rows.events === null) {
    session.info("no-field", span, `the results have no field ${list} at this stage, and it is left out`);
    return;
  }
  session.approximate(
    "left-out-fields",
    span,
    `no column of ${rows.events.name} holds ${list}: the result is without ${names.length === 1 ? "it" : "them"}`,
    `the ${names.length === 1 ? "field is" : "fields are"} looked at`,
  );
}

/** `fields - a b`. */
export function withoutFields(patterns: readonly string[], rows: Rows): Rows {
  const out = (name: string): boolean => patterns.some((p) => fitsName(p, name));
  const fields = new Map([...rows.fields].filter(([name]) => !out(name)));
  return { ...rows, fields, gone: new Set([...rows.gone, ...patterns]) };
}

/** The result: what `rename` and `fields -` left to be done. */
export function finished(rows: Rows, session: Session, span: Span): Rows {
  if (rows.events !== null) return rows;
  const shownFields = [...rows.fields];
  const wanted = distinctColumns(shownFields);
  const columns = rows.relation.columns;
  const plain = wanted.every(
    ([, f], i) => f.value.kind === "column" && f.value.name === f.name && columns[i]?.name === f.name,
  );
  if (plain && wanted.length === columns.length) return rows;
  if (wanted.length === 0) {
    session.unsupported("no-field", span, "the result has no fields");
    return rows;
  }
  const sameOrder =
    wanted.length === columns.length &&
    wanted.every(([, f], i) => f.value.kind === "column" && f.value.name === columns[i]?.name);
  const fewer = wanted.every(([, f]) => f.value.kind === "column" && f.value.name === f.name);
  return projected(rows, wanted, span, sameOrder ? "project-rename" : fewer ? "project-away" : "project");
}

/** Two fields that are one column under one name show it once. */
function distinctColumns(fields: readonly [string, Field][]): readonly [string, Field][] {
  return fields.filter(
    ([, f], i) =>
      fields.findIndex(
        ([, other]) =>
          other.name === f.name &&
          other.value.kind === "column" &&
          f.value.kind === "column" &&
          other.value.name === f.value.name,
      ) === i || f.value.kind !== "column",
  );
}
