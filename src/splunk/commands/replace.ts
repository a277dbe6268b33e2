import { fieldNames, isInternal, namePattern, put } from "../row.ts";
import { multi, valuesOf } from "../value.ts";
import type { Run } from "./run.ts";

/**
 * Replaces whole values that a pattern with `*` matches; a `*` in the replacement is what that of the pattern stood for. Of several
 * pairs the last one without a wildcard counts, else the fullest. (Search Reference: replace)
 */
export const runReplace: Run<"replace"> = (command, input) => {
  const fields = command.fields.length > 0 ? command.fields : fieldNames(input).filter((name) => !isInternal(name));
  const isWild = ({ from }: { readonly from: string }): boolean => from.includes("*");
  const exact = command.pairs.filter((p) => !isWild(p)).reverse();
  const wild = command.pairs
    .filter(isWild)
    .sort((a, b) => b.from.replaceAll("*", "").length - a.from.replaceAll("*", "").length);
  const pairs = [...exact, ...wild].map(({ from, to }) => ({ pattern: namePattern(from), to }));
  const changed = (text: string): string => {
    for (const { pattern, to } of pairs) {
      const groups = pattern.exec(text)?.slice(1);
      if (groups === undefined) continue;
      let next = 0;
      return to.replace(/\*/g, () => groups[next++] ?? "");
    }
    return text;
  };
  for (const row of input.rows) {
    for (const name of fields) {
      const value = row.get(name);
      if (value !== undefined) put(row, name, multi(valuesOf(value).map(changed)));
    }
  }
  return input;
};
