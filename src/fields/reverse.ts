import type { EventField, EventTable, EventTables } from "../plan/event-fields.ts";
import { parseSearchTerms } from "../spl/search-terms.ts";
import type { SearchExpr } from "../spl/tree.ts";
import type { Column } from "../types/scalar-type.ts";
import type { FieldMapping, Profile, TableMapping } from "./profile.ts";
import { selectedBy } from "./reverse-selection.ts";

/** The columns of a KQL table, or undefined for one that is not known. */
export type ColumnsOf = (table: string) => readonly Column[] | undefined;

/**
 * Profiles read backwards, the first that fits first. `assume`: a base search that names no source means the first table of the
 * first profile, since the caller chose it.
 */
export function reverseProfiles(profiles: readonly Profile[], columnsOf: ColumnsOf, assume: boolean): EventTables {
  const tables = profiles.flatMap((profile) =>
    Object.entries(profile.tables).flatMap(([name, mapping]) => {
      const found = name.endsWith("*") ? undefined : columnsOf(name);
      return found === undefined ? [] : [{ mapping, name, table: eventTable(name, mapping, found) }];
    }),
  );
  const patterned = profiles.flatMap((profile) =>
    Object.entries(profile.tables).flatMap(([name, mapping]) => (name.endsWith("*") ? [{ name, mapping }] : [])),
  );
  return {
    dataModel: (name) => tables.find((t) => t.mapping.dataModel?.toLowerCase() === name.toLowerCase())?.table ?? null,
    dataModels: tables.flatMap((t) => t.mapping.dataModel ?? []),
    selected: (terms) => {
      const first = tables[0];
      for (const { mapping, name, table } of tables) {
        const rest = selectedBy(terms, searchesOf(mapping, name), assume && table === first?.table);
        if (rest !== null) return { table, rest };
      }
      for (const { name: pattern, mapping } of patterned) {
        const name = tableNamed(terms, pattern, mapping);
        const columns = name === null ? undefined : columnsOf(name);
        if (name === null || columns === undefined) continue;
        const rest = selectedBy(terms, searchesOf(mapping, name), false);
        if (rest !== null) return { table: eventTable(name, mapping, columns), rest };
      }
      return null;
    },
  };
}

function searchesOf(mapping: TableMapping, table: string): readonly (SearchExpr | null)[] {
  return [mapping.search, mapping.macroSearch ?? ""]
    .filter((text) => text !== "")
    .map((text) => parseSearchTerms(text.replaceAll("$table$", table)));
}

/** The table whose name stands in the terms where the profile's search has `$table$`: `category="AdvancedHunting-DeviceEvents"`. */
function tableNamed(terms: readonly SearchExpr[], pattern: string, mapping: TableMapping): string | null {
  const marker = "ruleportTable";
  const search = parseSearchTerms(mapping.search.replaceAll("$table$", marker));
  const parts = search?.kind === "and" ? search.operands : search ? [search] : [];
  for (const part of parts) {
    if (part.kind !== "compare" || !part.value.includes(marker)) continue;
    const [before = "", after = ""] = part.value.split(marker);
    for (const term of terms) {
      if (term.kind !== "compare" || term.field !== part.field || term.operator !== "=") continue;
      if (!term.value.startsWith(before) || !term.value.endsWith(after)) continue;
      const name = term.value.slice(before.length, term.value.length - after.length);
      if (/^\w+$/.test(name) && name.startsWith(pattern.slice(0, -1))) return name;
    }
  }
  return null;
}

function eventTable(name: string, mapping: TableMapping, columns: readonly Column[]): EventTable {
  const byName = new Map(columns.map((c) => [c.name, c]));
  const fields = new Map<string, EventField>();
  const joined = new Map<string, { before?: Column; after?: Column; separator: string; lower: boolean }>();
  const last = new Map<string, Column>();
  for (const [columnName, field] of Object.entries(mapping.fields)) {
    const column = byName.get(columnName);
    if (column === undefined) continue;
    add(fields, joined, last, column, field, false);
  }
  for (const [field, parts] of joined) {
    const { before, after, separator, lower } = parts;
    if (before && after && !fields.has(field)) fields.set(field, { kind: "joined", before, separator, after, lower });
  }
  const [key, value, data] = ["RegistryKey", "RegistryValueName", "RegistryValueData"].map((n) => byName.get(n));
  if (key && value && joined.has("registry_path")) fields.set("registry_path", { kind: "registry-path", key, value });
  if (data && fields.has("registry_value_data")) {
    fields.set("registry_value_data", { kind: "registry-data", column: data });
  }
  for (const [field, column] of last) {
    const found = fields.get(field);
    if (found?.kind === "column") fields.set(field, { ...found, last: column });
  }
  for (const [field, value] of Object.entries(derivedFields)) {
    const base = mapping.dataModel === null ? undefined : fields.get(value);
    if (base && !fields.has(field) && mapping.alsoShown.includes(field)) fields.set(field, base);
  }
  for (const [field, value] of Object.entries(constantFields)) {
    if (mapping.dataModel === "Endpoint.Processes" && mapping.alsoShown.includes(field) && !fields.has(field)) {
      fields.set(field, { kind: "constant", value });
    }
  }
  const time = byName.get("Timestamp") ?? byName.get("TimeGenerated") ?? { name: "TimeGenerated", type: "datetime" };
  return {
    name,
    columns,
    missing: mapping.missing,
    filled: (field) => mapping.filled.includes(field) || field === mapping.time,
    time,
    field: (field) => {
      if (field === mapping.time) return plain(time);
      const found = fields.get(field);
      if (found !== undefined) return found;
      const other = mapping.otherFields;
      if (other === null || !field.startsWith(other)) return null;
      const column = byName.get(field.slice(other.length));
      return column === undefined ? null : plain(column);
    },
  };
}

/** Fields of the data model that repeat another one for a program on disk. */
const derivedFields: Readonly<Record<string, string>> = {
  process_exec: "process_name",
  parent_process_exec: "parent_process_name",
};

/** Fields of the data model that are the same for every process that has started. */
const constantFields: Readonly<Record<string, string>> = { action: "allowed" };

function plain(column: Column): EventField {
  return { kind: "column", column, lower: false, last: null };
}

function add(
  fields: Map<string, EventField>,
  joined: Map<string, { before?: Column; after?: Column; separator: string; lower: boolean }>,
  last: Map<string, Column>,
  column: Column,
  mapping: FieldMapping,
  lower: boolean,
): void {
  if (mapping.kind === "constant") return;
  if (mapping.kind === "field") {
    const { field } = mapping;
    if (!fields.has(field)) fields.set(field, { kind: "column", column, lower, last: null });
    return;
  }
  if (mapping.name === "$lower") {
    add(fields, joined, last, column, mapping.of, true);
    return;
  }
  if (mapping.of.kind !== "field") return;
  const { field } = mapping.of;
  switch (mapping.name) {
    case "$basename":
      last.set(field, column);
      return;
    case "$hash": {
      const found = fields.get(field);
      const known = found?.kind === "hashes" ? found.columns : new Map<string, Column>();
      fields.set(field, { kind: "hashes", columns: new Map([...known, [mapping.argument ?? "", column]]) });
      return;
    }
    case "$before":
    case "$after": {
      const parts = joined.get(field) ?? { separator: mapping.argument ?? "", lower };
      joined.set(field, mapping.name === "$before" ? { ...parts, before: column } : { ...parts, after: column });
      return;
    }
  }
}
