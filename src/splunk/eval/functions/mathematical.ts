import { type EvalValue, isNumeral, numberOf, numeral, plainDigits } from "../../value.ts";
import { type EvalFunction, ofNumbers, ofValues, strict } from "../function.ts";

/** Mathematical and trigonometric functions. (Search Reference: "Mathematical functions", "Trig and Hyperbolic functions") */
export const mathematicalFunctions: Readonly<Record<string, EvalFunction>> = {
  abs: ofNumbers(1, 1, Math.abs),
  ceiling: ofNumbers(1, 1, Math.ceil),
  ceil: ofNumbers(1, 1, Math.ceil),
  floor: ofNumbers(1, 1, Math.floor),
  exp: ofNumbers(1, 1, Math.exp),
  ln: ofNumbers(1, 1, (x = 0) => (x > 0 ? Math.log(x) : null)),
  log: ofNumbers(1, 2, (x = 0, base = 10) => (x > 0 && base > 0 && base !== 1 ? logarithm(x, base) : null)),
  pi: ofValues(0, 0, () => Math.PI),
  pow: ofNumbers(2, 2, (x = 0, y = 0) => x ** y),
  sqrt: ofNumbers(1, 1, (x = 0) => (x < 0 ? null : Math.sqrt(x))),
  round: ofNumbers(1, 2, (x = 0, places = 0) => round(x, Math.trunc(places))),
  exact: strict(1, 1, ([value = null]) => exact(value)),
  sigfig: strict(1, 1, ([value = null]) => {
    const number = numberOf(value);
    if (number === null || !isNumeral(value) || !Number.isFinite(value.digits)) return number;
    return numeral(plainDigits(number.toPrecision(Math.max(1, Math.min(100, value.digits)))));
  }),
  sin: ofNumbers(1, 1, Math.sin),
  cos: ofNumbers(1, 1, Math.cos),
  tan: ofNumbers(1, 1, Math.tan),
  asin: ofNumbers(1, 1, Math.asin),
  acos: ofNumbers(1, 1, Math.acos),
  atan: ofNumbers(1, 1, Math.atan),
  atan2: ofNumbers(2, 2, (y = 0, x = 0) => Math.atan2(y, x)),
  sinh: ofNumbers(1, 1, Math.sinh),
  cosh: ofNumbers(1, 1, Math.cosh),
  tanh: ofNumbers(1, 1, Math.tanh),
  asinh: ofNumbers(1, 1, Math.asinh),
  acosh: ofNumbers(1, 1, Math.acosh),
  atanh: ofNumbers(1, 1, Math.atanh),
  hypot: ofNumbers(2, 2, Math.hypot),
};

/** Half away from zero, by the digits that the number shows: 2.555 to two places is 2.56. */
export function round(x: number, places: number): number {
  if (!Number.isFinite(x) || Math.abs(x) >= 1e21) return x;
  const shifted = Number(`${Math.abs(x)}e${places}`);
  if (!Number.isFinite(shifted)) {
    const scale = 10 ** places;
    return (Math.sign(x) * Math.round(Math.abs(x) * scale)) / scale;
  }
  return Math.sign(x) * Number(`${Math.round(shifted)}e${-places}`);
}

/** Whole powers come out whole: log(1000) is 3. */
function logarithm(x: number, base: number): number {
  if (base === 10) return Math.log10(x);
  return base === 2 ? Math.log2(x) : Math.log(x) / Math.log(base);
}

/** Keeps all digits that a calculation has, instead of as many as are significant. */
function exact(value: EvalValue): EvalValue {
  return isNumeral(value) ? value.value : value;
}
