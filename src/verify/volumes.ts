import { type MadeEvent, withFields } from "./made-event.ts";
import type { Side } from "./side.ts";
import type { Space } from "./space.ts";

/** More rows than Splunk's sort keeps, and more values than its list does. */
const manyRows = 10_050;
const manyValues = 120;

/**
 * Crowds of events that meet Splunk's default limits: one that passes, over and over, different in as many fields as can be without
 * changing that; and the same with one value in the fields that rows are grouped by.
 */
export async function volumes(
  first: Side,
  second: Side,
  made: readonly MadeEvent[],
  space: Space,
): Promise<readonly (readonly MadeEvent[])[]> {
  const { passing } = first;
  if (passing === null || (first.language !== "spl" && second.language !== "spl")) return [];
  const ids = await passing(made.slice(-5000));
  const seed = made.find((e) => ids.has(e.id));
  if (seed === undefined) return [];
  const grouped = new Set([...first.dictionary.fields.values()].filter((w) => w.grouped).map((w) => w.name));
  const writers = new Map<string, (value: unknown, n: number) => unknown>();
  for (const [name, value] of Object.entries(seed.fields)) {
    if (!first.dictionary.fields.has(name) || name === space.time) continue;
    for (const write of writersFor(value)) {
      const tried = [1, 7].map((n) => ({
        ...withFields(seed, { ...seed.fields, [name]: write(value, n) }),
        id: `t${n}`,
      }));
      if ((await passing(tried)).size < tried.length) continue;
      writers.set(name, write);
      break;
    }
  }
  const crowd = (count: number, names: readonly string[]): readonly MadeEvent[] =>
    Array.from({ length: count }, (_, n) => {
      const changed = names.map((name): [string, unknown] => [name, writers.get(name)?.(seed.fields[name], n)]);
      return { ...withFields(seed, { ...seed.fields, ...Object.fromEntries(changed) }), id: `v${n}` };
    });
  const names = [...writers.keys()];
  return [
    crowd(manyRows, names),
    crowd(
      manyValues,
      names.filter((n) => !grouped.has(n)),
    ),
  ];
}

function writersFor(value: unknown): readonly ((value: unknown, n: number) => unknown)[] {
  if (typeof value === "number") return [(v, n) => Number(v) + n];
  if (typeof value !== "string") return [];
  return [
    (v, n) => `u${n} ${String(v)}`,
    (v, n) => `${String(v)} u${n}`,
    (v, n) => `u${n}${String(v)}`,
    (v, n) => `${String(v)}u${n}`,
  ];
}
