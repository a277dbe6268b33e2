import { type Column, scalarTypeOf } from "../types/scalar-type.ts";
import { knownFunctionColumns, knownFunctions } from "./known-functions.ts";
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

/** Where the columns of tables and of saved functions come from. */
export interface KnownSchemas {
  columns(table: string): readonly Column[] | undefined;
  names(): readonly string[];
  functionColumns(name: string): readonly Column[] | undefined;
  functionNames(): readonly string[];
}

const made = new WeakMap<TableDeclarations, KnownSchemas>();

/** Known and declared tables together; worked out once for every object of declarations. */
export function schemasOf(declared: TableDeclarations = none): KnownSchemas {
  const done = made.get(declared);
  if (done) return done;
  const own = new Map(Object.entries(declared).map(([table, columns]) => [table, columnsOf(table, columns)]));
  let names: readonly string[] | undefined;
  const schemas: KnownSchemas = {
    columns: (table) => own.get(table) ?? knownColumns(table),
    names: () => {
      names ??= [...new Set([...own.keys(), ...knownTables()])];
      return names;
    },
    functionColumns: knownFunctionColumns,
    functionNames: knownFunctions,
  };
  made.set(declared, schemas);
  return schemas;
}

const none: TableDeclarations = {};
