import { parse } from "yaml";
import { schemasOf, type TableDeclarations } from "../schemas/declared.ts";
import { Failure } from "./failure.ts";
import { readText } from "./read-text.ts";

/**
 * The tables that `--schema` files declare, as JSON or YAML: `{ "Table": { "Column": "type" } }`.
 * @throws Failure where a file has another form or names a type that KQL does not have.
 */
export async function loadSchemas(paths: readonly string[] = []): Promise<TableDeclarations> {
  let tables: TableDeclarations = {};
  for (const path of paths) tables = { ...tables, ...declarationsIn(await readText(path)) };
  return tables;
}

function declarationsIn(file: { readonly name: string; readonly text: string }): TableDeclarations {
  let data: unknown;
  try {
    data = parse(file.text, { maxAliasCount: 50, prettyErrors: true });
  } catch (error) {
    const [first = ""] = error instanceof Error ? error.message.split("\n") : [];
    throw new Failure(`${file.name}: is not valid JSON or YAML: ${first.replace(/:$/, "")}`);
  }
  if (!isDeclarations(data)) {
    throw new Failure(`${file.name}: is not a schema`, {
      hint: 'write it as { "MyTable": { "MyColumn": "string", "Other": "datetime" } }',
    });
  }
  try {
    schemasOf(data);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new Failure(`${file.name}: ${error.message}`);
  }
  return data;
}

function isDeclarations(data: unknown): data is TableDeclarations {
  return (
    isMap(data) && Object.values(data).every((t) => isMap(t) && Object.values(t).every((c) => typeof c === "string"))
  );
}

function isMap(data: unknown): data is Readonly<Record<string, unknown>> {
  return typeof data === "object" && data !== null && !Array.isArray(data);
}
