import type { FieldMapping, Profile, TableMapping } from "../fields/profile.ts";
import { fieldOf, mappingOf, sourceField } from "../fields/profile.ts";
import { knownColumns } from "../schemas/known-tables.ts";
import type { Column } from "../types/scalar-type.ts";
import { type Fields, identity, type MadeEvent } from "./made-event.ts";
import type { ValueForm } from "./make-values.ts";

/** The fields in which events are made, and how a profile writes them. */
export interface Space {
  readonly profile: Profile | null;
  /** Tables of KQL that the rules read; one without a name where no rule has tables. */
  readonly tables: readonly SpaceTable[];
  /** The field of the event's time. */
  readonly time: string;
  /** Text for an absent value, in results. */
  readonly missing: string | null;
}
export interface SpaceTable {
  readonly table: string;
  readonly mapping: TableMapping | null;
  /** The fields that its events may have; null where that is not known. */
  readonly fields: ReadonlySet<string> | null;
}

export const anyTable = "events";

/** `columnsOf`: the columns of a KQL table as far as they are known. */
export function spaceOf(
  profile: Profile | null,
  tables: readonly string[],
  time: string,
  columnsOf: (table: string) => readonly Column[] | undefined = knownColumns,
): Space {
  const ofProfile = Object.keys(profile?.tables ?? {}).filter((name) => !name.endsWith("*"));
  const named = tables.length > 0 ? tables : [ofProfile[0] ?? anyTable];
  const list = named.map((table) => {
    const mapping = profile === null ? null : (mappingOf(profile, table) ?? null);
    const columns = columnsOf(table);
    return { table, mapping, fields: columns === undefined ? null : fieldsOfColumns(mapping, columns, time) };
  });
  const first = list.find((t) => t.mapping !== null)?.mapping ?? null;
  return { profile, tables: list, time: first?.time ?? time, missing: first?.missing ?? null };
}

function fieldsOfColumns(mapping: TableMapping | null, columns: readonly Column[], time: string): ReadonlySet<string> {
  if (mapping === null) return new Set([time, ...columns.map((c) => c.name)]);
  const fields = columns.flatMap((c) => fieldOf(mapping, c.name) ?? []).flatMap((f) => sourceField(f) ?? []);
  return new Set([mapping.time ?? time, ...fields, ...mapping.alsoShown]);
}

/** How values of a field may look. */
export function formOf(space: Space, field: string): ValueForm {
  const mapping = space.tables.find((t) => t.mapping !== null)?.mapping ?? null;
  const filled = mapping?.filled.includes(field) ?? false;
  const time = field === space.time;
  return { missing: filled || time ? null : (mapping?.missing ?? null), optional: !filled && !time, time };
}

/** `name=value` terms of the search that selects a table's events: all of its events have them. */
export function fixedFields(mapping: TableMapping | null, table: string): Fields {
  const search = (mapping?.search ?? "").replaceAll("$table$", table);
  const terms = search.matchAll(/([\w.]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))/g);
  return Object.fromEntries(
    [...terms].map(([, name = "", quoted, plain]) => [name, quoted?.replace(/\\(.)/g, "$1") ?? numberIn(plain ?? "")]),
  );
}

const numberIn = (text: string): string | number => (/^\d{1,15}$/.test(text) ? Number(text) : text);

/** Events as a user has them: in the columns of a KQL table, or in the target's fields already. */
export function givenEvents(space: Space, table: string, rows: readonly object[], from: number): readonly MadeEvent[] {
  const mapping = space.tables.find((t) => t.table === table)?.mapping ?? null;
  return rows.map((row, i) => {
    const cells: Fields = Object.fromEntries(Object.entries(row));
    const id = cells[identity] ?? from + i + 1;
    const { [identity]: _, ...rest } = cells;
    const fields =
      mapping === null || !isInColumns(mapping, rest) ? withTime(rest, space.time) : fieldsOf(mapping, rest);
    return { id: `given:${String(id)}`, table, fields: { ...fields, ...fixedFields(mapping, table) } };
  });
}

function isInColumns(mapping: TableMapping, row: Fields): boolean {
  if (mapping.time !== null && row[mapping.time] !== undefined) return false;
  return "Timestamp" in row || "TimeGenerated" in row || Object.keys(mapping.fields).some((column) => column in row);
}

/** Renames columns into fields, the other way than a rule reads them. */
function fieldsOf(mapping: TableMapping, row: Fields): Fields {
  const fields: Record<string, unknown> = {};
  const known = new Set<string>();
  for (const [column, field] of Object.entries(mapping.fields)) {
    const value = row[column];
    if (value === undefined || value === null || value === "") continue;
    known.add(column);
    if (field.kind === "field") fields[field.field] = field.field === mapping.time ? (epochOf(value) ?? value) : value;
    else if (field.kind === "transform") put(fields, field, String(value));
  }
  if (mapping.otherFields === null) return fields;
  for (const [column, value] of Object.entries(row)) {
    if (known.has(column) || Object.hasOwn(mapping.fields, column) || value === null || value === "") continue;
    fields[mapping.otherFields + column] = value;
  }
  return fields;
}

function put(
  fields: Record<string, unknown>,
  field: Extract<FieldMapping, { readonly kind: "transform" }>,
  value: string,
): void {
  let source: FieldMapping = field;
  const names: string[] = [];
  let argument = "";
  while (source.kind === "transform") {
    names.push(source.name);
    argument = source.argument ?? argument;
    source = source.of;
  }
  if (source.kind !== "field") return;
  const before = typeof fields[source.field] === "string" ? String(fields[source.field]) : null;
  if (names.includes("$hash"))
    fields[source.field] = before === null ? `${argument}=${value}` : `${before},${argument}=${value}`;
  else if (names.includes("$before")) fields[source.field] = before === null ? value : `${value}${argument}${before}`;
  else if (names.includes("$after")) fields[source.field] = before === null ? value : `${before}${argument}${value}`;
  else fields[source.field] = before ?? value;
}

function withTime(row: Fields, time: string): Fields {
  const value = row[time] ?? row.Timestamp ?? row.TimeGenerated ?? row._time;
  const epoch = epochOf(value);
  return epoch === undefined ? row : { ...row, [time]: epoch };
}

/** Epoch seconds of a number or of ISO text. */
export function epochOf(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value !== "string" || value === "") return undefined;
  const number = Number(value);
  if (Number.isFinite(number)) return number;
  const ms = Date.parse(value);
  return Number.isNaN(ms) ? undefined : ms / 1000;
}

/** As a Splunk search meets events: the newest first, those of one time as they come. */
export function newestFirst(space: Space, events: readonly MadeEvent[]): readonly MadeEvent[] {
  const timeOf = (event: MadeEvent): number => {
    const time = event.fields[space.time];
    return typeof time === "number" ? time : Number.NEGATIVE_INFINITY;
  };
  return [...events].sort((a, b) => {
    const [x, y] = [timeOf(a), timeOf(b)];
    return x === y ? 0 : y - x;
  });
}
