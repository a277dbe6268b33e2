import { put } from "./put.ts";
import type { Operator, Stage } from "./stage.ts";

/** One step of `scan`: rows that meet `when`, given what the steps last saw, take on the values of `set`. */
export interface ScanStep<T, D, S extends string> {
  readonly step: S;
  readonly when: (row: T & D, last: States<T, D, S>) => boolean | null;
  readonly set?: (row: T & D, last: States<T, D, S>) => Partial<D>;
  /** Which of the rows that match the step one after the other are part of the result; all by default. */
  readonly output?: "all" | "last" | "none";
}
/** What every step last saw; declared values and nulls where it saw nothing. */
export type States<T, D, S extends string> = { readonly [K in S]: T & D };

interface State {
  readonly rows: readonly (object | null)[];
  readonly match: number;
  /** A row that is output once no other one follows it in its step. */
  readonly held: object | null;
}

/**
 * Sends rows through steps, from the last to the first: a row that meets a step's condition while the step before is active moves the
 * sequence on, one that meets it while the step itself is active stays in it. (scan-operator: scan logic)
 */
export function scanning<T extends object, D extends object, S extends string>(
  empty: object,
  declared: D,
  steps: readonly ScanStep<T, D, S>[],
  matchId: string | null,
): Operator<T, object> {
  return {
    start(): Stage<T, object> {
      const states: (State | null)[] = steps.map(() => null);
      let matches = 0;
      let out: object[] = [];
      const seen = (rows: readonly (object | null)[]): States<T, D, S> => {
        const last: Record<string, object> = {};
        steps.forEach(({ step }, i) => void put(last, step, rows[i] ?? { ...empty, ...declared }));
        return last as unknown as States<T, D, S>;
      };
      /** The row as the step takes it, or null where it does not meet the condition. */
      const taken = (row: T, k: number, rows: readonly (object | null)[]): object | null => {
        const step = steps[k];
        const last = seen(rows);
        const given = { ...row, ...declared };
        if (step === undefined || step.when(given, last) !== true) return null;
        return { ...given, ...step.set?.(given, last) };
      };
      const give = (row: object, match: number): void => {
        if (matchId === null) out.push(row);
        else {
          const marked = { ...row } as Record<string, unknown>;
          put(marked, matchId, match);
          out.push(marked);
        }
      };
      const release = (state: State | null): void => {
        if (state?.held) give(state.held, state.match);
      };
      /** The state of a step with a row in it, which is output as the step says. */
      const entered = (k: number, row: object, rows: readonly (object | null)[], match: number): State => {
        const output = steps[k]?.output ?? "all";
        if (output === "all") give(row, match);
        const next = steps.map((_, i) => (i === k ? row : i < k ? (rows[i] ?? null) : null));
        return { rows: next, match, held: output === "last" ? row : null };
      };
      const step = (row: T): void => {
        for (let k = steps.length - 1; k >= 0; k--) {
          const before = k > 0 ? (states[k - 1] ?? null) : null;
          const promoted = before && taken(row, k, before.rows);
          if (before && promoted) {
            release(states[k] ?? null);
            release(before);
            states[k - 1] = null;
            states[k] = entered(k, promoted, before.rows, before.match);
            continue;
          }
          const own = states[k] ?? null;
          if (!own && k > 0) continue;
          const stays = taken(row, k, own?.rows ?? []);
          if (!stays) continue;
          states[k] = entered(k, stays, own?.rows ?? [], own ? own.match : matches++);
        }
      };
      return {
        push(rows) {
          out = [];
          for (const row of rows) step(row);
          return out;
        },
        end() {
          out = [];
          for (const state of states) release(state);
          return out;
        },
      };
    },
  };
}
