import { parseField } from "./field-syntax.ts";
import type { FieldMapping, Profile, TableMapping } from "./profile.ts";

/** A profile as its author writes it, in YAML or as data. */
export interface ProfileSource {
  readonly name: string;
  readonly description?: string;
  readonly tables: Readonly<Record<string, TableSource>>;
}
export interface TableSource {
  readonly search?: string;
  readonly macroSearch?: string;
  readonly dataModel?: string;
  readonly logsource?: Readonly<Record<string, string>>;
  readonly missing?: string;
  /** Fields in which `missing` never stands. */
  readonly filled?: readonly string[];
  readonly time?: string;
  /** Fields that no column is made of but that belong to an event. */
  readonly alsoShown?: readonly string[];
  /** Column → field, or a transform of a field. */
  readonly fields?: Readonly<Record<string, string>>;
  /** Column → the value that all events have. */
  readonly constants?: Readonly<Record<string, string | number | boolean>>;
  /** For every other column: the field's name is this and the column's name. */
  readonly otherFields?: string;
}

/** Throws an Error with the reason where a field is not written well. */
export function profileOf(source: ProfileSource): Profile {
  return {
    name: source.name,
    description: source.description ?? "",
    tables: Object.fromEntries(Object.entries(source.tables).map(([name, table]) => [name, mappingOf(table)])),
  };
}

function mappingOf(table: TableSource): TableMapping {
  const fields = Object.entries(table.fields ?? {}).map(([column, text]): [string, FieldMapping] => [
    column,
    parseField(text),
  ]);
  const constants = Object.entries(table.constants ?? {}).map(([column, value]): [string, FieldMapping] => [
    column,
    { kind: "constant", value },
  ]);
  return {
    search: table.search ?? "",
    macroSearch: table.macroSearch ?? null,
    dataModel: table.dataModel ?? null,
    logsource: table.logsource ?? null,
    missing: table.missing ?? null,
    filled: table.filled ?? [],
    time: table.time ?? null,
    alsoShown: table.alsoShown ?? [],
    fields: Object.fromEntries([...fields, ...constants]),
    otherFields: table.otherFields ?? null,
  };
}
