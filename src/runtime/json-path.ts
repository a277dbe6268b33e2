import type { Dynamic } from "../types/value.ts";
import { access } from "./access.ts";

const steps = /\.([^.[\]]+)|\[(-?\d{1,9})\]|\['([^']*)'\]|\["([^"]*)"\]/gy;

/** `$.a['b'][0]` as its steps; null where the text is no path. */
export function pathOf(text: string): readonly (string | number)[] | null {
  if (!text.startsWith("$")) return null;
  const found = [...text.slice(1).matchAll(steps)];
  const read = found.reduce((length, step) => length + step[0].length, 1);
  if (read !== text.length) return null;
  return found.map(([, name, index, single, double]) =>
    index === undefined ? (name ?? single ?? double ?? "") : Number(index),
  );
}

/** What stands at the end of a path. */
export function elementAt(start: Dynamic, path: readonly (string | number)[]): Dynamic {
  return path.reduce<Dynamic>((target, step) => access(target, step), start);
}
