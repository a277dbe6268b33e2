import type { Value } from "../types/value.ts";
import { keyOfAll } from "./key.ts";
import type { Operator } from "./stage.ts";

export type JoinKind =
  | "innerunique"
  | "inner"
  | "leftouter"
  | "rightouter"
  | "fullouter"
  | "leftsemi"
  | "rightsemi"
  | "leftanti"
  | "rightanti";

export type KeysOf<T> = (row: T) => readonly Value[];

/** The joined row; null stands for a side that has no row for it. Without it, the left row, or the right one where there is no left. */
export type Merge<L, R, O> = (left: L | null, right: R | null) => O;

/** The kinds of `lookup`. */
export type LookupKind = "leftouter" | "inner";

/**
 * Joins the input to the rows of the other side, which are read first and kept; the input streams by. Null keys are equal to each other.
 * `lastFirst` gives the matches of a row from the last one on, as `lookup` does. (join-operator, lookup-operator)
 */
export function joining<L, R, O>(
  kind: JoinKind,
  readRight: () => Promise<readonly R[]>,
  leftKeys: KeysOf<L>,
  rightKeys: KeysOf<R>,
  merge: Merge<L, R, O>,
  lastFirst = false,
): Operator<L, O> {
  let right: readonly R[] = [];
  const byKey = new Map<unknown, number[]>();
  return {
    async prepare() {
      right = await readRight();
      byKey.clear();
      right.forEach((row, i) => {
        const key = keyOfAll(rightKeys(row));
        const places = byKey.get(key);
        if (places === undefined) byKey.set(key, [i]);
        else places.push(i);
      });
      if (lastFirst) for (const places of byKey.values()) places.reverse();
    },
    start() {
      const seen = new Set<unknown>();
      const matched = new Set<number>();
      const keepsMatches = !["leftsemi", "leftanti", "rightsemi", "rightanti"].includes(kind);
      const keepsRight = kind === "rightouter" || kind === "fullouter" || kind === "rightanti";
      return {
        push(rows) {
          const out: O[] = [];
          for (const left of rows) {
            const key = keyOfAll(leftKeys(left));
            const places = byKey.get(key);
            if (kind === "innerunique") {
              if (seen.has(key)) continue;
              seen.add(key);
            }
            if (places === undefined) {
              if (kind === "leftouter" || kind === "fullouter" || kind === "leftanti") out.push(merge(left, null));
              continue;
            }
            if (kind === "leftsemi") out.push(merge(left, null));
            if (keepsRight || kind === "rightsemi") for (const place of places) matched.add(place);
            if (keepsMatches) for (const place of places) out.push(merge(left, right[place] ?? null));
          }
          return out;
        },
        end() {
          if (kind === "rightsemi") return right.filter((_, i) => matched.has(i)).map((row) => merge(null, row));
          return keepsRight ? right.filter((_, i) => !matched.has(i)).map((row) => merge(null, row)) : [];
        },
      };
    },
  };
}
