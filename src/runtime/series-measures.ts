import { type Bag, dynamicReal, type Maybe, type Value } from "../types/value.ts";
import { numberIn, numbersIn } from "./series-elements.ts";

// What a whole series amounts to. (scalar-functions: series processing functions)

/** The numbers of a series; null where it is no array or has an element that is no number. */
function allNumbers(series: Value): readonly number[] | null {
  const found: number[] = [];
  for (const number of numbersIn(series) ?? [null]) {
    if (number === null) return null;
    found.push(number);
  }
  return found;
}

/** Null elements do not count, as in `array_sum`. (series-product-function) */
export function seriesProduct(series: Value): Maybe<number> {
  return numbersIn(series)?.reduce<number>((product, value) => product * (value ?? 1), 1) ?? null;
}

/** The root of the sum of the squares. (series-magnitude-function) */
export function seriesMagnitude(series: Value): Maybe<number> {
  const numbers = allNumbers(series);
  return numbers && Math.sqrt(numbers.reduce((sum, value) => sum + value * value, 0));
}

/** The sum of the products; one number stands for a series of it. Null where the lengths differ. (series-dot-product-function) */
export function seriesDotProduct(left: Value, right: Value): Maybe<number> {
  const [one, other] = [numberIn(left), numberIn(right)];
  const a = allNumbers(left) ?? (one === null ? null : (allNumbers(right)?.map(() => one) ?? null));
  const b = allNumbers(right) ?? (other === null ? null : (allNumbers(left)?.map(() => other) ?? null));
  if (a === null || b === null || a.length !== b.length) return null;
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}

/** The dot product by the magnitudes, which may be given. (series-cosine-similarity-function) */
export function seriesCosineSimilarity(left: Value, right: Value, ...magnitudes: readonly Value[]): Maybe<number> {
  const product = seriesDotProduct(left, right);
  const [a, b] = [numberIn(magnitudes[0]) ?? seriesMagnitude(left), numberIn(magnitudes[1]) ?? seriesMagnitude(right)];
  return product === null || a === null || b === null ? null : product / (a * b);
}

/** (series-pearson-correlation-function) */
export function seriesPearsonCorrelation(left: Value, right: Value): Maybe<number> {
  const [a, b] = [allNumbers(left), allNumbers(right)];
  if (a === null || b === null || a.length !== b.length) return null;
  const [da, db] = [deviations(a), deviations(b)];
  return products(da, db) / Math.sqrt(products(da, da) * products(db, db));
}

function deviations(numbers: readonly number[]): readonly number[] {
  const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  return numbers.map((value) => value - mean);
}
const products = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);

/**
 * `min`, `min_idx`, `max`, `max_idx`, `avg`, `stdev`, `variance`, `sum` and `len` of a series. An element that is no finite number
 * makes all but `len` null unless it is to be ignored. (series-stats-dynamic-function)
 */
export function seriesStatsDynamic(series: Value, ignoreNonfinite: Value = false): Maybe<Bag> {
  const items = numbersIn(series);
  if (items === null) return null;
  const numbers = items.flatMap((value, at) => (value !== null && Number.isFinite(value) ? [{ value, at }] : []));
  const [first] = numbers;
  if (first === undefined || (numbers.length < items.length && ignoreNonfinite !== true)) {
    const absent = { min: null, min_idx: null, max: null, max_idx: null, avg: null, stdev: null, variance: null };
    return { ...absent, sum: null, len: items.length };
  }
  const least = numbers.reduce((a, b) => (b.value < a.value ? b : a), first);
  const greatest = numbers.reduce((a, b) => (b.value > a.value ? b : a), first);
  const sum = numbers.reduce((total, { value }) => total + value, 0);
  const apart = deviations(numbers.map((n) => n.value));
  const variance = numbers.length < 2 ? 0 : products(apart, apart) / (numbers.length - 1);
  return {
    min: dynamicReal(least.value),
    min_idx: least.at,
    max: dynamicReal(greatest.value),
    max_idx: greatest.at,
    avg: dynamicReal(sum / numbers.length),
    stdev: dynamicReal(Math.sqrt(variance)),
    variance: dynamicReal(variance),
    sum: dynamicReal(sum),
    len: items.length,
  };
}

/**
 * The straight line through a series whose elements stand at 1, 2, 3 …: `rsquare`, `slope`, `variance` of the series, `rvariance` of
 * what is left, `interception` at 0, and `line_fit`, its points. (series-fit-line-dynamic-function)
 */
export function seriesFitLineDynamic(series: Value): Maybe<Bag> {
  const numbers = allNumbers(series);
  if (numbers === null || numbers.length < 2) return null;
  const across = deviations(numbers.map((_, i) => i + 1));
  const up = deviations(numbers);
  const slope = products(across, up) / products(across, across);
  const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  const interception = mean - (slope * (numbers.length + 1)) / 2;
  const line = numbers.map((_, i) => interception + slope * (i + 1));
  const left = numbers.map((value, i) => value - (line[i] ?? 0));
  const [total, rest] = [products(up, up), products(left, left)];
  return {
    rsquare: dynamicReal(total === 0 ? 1 : 1 - rest / total),
    slope: dynamicReal(slope),
    variance: dynamicReal(total / (numbers.length - 1)),
    rvariance: dynamicReal(rest / (numbers.length - 1)),
    interception: dynamicReal(interception),
    line_fit: line.map(dynamicReal),
  };
}

/** The first of the columns that `series_stats` spreads over. */
export function seriesStats(series: Value, ignoreNonfinite: Value = false): Maybe<number> {
  return numberIn(seriesStatsDynamic(series, ignoreNonfinite)?.min);
}
/** The first of the columns that `series_fit_line` spreads over. */
export function seriesFitLine(series: Value): Maybe<number> {
  return numberIn(seriesFitLineDynamic(series)?.rsquare);
}

/** The median of each place in the period, repeated; the last `testPoints` elements do not count. (series-seasonal-function) */
export function seriesSeasonal(series: Value, period: Value, testPoints: Value = 0): Maybe<readonly Value[]> {
  const numbers = allNumbers(series);
  const [size, hidden] = [numberIn(period), numberIn(testPoints)];
  if (numbers === null || size === null || hidden === null || !(size >= 1)) return null;
  const known = numbers.slice(0, Math.max(0, numbers.length - hidden));
  const medians = Array.from({ length: Math.min(size, numbers.length) }, (_, place) =>
    medianOf(known.filter((_, i) => i % size === place)),
  );
  return numbers.map((_, i) => dynamicReal(medians[i % size] ?? 0));
}

function medianOf(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const above = sorted[Math.floor(middle)] ?? 0;
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? 0) + above) / 2 : above;
}
