import type { Expr, Scan } from "../plan/nodes.ts";
import { type Context, type Mapped, note, ownNames } from "./environment.ts";
import { listed } from "./map-expression.ts";
import { fieldOf, mappingOf, sourceField } from "./profile.ts";
import { profiles } from "./profiles.ts";
import { readField } from "./read-field.ts";

/** A table of events with its source, and what its columns are there. */
export function mapScan(scan: Scan, context: Context): Mapped {
  for (const column of scan.columns)
    if (!context.origins.has(column.name)) context.origins.set(column.name, scan.table);
  const mapping = mappingOf(context.profile, scan.table);
  if (mapping === undefined) {
    const others = [...profiles.values()].filter((p) => mappingOf(p, scan.table) !== undefined).map((p) => p.name);
    const advice =
      others.length === 0
        ? "; write a profile that has it"
        : `; ${listed(others)} ${others.length === 1 ? "does" : "do"}`;
    note(
      context,
      "no-table",
      scan.table,
      `the profile ${context.profile.name} does not know the table ${scan.table}${advice}`,
      scan.span,
    );
    return { relation: scan, environment: ownNames(scan) };
  }
  const environment = new Map<string, Expr>();
  const fields = new Map<string, { name: string; type: Scan["columns"][number]["type"] }>();
  for (const column of scan.columns) {
    const field = fieldOf(mapping, column.name);
    if (field === undefined) {
      context.dropped.add(column.name);
      continue;
    }
    environment.set(column.name, readField(field, column.type, scan.span));
    const name = sourceField(field);
    if (name !== null && !fields.has(name))
      fields.set(name, { name, type: field.kind === "field" ? column.type : "string" });
  }
  for (const name of mapping.alsoShown) if (!fields.has(name)) fields.set(name, { name, type: "string" });
  const source = {
    profile: context.profile.name,
    search: mapping.search.replaceAll("$table$", scan.table),
    macroSearch: mapping.macroSearch?.replaceAll("$table$", scan.table) ?? null,
    dataModel: mapping.dataModel,
    logsource: mapping.logsource,
    missing: mapping.missing,
    filled: mapping.filled,
    time: mapping.time,
  };
  return { relation: { ...scan, columns: [...fields.values()], source }, environment };
}
