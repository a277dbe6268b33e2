/** A JSON value that keeps the digits of its numbers and the order of its members. */
export type Json = null | boolean | string | JsonNumber | readonly Json[] | ReadonlyMap<string, Json>;

export interface JsonNumber {
  readonly kind: "number";
  readonly text: string;
}

export function isObject(json: Json): json is ReadonlyMap<string, Json> {
  return json instanceof Map;
}

export function isArray(json: Json): json is readonly Json[] {
  return Array.isArray(json);
}

export function isJsonNumber(json: Json): json is JsonNumber {
  return typeof json === "object" && json !== null && !isArray(json) && !isObject(json);
}

const deepest = 200;
const space = /[ \t\r\n]*/y;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const string = /"(?:[^"\\]|\\.)*"/sy;
const word = /true|false|null/y;

/** Reads JSON text; undefined for anything else. */
export function parseJson(text: string): Json | undefined {
  let at = 0;
  let depth = 0;
  const step = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) at += found.length;
    return found;
  };
  const take = (c: string): boolean => {
    step(space);
    if (text.charAt(at) !== c) return false;
    at++;
    return true;
  };
  const value = (): Json | undefined => {
    if (++depth > deepest) return undefined;
    try {
      step(space);
      switch (text.charAt(at)) {
        case "{":
          return object();
        case "[":
          return array();
        case '"':
          return textValue();
        default: {
          const found = step(word);
          if (found !== undefined) return found === "null" ? null : found === "true";
          const digits = step(number);
          return digits === undefined || digits === "" ? undefined : { kind: "number", text: digits };
        }
      }
    } finally {
      depth--;
    }
  };
  const textValue = (): string | undefined => {
    const found = step(string);
    if (found === undefined) return undefined;
    try {
      const read: unknown = JSON.parse(found);
      return typeof read === "string" ? read : undefined;
    } catch {
      return undefined;
    }
  };
  const array = (): Json | undefined => {
    at++;
    const items: Json[] = [];
    if (take("]")) return items;
    do {
      const item = value();
      if (item === undefined) return undefined;
      items.push(item);
    } while (take(","));
    return take("]") ? items : undefined;
  };
  const object = (): Json | undefined => {
    at++;
    const members = new Map<string, Json>();
    if (take("}")) return members;
    do {
      step(space);
      const name = textValue();
      if (name === undefined || !take(":")) return undefined;
      const member = value();
      if (member === undefined) return undefined;
      members.set(name, member);
    } while (take(","));
    return take("}") ? members : undefined;
  };
  const result = value();
  step(space);
  return at === text.length ? result : undefined;
}

/** Compact JSON text. */
export function printJson(json: Json): string {
  if (json === null || typeof json === "boolean") return String(json);
  if (typeof json === "string") return JSON.stringify(json);
  if (isArray(json)) return `[${json.map(printJson).join(",")}]`;
  if (isObject(json)) return `{${[...json].map(([k, v]) => `${JSON.stringify(k)}:${printJson(v)}`).join(",")}}`;
  return json.text;
}

/** A JSON value as a field has it: texts bare, objects and arrays as JSON, null as nothing. */
export function jsonText(json: Json): string | null {
  if (json === null) return null;
  return typeof json === "string" ? json : printJson(json);
}
