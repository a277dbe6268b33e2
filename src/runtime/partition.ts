import type { Value } from "../types/value.ts";
import { type Key, keyOf } from "./key.ts";
import { gathering, type Operator, runOver } from "./stage.ts";

/** Runs an operator over the rows of every value of `by`, in the order in which the values come. (partition-operator) */
export function partitioned<T, R>(by: (row: T) => Value, operator: Operator<T, R>): Operator<T, R> {
  const gathered = gathering<T, R>(() => {
    const groups = new Map<Key, T[]>();
    return {
      add(row) {
        const key = keyOf(by(row));
        const group = groups.get(key);
        if (group === undefined) groups.set(key, [row]);
        else group.push(row);
      },
      result: () => [...groups.values()].flatMap((rows) => runOver(operator, rows)),
    };
  });
  return { ...gathered, prepare: async () => operator.prepare?.() };
}
