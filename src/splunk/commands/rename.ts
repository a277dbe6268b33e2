import { SplProblem } from "../problem.ts";
import { fieldNames, isInternal, namePattern, put, type Row } from "../row.ts";
import type { Value } from "../value.ts";
import type { Run } from "./run.ts";

/**
 * Renames fields, with wildcards in step on both sides. A field of the new name is overwritten, even by one that is not there.
 * (Search Reference: rename)
 */
export const runRename: Run<"rename"> = (command, input) => {
  const names = fieldNames(input);
  const pairs = command.pairs.flatMap(({ from, to }) => {
    if (!from.includes("*")) return [[from, to] as const];
    const stars = (text: string): number => text.split("*").length - 1;
    if (stars(to) !== 0 && stars(to) !== stars(from)) {
      throw new SplProblem("SPL203", command, `\`${from}\` and \`${to}\` have different numbers of wildcards`);
    }
    const pattern = namePattern(from);
    return names.flatMap((name) => {
      const groups = isInternal(name) && !isInternal(from) ? null : pattern.exec(name);
      if (groups === null) return [];
      let next = 1;
      return [[name, to.replace(/\*/g, () => groups[next++] ?? "")] as const];
    });
  });
  const targets = new Map(pairs);
  for (const row of input.rows) renameRow(row, pairs);
  const order = input.order.flatMap((name) => {
    const target = targets.get(name);
    if (target !== undefined) return [target];
    return [...targets.values()].includes(name) ? [] : [name];
  });
  return { rows: input.rows, order: [...new Set(order)] };
};

/** All at once, so that two fields can change places. */
function renameRow(row: Row, pairs: readonly (readonly [string, string])[]): void {
  const values: [string, Value | undefined][] = pairs.map(([from, to]) => [to, row.get(from)]);
  for (const [from] of pairs) row.delete(from);
  for (const [to, value] of values) put(row, to, value);
}
