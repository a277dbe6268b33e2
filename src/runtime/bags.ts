import { type Bag, bagOf, type Dynamic, type DynamicArray, isArray, isBag, type Value } from "../types/value.ts";
import { access } from "./access.ts";
import { printJson } from "./json.ts";
import { pathOf } from "./json-path.ts";
import { textOf, tostring } from "./text.ts";

// Property bags. What is none gives null. (scalar-functions: dynamic functions)

/** Keys and values in turn; a key given twice keeps its first value. (bag-pack-function) */
export function bagPack(...parts: readonly Value[]): Bag {
  const entries: [string, Dynamic][] = [];
  for (let i = 0; i + 1 < parts.length; i += 2) entries.push([textOf(parts[i] ?? null), parts[i + 1] ?? null]);
  return firstWins(entries);
}

function firstWins(entries: readonly (readonly [string, Dynamic])[]): Bag {
  const found = new Map<string, Dynamic>();
  for (const [key, value] of entries) if (!found.has(key)) found.set(key, value);
  return bagOf(found);
}

/** The columns of a row as a bag; with `ignoreNullEmpty`, without nulls and "". (pack-all-function) */
export function packAll(row: Readonly<Record<string, Value>>, ignoreNullEmpty: Value): Bag {
  const entries = Object.entries(row);
  return bagOf(ignoreNullEmpty === true ? entries.filter(([, value]) => value !== null && value !== "") : entries);
}

export function bagKeys(bag: Value): DynamicArray | null {
  return isBag(bag) ? Object.keys(bag) : null;
}

/** The leftmost bag with a key gives its value; what is no bag does not count. (bag-merge-function) */
export function bagMerge(...bags: readonly Value[]): Bag | null {
  const merged = bags.filter(isBag);
  return merged.length === 0 ? null : firstWins(merged.flatMap((bag) => Object.entries(bag)));
}

/** The key, or a path such as `$.a.b[0]`. (bag-has-key-function) */
export function bagHasKey(bag: Value, key: Value): boolean | null {
  if (!isBag(bag)) return null;
  const path = pathOf(textOf(key));
  if (path === null) return Object.hasOwn(bag, textOf(key));
  let target: Dynamic = bag;
  for (const step of path) {
    const found: boolean =
      typeof step === "number" ? isArray(target) && step < target.length : isBag(target) && Object.hasOwn(target, step);
    if (!found) return false;
    target = access(target, step);
  }
  return true;
}

/** Without these keys or `$.a.b` paths. (bag-remove-keys-function) */
export function bagRemoveKeys(bag: Value, keys: Value): Dynamic {
  if (!isBag(bag) || !isArray(keys)) return isBag(bag) ? bag : null;
  return keys.reduce<Dynamic>((rest, key) => {
    const path = pathOf(textOf(key));
    return without(rest, path === null ? [textOf(key)] : path.map(String));
  }, bag);
}

function without(target: Dynamic, path: readonly string[]): Dynamic {
  const [key, ...rest] = path;
  if (!isBag(target) || key === undefined) return target;
  const entries = Object.entries(target);
  if (rest.length === 0) return bagOf(entries.filter(([name]) => name !== key));
  return bagOf(entries.map(([name, value]) => [name, name === key ? without(value, rest) : value]));
}

/** The key set to a value; a path such as `$.a.b` makes the bags on its way. (bag-set-key-function) */
export function bagSetKey(bag: Value, key: Value, value: Value): Dynamic {
  if (!isBag(bag)) return null;
  return withKey(bag, pathOf(textOf(key))?.map(String) ?? [textOf(key)], value);
}

function withKey(target: Value, path: readonly string[], value: Value): Dynamic {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const entries = isBag(target) ? Object.entries(target) : [];
  const old = isBag(target) && Object.hasOwn(target, key) ? (target[key] ?? null) : null;
  return bagOf([...entries.filter(([name]) => name !== key), [key, withKey(old, rest, value)]]);
}

/** Keys and values side by side; keys that are no strings fall away, missing values are null. (bag-zip-function) */
export function bagZip(keys: Value, values: Value): Bag | null {
  if (!isArray(keys) || !isArray(values)) return null;
  return firstWins(keys.flatMap((key, i) => (typeof key === "string" ? [[key, values[i] ?? null] as const] : [])));
}

/** JSON with the keys of bags in order of their names. (dynamic-to-json-function) */
export function dynamicToJson(value: Value): string {
  return value === null || typeof value === "string" ? tostring(value) : printJson(sortedKeys(value));
}

function sortedKeys(value: Dynamic): Dynamic {
  if (isArray(value)) return value.map(sortedKeys);
  if (!isBag(value)) return value;
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return bagOf(entries.map(([key, item]) => [key, sortedKeys(item)]));
}
