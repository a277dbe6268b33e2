import { type Dynamic, type DynamicArray, isArray, isBag, type Value } from "../types/value.ts";

const mostPaths = 10_000;

/** The paths of all that a value holds, `['a']['b'][0]`; elements of an array share the path of the first. (treepath-function) */
export function treepath(value: Value): DynamicArray | null {
  if (!isBag(value) && !isArray(value)) return null;
  const paths = new Set<string>();
  collect(value, "", paths);
  return [...paths];
}

function collect(value: Dynamic, path: string, paths: Set<string>): void {
  const entries: readonly (readonly [string, Dynamic])[] = isArray(value)
    ? value.map((item) => [`${path}[0]`, item] as const)
    : isBag(value)
      ? Object.entries(value).map(([key, item]) => [`${path}['${key.replaceAll("'", "\\'")}']`, item] as const)
      : [];
  for (const [inner, item] of entries) {
    if (paths.size >= mostPaths) return;
    paths.add(inner);
    collect(item, inner, paths);
  }
}
