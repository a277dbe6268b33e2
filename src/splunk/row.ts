import { multi, type Value } from "./value.ts";

/** An event or result: field → value. A command owns the rows it is given and may change them in place. */
export type Row = Map<string, Value>;

/** Rows between two commands. `order`: fields that stand first among the columns, in this order; others follow as first seen. */
export interface Table {
  readonly rows: Row[];
  readonly order: readonly string[];
}

/** Sets a field, or removes it for an absent value. */
export function put(row: Row, field: string, value: Value | undefined): void {
  if (value === undefined) row.delete(field);
  else row.set(field, value);
}

/** Sets several fields at once, in step with their values. */
export function putAll(row: Row, fields: readonly string[], values: readonly (Value | undefined)[]): void {
  for (const [i, field] of fields.entries()) put(row, field, values[i]);
}

export function putMulti(row: Row, field: string, values: readonly string[]): void {
  put(row, field, multi(values));
}

export function copyRows(rows: readonly Row[]): Row[] {
  return rows.map((row) => new Map(row));
}

/** The names of all fields, as first seen after those of `order`. */
export function fieldNames(table: Table): readonly string[] {
  const names = new Set(table.order);
  for (const row of table.rows) for (const name of row.keys()) names.add(name);
  return [...names];
}

/** Fields whose names begin with an underscore belong to Splunk itself; a wildcard does not reach them. (fields command) */
export function isInternal(name: string): boolean {
  return name.startsWith("_");
}

/** A field name with `*` as a regular expression with one group for each `*`. */
export function namePattern(pattern: string): RegExp {
  const body = pattern
    .split(/\*+/)
    .map((part) => part.replace(/[\\^$.|?*+()[\]{}]/g, "\\$&"))
    .join("(.*)");
  return new RegExp(`^${body}$`, "s");
}

/** The names that a list with wildcards means, in the order of the list; a name without a wildcard always stands for itself. */
export function expandNames(patterns: readonly string[], names: readonly string[]): readonly string[] {
  const found = new Set<string>();
  for (const pattern of patterns) {
    if (!pattern.includes("*")) found.add(pattern);
    else {
      const expression = namePattern(pattern);
      for (const name of names) {
        if (expression.test(name) && (!isInternal(name) || isInternal(pattern))) found.add(name);
      }
    }
  }
  return [...found];
}
