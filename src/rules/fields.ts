import { isMap, isScalar, isSeq, type Node, type Scalar, type YAMLMap } from "yaml";
import type { Diagnostics } from "../diagnostics/diagnostic.ts";
import { noSpan, type Span } from "../diagnostics/source.ts";
import { isStringScalar } from "./query-source.ts";

/** Reads typed values out of a YAML map; a value of another type is a FILE002 at its place and counts as absent. */
export interface Fields {
  string(key: string): string | undefined;
  /** A list of strings; one string alone counts as a list of one, empty entries are left out. */
  strings(key: string): readonly string[] | undefined;
  /** A scalar that is a string, for its place in the file. */
  scalar(key: string): Scalar<string> | undefined;
  map(key: string): Fields | undefined;
  /** A list of maps; one map alone counts as a list of one. */
  maps(key: string): readonly Fields[];
  number(key: string): number | undefined;
  boolean(key: string): boolean | undefined;
  /** A text that is one of the known ones, in whatever case. */
  oneOf<T extends string>(key: string, known: readonly T[]): T | undefined;
  keys(): readonly string[];
  /** Where the key stands, for messages; the map's own place for a key that is absent. */
  span(key: string): Span;
}

export function fieldsOf(map: YAMLMap, path: string, diagnostics: Diagnostics): Fields {
  const named = (key: string) => (path === "" ? `"${key}"` : `"${path}.${key}"`);
  const at = (key: string): Node | undefined => {
    const value = map.get(key, true);
    // A key without a value is as good as none: Sentinel's own files leave `tactics:` open.
    return value === undefined || value.value === null ? undefined : value;
  };
  const wrong = (node: Node, key: string, wanted: string): undefined => {
    diagnostics.add("FILE002", spanOf(node), `${named(key)} must be ${wanted}`);
  };
  const text = (node: unknown): string | undefined => {
    if (isStringScalar(node)) return node.value;
    // 1.0 and true as they are written, not as YAML reads them.
    return isScalar(node) && node.value !== null ? (node.source ?? String(node.value)) : undefined;
  };
  return {
    string(key) {
      const node = at(key);
      return node && (text(node) ?? wrong(node, key, "a string"));
    },
    strings(key) {
      const node = at(key);
      if (node === undefined) return undefined;
      if (!isSeq(node)) {
        const single = text(node);
        return single === undefined ? wrong(node, key, "a list of strings") : [single];
      }
      const entries = node.items.filter((item) => !(isScalar(item) && item.value === null));
      const strings = entries.map(text).filter((entry) => entry !== undefined);
      return strings.length < entries.length ? wrong(node, key, "a list of strings") : strings;
    },
    scalar(key) {
      const node = at(key);
      if (node === undefined) return undefined;
      return isStringScalar(node) ? node : wrong(node, key, "a string");
    },
    map(key) {
      const node = at(key);
      if (node === undefined) return undefined;
      return isMap(node)
        ? fieldsOf(node, path === "" ? key : `${path}.${key}`, diagnostics)
        : wrong(node, key, "a map");
    },
    maps(key) {
      const node = at(key);
      if (node === undefined) return [];
      const items = isSeq(node) ? node.items : [node];
      const inside = path === "" ? key : `${path}.${key}`;
      const found = items.filter((item) => isMap(item)).map((item) => fieldsOf(item, inside, diagnostics));
      if (found.length < items.length) wrong(node, key, "a list of maps");
      return found;
    },
    number(key) {
      const node = at(key);
      if (node === undefined) return undefined;
      const value = text(node);
      return value !== undefined && /^-?\d{1,9}$/.test(value.trim())
        ? Number(value)
        : wrong(node, key, "a whole number");
    },
    boolean(key) {
      const node = at(key);
      if (node === undefined) return undefined;
      const value = text(node)?.trim().toLowerCase();
      return value === "true" || value === "false" ? value === "true" : wrong(node, key, "true or false");
    },
    oneOf(key, known) {
      const node = at(key);
      if (node === undefined) return undefined;
      const value = text(node)?.trim().toLowerCase();
      return known.find((name) => name.toLowerCase() === value) ?? wrong(node, key, `one of ${known.join(", ")}`);
    },
    keys: () => map.items.map((pair) => text(pair.key)).filter((key) => key !== undefined),
    span(key) {
      const pair = map.items.find((item) => text(item.key) === key);
      return pair === undefined ? spanOf(map) : spanOf(pair.key);
    },
  };
}

function spanOf(node: unknown): Span {
  const range = isScalar(node) || isMap(node) || isSeq(node) ? node.range : null;
  return range ? { start: range[0], end: range[1] } : noSpan;
}
