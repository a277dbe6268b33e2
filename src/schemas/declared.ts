import { type Column, scalarTypeOf } from "../types/scalar-type.ts";
import { knownColumns, knownTables } from "./known-tables.ts";

/** Tables that a caller declares: table → column → type name of KQL. They come before the known ones. */
export type TableDeclarations = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The columns of a declaration; throws a TypeError with the column's name for a type that KQL does not have. */
function columnsOf(table: string, declared: Readonly<Record<string, string>>): readonly Column[] {
  return Object.entries(declared).map(([name, typeName]) => {
    const type = scalarTypeOf(typeName);
    if (type === undefined)
      throw new TypeError(`the schema of ${table} gives ${name} the type \`${typeName}\`, which KQL does not have`);
    return { name, type };
  });
}

/** Known and declared tables together. */
export function schemasOf(declared: TableDeclarations = {}): {
  columns(table: string): readonly Column[] | undefined;
  names(): readonly string[];
} {
  const own = new Map(Object.entries(declared).map(([table, columns]) => [table, columnsOf(table, columns)]));
  return {
    columns: (table) => own.get(table) ?? knownColumns(table),
    names: () => [...own.keys(), ...knownTables()],
  };
}
