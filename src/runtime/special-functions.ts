import type { Maybe, Value } from "../types/value.ts";
import { toreal } from "./convert.ts";

// Special functions of mathematics, exact to about 15 digits. (gamma-function, erf-function, beta-cdf-function, welch-test-function …)

const lanczosShift = 7;
const lanczos = [
  0.9999999999998099, 676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
  -0.13857109526572012, 0.000009984369578019572, 1.5056327351493116e-7,
];
const lanczosSum = (x: number): number =>
  lanczos.reduce((sum, coefficient, i) => (i === 0 ? coefficient : sum + coefficient / (x + i)), 0);

/** ln |Γ(x)|; infinite at 0 and the whole numbers below. */
function logGammaOf(x: number): number {
  if (x <= 0 && Number.isInteger(x)) return Number.POSITIVE_INFINITY;
  if (x < 0.5) return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * x))) - logGammaOf(1 - x);
  if (x === 1 || x === 2) return 0;
  const t = x - 1 + lanczosShift + 0.5;
  return Math.log(2 * Math.PI) / 2 + (x - 0.5) * Math.log(t) - t + Math.log(lanczosSum(x - 1));
}

const lastFactorial = 171;

function gammaOf(x: number): number {
  if (Number.isInteger(x) && x > 0 && x <= lastFactorial) {
    let product = 1;
    for (let n = 2; n < x; n++) product *= n;
    return product;
  }
  if (x < 0.5) return Math.PI / (Math.sin(Math.PI * x) * gammaOf(1 - x));
  return Math.exp(logGammaOf(x));
}

const smallest = 1e-300;
const fractionSteps = 500;

/** A continued fraction by Lentz's method: b0 + a1/(b1 + a2/(b2 + …)). */
function continuedFraction(first: number, term: (n: number) => readonly [a: number, b: number]): number {
  let value = first === 0 ? smallest : first;
  let [c, d] = [value, 0];
  for (let n = 1; n <= fractionSteps; n++) {
    const [a, b] = term(n);
    d = 1 / (b + a * d || smallest);
    c = b + a / c || smallest;
    value *= c * d;
    if (Math.abs(c * d - 1) < Number.EPSILON / 2) break;
  }
  return value;
}

/** From here on the continued fraction of erfc converges faster than the series of erf. */
const erfLimit = 2;

function erfcOf(x: number): number {
  if (x < erfLimit) return 1 - erfOf(x);
  if (x > 28) return 0;
  const fraction = continuedFraction(x, (n) => [n / 2, x]);
  return Math.exp(-x * x) / (fraction * Math.sqrt(Math.PI));
}

function erfOf(x: number): number {
  if (Math.abs(x) >= erfLimit) return x > 0 ? 1 - erfcOf(x) : erfcOf(-x) - 1;
  let term = x;
  let sum = x;
  for (let n = 1; n < fractionSteps && Math.abs(term) > Math.abs(sum) * 1e-18; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/** The regularized incomplete beta function. */
function incompleteBeta(x: number, a: number, b: number): number {
  const scale = Math.exp(logGammaOf(a + b) - logGammaOf(a) - logGammaOf(b) + a * Math.log(x) + b * Math.log(1 - x));
  if (x === 0 || x === 1) return x;
  return x < (a + 1) / (a + b + 2) ? (scale * betaFraction(x, a, b)) / a : 1 - (scale * betaFraction(1 - x, b, a)) / b;
}

function betaFraction(x: number, a: number, b: number): number {
  const fraction = continuedFraction(1, (n) => {
    const m = Math.floor(n / 2);
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    return [n % 2 === 0 ? even : (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1)), 1];
  });
  return 1 / fraction;
}

const ofReals =
  (calculate: (...numbers: number[]) => number | null) =>
  (...values: readonly Value[]): Maybe<number> => {
    const numbers: number[] = [];
    for (const value of values) {
      const number = toreal(value);
      if (number === null) return null;
      numbers.push(number);
    }
    return calculate(...numbers);
  };

export const gamma = ofReals((x = 0) => gammaOf(x));
/** ln |Γ(x)| */
export const loggamma = ofReals((x = 0) => logGammaOf(x));
export const erf = ofReals((x = 0) => erfOf(x));
export const erfc = ofReals((x = 0) => erfcOf(x));

/** NaN outside 0 to 1. */
export const betaCdf = ofReals((x = 0, a = 0, b = 0) => (x >= 0 && x <= 1 ? incompleteBeta(x, a, b) : Number.NaN));

/** NaN outside 0 to 1 and for parameters that are not positive. */
export const betaPdf = ofReals((x = 0, a = 0, b = 0) => {
  if (!(x >= 0 && x <= 1) || !(a > 0) || !(b > 0)) return Number.NaN;
  const scale = Math.exp(logGammaOf(a + b) - logGammaOf(a) - logGammaOf(b));
  return scale * x ** (a - 1) * (1 - x) ** (b - 1);
});

/** Where the distribution reaches a probability; null for what is no probability, NaN for parameters that are not positive. */
export const betaInv = ofReals((p = 0, a = 0, b = 0) => {
  if (!(p >= 0 && p <= 1)) return null;
  if (!(a > 0) || !(b > 0)) return Number.NaN;
  let [low, high] = [0, 1];
  for (let middle = 0.5; middle > low && middle < high; middle = (low + high) / 2) {
    if (incompleteBeta(middle, a, b) < p) low = middle;
    else high = middle;
  }
  return p === 0 ? 0 : high;
});

/** The probability of means at least so far apart by chance, on both sides; each sample by mean, variance and size. */
export const welchTest = ofReals((mean1 = 0, variance1 = 0, count1 = 0, mean2 = 0, variance2 = 0, count2 = 0) => {
  const [first, second] = [variance1 / count1, variance2 / count2];
  const distance = (mean1 - mean2) ** 2 / (first + second);
  const freedom = (first + second) ** 2 / (first ** 2 / (count1 - 1) + second ** 2 / (count2 - 1));
  return incompleteBeta(freedom / (freedom + distance), freedom / 2, 0.5);
});
