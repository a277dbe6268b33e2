import type { Value } from "../types/value.ts";
import { type Aggregate, filtered, folded, type Selector } from "./aggregate.ts";
import { toreal } from "./convert.ts";

// Standard deviation, variance and covariance. Without values they are 0. (aggregation-functions)

interface Spread {
  readonly count: number;
  readonly mean: number;
  readonly squares: number;
}

/** Welford's running variance. */
function spread<T>(value: Selector<T, Value>, result: (spread: Spread) => number): Aggregate<T, number> {
  return folded(
    (): Spread => ({ count: 0, mean: 0, squares: 0 }),
    (state, row: T) => {
      const found = toreal(value(row));
      if (found === null) return state;
      const n = state.count + 1;
      const delta = found - state.mean;
      const mean = state.mean + delta / n;
      return { count: n, mean, squares: state.squares + delta * (found - mean) };
    },
    result,
  );
}
const sampleVariance = (s: Spread): number => (s.count > 1 ? s.squares / (s.count - 1) : s.squares);
const populationVariance = (s: Spread): number => (s.count > 0 ? s.squares / s.count : 0);

export function variance<T>(value: Selector<T, Value>): Aggregate<T, number> {
  return spread(value, sampleVariance);
}
export function variancep<T>(value: Selector<T, Value>): Aggregate<T, number> {
  return spread(value, populationVariance);
}
export function stdev<T>(value: Selector<T, Value>): Aggregate<T, number> {
  return spread(value, (s) => Math.sqrt(sampleVariance(s)));
}
export function stdevp<T>(value: Selector<T, Value>): Aggregate<T, number> {
  return spread(value, (s) => Math.sqrt(populationVariance(s)));
}
export function varianceif<T>(value: Selector<T, Value>, condition: Selector<T, Value>): Aggregate<T, number> {
  return filtered(variance(value), condition);
}
export function variancepif<T>(value: Selector<T, Value>, condition: Selector<T, Value>): Aggregate<T, number> {
  return filtered(variancep(value), condition);
}
export function stdevif<T>(value: Selector<T, Value>, condition: Selector<T, Value>): Aggregate<T, number> {
  return filtered(stdev(value), condition);
}
export function stdevpif<T>(value: Selector<T, Value>, condition: Selector<T, Value>): Aggregate<T, number> {
  return filtered(stdevp(value), condition);
}

interface Pair {
  readonly count: number;
  readonly meanX: number;
  readonly meanY: number;
  readonly products: number;
}

/** Rows where either value is null do not count. (covariance-aggregate-function) */
function spreadTogether<T>(
  x: Selector<T, Value>,
  y: Selector<T, Value>,
  result: (pair: Pair) => number,
): Aggregate<T, number> {
  return folded(
    (): Pair => ({ count: 0, meanX: 0, meanY: 0, products: 0 }),
    (state, row: T) => {
      const [left, right] = [toreal(x(row)), toreal(y(row))];
      if (left === null || right === null) return state;
      const count = state.count + 1;
      const delta = left - state.meanX;
      const meanX = state.meanX + delta / count;
      const meanY = state.meanY + (right - state.meanY) / count;
      return { count, meanX, meanY, products: state.products + delta * (right - meanY) };
    },
    result,
  );
}
const sampleCovariance = (p: Pair): number => (p.count > 1 ? p.products / (p.count - 1) : p.products);
const populationCovariance = (p: Pair): number => (p.count > 0 ? p.products / p.count : 0);

export function covariance<T>(x: Selector<T, Value>, y: Selector<T, Value>): Aggregate<T, number> {
  return spreadTogether(x, y, sampleCovariance);
}
export function covariancep<T>(x: Selector<T, Value>, y: Selector<T, Value>): Aggregate<T, number> {
  return spreadTogether(x, y, populationCovariance);
}
export function covarianceif<T>(
  x: Selector<T, Value>,
  y: Selector<T, Value>,
  condition: Selector<T, Value>,
): Aggregate<T, number> {
  return filtered(covariance(x, y), condition);
}
export function covariancepif<T>(
  x: Selector<T, Value>,
  y: Selector<T, Value>,
  condition: Selector<T, Value>,
): Aggregate<T, number> {
  return filtered(covariancep(x, y), condition);
}
