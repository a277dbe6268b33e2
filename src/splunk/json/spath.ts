import { isArray, isObject, type Json, jsonText, parseJson } from "./json.ts";
import { parsePath, valuesAt } from "./path.ts";

/** The texts at a path of JSON text; none where the text is no JSON or has nothing there. (spath command) */
export function spathValues(text: string, path: string): readonly string[] {
  const json = parseJson(text);
  if (json === undefined) return [];
  const steps = parsePath(path);
  const found = valuesAt(json, steps);
  return texts(found.flatMap((value) => (isArray(value) && steps.at(-1)?.kind === "every" ? value : [value])));
}

/** Every value of JSON text under its path: `a.b`, `list{}`, `list{}.c`; of several the list. null: no JSON object or array. */
export function spathAll(text: string): ReadonlyMap<string, readonly string[]> | null {
  const json = parseJson(text);
  if (json === undefined || !(isObject(json) || isArray(json))) return null;
  const found = new Map<string, string[]>();
  const visit = (value: Json, path: string): void => {
    if (isObject(value)) for (const [name, member] of value) visit(member, path === "" ? name : `${path}.${name}`);
    else if (isArray(value)) for (const item of value) visit(item, `${path}{}`);
    else {
      const plain = jsonText(value);
      const list = found.get(path) ?? [];
      if (plain !== null) list.push(plain);
      if (plain !== null) found.set(path, list);
    }
  };
  visit(json, "");
  return found;
}

function texts(values: readonly Json[]): readonly string[] {
  return values.flatMap((v) => jsonText(v) ?? []);
}

/** XML cannot be read here; the caller says so instead of giving nothing. */
export function looksLikeXml(text: string): boolean {
  return /^\s*<(?:\?xml|[A-Za-z_])/.test(text);
}
