import { parse } from "yaml";
import type { Macros } from "../spl/macros.ts";
import { Failure } from "./failure.ts";
import { readText } from "./read-text.ts";

/** Whether a file holds SPL: by its name alone, since KQL and SPL can begin alike. */
export function isSplFile(path: string): boolean {
  return /\.spl$/i.test(path);
}

/**
 * The macros that `--macro-file` files define, as JSON or YAML: `{ "name": { "definition": "…", "arguments": ["a"] } }`.
 * @throws Failure where a file has another form.
 */
export async function loadMacros(paths: readonly string[] = []): Promise<Macros | undefined> {
  if (paths.length === 0) return undefined;
  let macros: Macros = {};
  for (const path of paths) macros = { ...macros, ...macrosIn(await readText(path)) };
  return macros;
}

function macrosIn(file: { readonly name: string; readonly text: string }): Macros {
  let data: unknown;
  try {
    data = parse(file.text, { maxAliasCount: 50, prettyErrors: true });
  } catch (error) {
    const [first = ""] = error instanceof Error ? error.message.split("\n") : [];
    throw new Failure(`${file.name}: is not valid JSON or YAML: ${first.replace(/:$/, "")}`);
  }
  if (isMacros(data)) return data;
  throw new Failure(`${file.name}: is no file of macros`, {
    hint: 'write it as { "my_macro": { "definition": "index=main", "arguments": [] } }',
  });
}

function isMacros(data: unknown): data is Macros {
  return (
    isMap(data) &&
    Object.values(data).every((m) => isMap(m) && typeof m.definition === "string" && isNames(m.arguments))
  );
}

function isNames(data: unknown): boolean {
  return data === undefined || (Array.isArray(data) && data.every((n) => typeof n === "string"));
}

function isMap(data: unknown): data is Readonly<Record<string, unknown>> {
  return typeof data === "object" && data !== null && !Array.isArray(data);
}
