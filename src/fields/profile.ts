/**
 * A field-mapping profile: where the events of KQL's tables are in a target, and which of its fields holds which column.
 * It is written as a small YAML file (see `parse-profile.ts`); those of the project are the same shape as TypeScript data.
 */
export interface Profile {
  readonly name: string;
  readonly description: string;
  /** By table name; a name that ends in `*` stands for every table that begins so. */
  readonly tables: Readonly<Record<string, TableMapping>>;
}

export interface TableMapping {
  /** SPL terms that select the events; `$table$` in them is the table's name. */
  readonly search: string;
  /** The same with the macros that Splunk's security content uses; null: no different. */
  readonly macroSearch: string | null;
  /** An accelerated data model, such as `Endpoint.Processes`. */
  readonly dataModel: string | null;
  /** Sigma's log source. */
  readonly logsource: Readonly<Record<string, string>> | null;
  /** The text that stands for an absent value, such as `unknown`. */
  readonly missing: string | null;
  /** Fields that every event has, with a value of their own: neither absent nor `missing`. */
  readonly filled: readonly string[];
  /** The field that holds the event's time, in epoch seconds. */
  readonly time: string | null;
  /** Fields that no column is made of but that belong to an event, where the result is whole events. */
  readonly alsoShown: readonly string[];
  readonly fields: Readonly<Record<string, FieldMapping>>;
  /** Put before the name of every column that `fields` does not list; null: such a column is not there. */
  readonly otherFields: string | null;
}

export type FieldMapping =
  | { readonly kind: "field"; readonly field: string }
  | {
      readonly kind: "transform";
      readonly name: Transform;
      readonly of: FieldMapping;
      readonly argument: string | null;
    }
  | { readonly kind: "constant"; readonly value: string | number | boolean };

/**
 * What a column may be made of a field with, besides the field itself:
 * `$basename(f)` the last part of a Windows path, `$hash(f, "SHA256")` one hash of Sysmon's list in lower case,
 * `$before(f, s)` the text up to the first `s` and `$after(f, s)` that from the last one (all of it without one), `$lower(f)`.
 */
export const transforms = { $basename: 0, $lower: 0, $hash: 1, $before: 1, $after: 1 } as const;
export type Transform = keyof typeof transforms;

/** The mapping that a profile has for a table. */
export function mappingOf(profile: Profile, table: string): TableMapping | undefined {
  if (Object.hasOwn(profile.tables, table)) return profile.tables[table];
  // `$table$` goes into the search, so only a plain name stands in for a pattern.
  if (!/^\w+$/.test(table)) return undefined;
  const pattern = Object.keys(profile.tables).find((name) => name.endsWith("*") && table.startsWith(name.slice(0, -1)));
  return pattern === undefined ? undefined : profile.tables[pattern];
}

/** What a column of the table is in the target, or undefined where it has none. */
export function fieldOf(mapping: TableMapping, column: string): FieldMapping | undefined {
  if (Object.hasOwn(mapping.fields, column)) return mapping.fields[column];
  return mapping.otherFields === null ? undefined : { kind: "field", field: mapping.otherFields + column };
}

/** The field that a mapping reads. */
export function sourceField(mapping: FieldMapping): string | null {
  switch (mapping.kind) {
    case "field":
      return mapping.field;
    case "transform":
      return sourceField(mapping.of);
    case "constant":
      return null;
  }
}
