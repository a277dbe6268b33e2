import type { Macros } from "../spl/macros.ts";
import { Failure } from "./failure.ts";
import { readText } from "./read-text.ts";

/** A JSON file of macros: `{ "name": { "definition": "…", "arguments": ["a"] } }`. @throws Failure for another form */
export async function loadMacros(path: string): Promise<Macros> {
  const file = await readText(path);
  let data: unknown;
  try {
    data = JSON.parse(file.text);
  } catch {
    throw new Failure(`${path}: is not valid JSON`);
  }
  if (isMacros(data)) return data;
  throw new Failure(`${path}: is not a file of macros`, {
    hint: 'write it as { "name": { "definition": "a=1 OR b=2" } }',
  });
}

function isMacros(data: unknown): data is Macros {
  return (
    typeof data === "object" &&
    data !== null &&
    Object.values(data).every(
      (m: unknown) => typeof m === "object" && m !== null && "definition" in m && typeof m.definition === "string",
    )
  );
}
