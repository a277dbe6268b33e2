import { type Dynamic, type DynamicArray, dynamicReal, isArray, type Value } from "../types/value.ts";
import { equal } from "./compare.ts";
import { numberIn, numbersIn } from "./series-elements.ts";

// Filters, and what fills gaps. (scalar-functions: series processing functions)

const numberOrZero = (numbers: readonly (number | null)[], at: number): number => numbers[at] ?? 0;

/**
 * Each element and those before it, times the coefficients; those after it too where it is centered. Beyond the ends stand zeros.
 * Coefficients are divided by their sum unless one is negative. (series-fir-function)
 */
export function seriesFir(series: Value, filter: Value, normalize?: Value, center: Value = false): DynamicArray | null {
  const [numbers, coefficients] = [numbersIn(series), numbersIn(filter)];
  if (numbers === null || coefficients === null || coefficients.includes(null)) return null;
  const negative = coefficients.some((c) => c !== null && c < 0);
  const normalized = typeof normalize === "boolean" ? normalize : !negative;
  if (normalized && negative) return null;
  const size = normalized ? coefficients.reduce<number>((sum, c) => sum + (c ?? 0), 0) : 1;
  const ahead = center === true ? Math.floor((coefficients.length - 1) / 2) : 0;
  return numbers.map((_, at) =>
    dynamicReal(
      coefficients.reduce<number>((sum, c, i) => sum + ((c ?? 0) / size) * numberOrZero(numbers, at + ahead - i), 0),
    ),
  );
}

/** Coefficients of the elements up to each, and of the results before it. (series-iir-function) */
export function seriesIir(series: Value, numerators: Value, denominators: Value): DynamicArray | null {
  const [numbers, over, under] = [numbersIn(series), numbersIn(numerators), numbersIn(denominators)];
  const [scale] = under ?? [];
  if (numbers === null || over === null || under === null || scale === null || scale === undefined) return null;
  const results: number[] = [];
  for (const at of numbers.keys()) {
    const given = over.reduce<number>((sum, c, i) => sum + (c ?? 0) * numberOrZero(numbers, at - i), 0);
    const before = under.reduce<number>((sum, c, i) => (i === 0 ? sum : sum + (c ?? 0) * (results[at - i] ?? 0)), 0);
    results.push((given - before) / scale);
  }
  return results.map(dynamicReal);
}

/** Gaps are nulls, or the elements that equal a placeholder. */
function gapTest(placeholder: Value | undefined): (item: Dynamic) => boolean {
  const sought = placeholder ?? null;
  return sought === null ? (item) => item === null : (item) => equal(item, sought) === true;
}

/** Each gap as the element before it; null before the first. (series-fill-forward-function) */
export function seriesFillForward(series: Value, placeholder?: Value): DynamicArray | null {
  if (!isArray(series)) return null;
  const isGap = gapTest(placeholder);
  const filled: Dynamic[] = [];
  for (const item of series) filled.push(isGap(item) ? (filled.at(-1) ?? item) : item);
  return filled;
}
/** Each gap as the element after it. (series-fill-backward-function) */
export function seriesFillBackward(series: Value, placeholder?: Value): DynamicArray | null {
  return isArray(series) ? (seriesFillForward(series.toReversed(), placeholder)?.toReversed() ?? null) : null;
}
/** Each gap as one value, 0 unless another is given. (series-fill-const-function) */
export function seriesFillConst(series: Value, constant: Value = 0, placeholder?: Value): DynamicArray | null {
  const isGap = gapTest(placeholder);
  return isArray(series) ? series.map((item) => (isGap(item) ? constant : item)) : null;
}

/**
 * Gaps on straight lines between their neighbours, in a series of whole numbers towards zero. Those at the ends repeat the nearest
 * element unless `fillEdges` is false; a series of gaps alone is filled with the constant. (series-fill-linear-function)
 */
export function seriesFillLinear(
  series: Value,
  placeholder?: Value,
  fillEdges: Value = true,
  constant: Value = 0,
): DynamicArray | null {
  if (!isArray(series)) return null;
  const isGap = gapTest(placeholder);
  const known = [...series.keys()].filter((at) => !isGap(series[at] ?? null));
  if (known.length === 0) return series.map(() => constant);
  const item = known.every((at) => isWholeItem(series[at])) ? Math.trunc : dynamicReal;
  let next = 0;
  return series.map((given, at) => {
    while (next < known.length && (known[next] ?? 0) < at) next++;
    if (known[next] === at) return given;
    const [left, right] = [known[next - 1], known[next]];
    if (left === undefined || right === undefined)
      return fillEdges === false ? given : (series[left ?? right ?? at] ?? null);
    const [a, b] = [numberIn(series[left]), numberIn(series[right])];
    return a === null || b === null ? null : item(a + ((b - a) / (right - left)) * (at - left));
  });
}

const isWholeItem = (item: Dynamic | undefined): boolean =>
  typeof item === "bigint" || (typeof item === "number" && Number.isSafeInteger(item));
