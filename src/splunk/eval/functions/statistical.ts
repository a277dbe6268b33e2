import { compareText, type EvalValue, eachText, looksNumeric, numberOf } from "../../value.ts";
import { element } from "../comparing.ts";
import { type EvalFunction, many, ofValues } from "../function.ts";

/** Statistical eval functions: over their arguments in one row, multivalue ones value by value, null ones left out. (Search Reference) */
export const statisticalFunctions: Readonly<Record<string, EvalFunction>> = {
  max: ofValues(1, many, (values) => extreme(values, 1)),
  min: ofValues(1, many, (values) => extreme(values, -1)),
  avg: ofValues(1, many, (values) => {
    const all = numbers(values);
    return all.length === 0 ? null : all.reduce((a, b) => a + b, 0) / all.length;
  }),
  sum: ofValues(1, many, (values) => {
    const all = numbers(values);
    return all.length === 0 ? null : all.reduce((a, b) => a + b, 0);
  }),
  random: ofValues(0, 0, (_, { engine }) => Math.floor(engine.random() * 2 ** 31)),
};

function numbers(values: readonly EvalValue[]): readonly number[] {
  return values.flatMap(eachText).flatMap((t) => (looksNumeric(t) ? [Number(t)] : []));
}

/** Numbers by value, texts above all numbers, in the order of their bytes. */
function extreme(values: readonly EvalValue[], direction: 1 | -1): EvalValue {
  let best: string | null = null;
  for (const text of values.flatMap(eachText)) if (best === null || direction * order(text, best) > 0) best = text;
  return best === null ? null : element(best);
}

function order(a: string, b: string): number {
  const x = numberOf(element(a));
  const y = numberOf(element(b));
  if (x !== null && y !== null) return x - y;
  if (x !== null) return -1;
  return y !== null ? 1 : compareText(a, b);
}
