/** A real as the engine prints it: always with a fraction or an exponent (`1.0`), `NaN`, `inf`. */
export function printReal(number: number): string {
  if (Number.isNaN(number)) return "NaN";
  if (!Number.isFinite(number)) return number > 0 ? "inf" : "-inf";
  if (Object.is(number, -0)) return "-0.0";
  const text = longestShortest(number).replace("e+", "e");
  return /[.e]/.test(text) ? text : `${text}.0`;
}

/**
 * The engine prints the fewest digits that read back as the same number, but among equally short ones the greatest and not
 * the nearest: 0.1 + 0.2 is 0.30000000000000007. Only texts of 16 digits and more have a choice.
 */
function longestShortest(value: number): string {
  const nearest = String(value);
  const [mantissa = "", exponent = ""] = String(Math.abs(value)).split("e");
  const significant = mantissa.replace(/^[0.]+/, "").replace(/\.?0*$/, "");
  if (significant.replace(".", "").length < 16) return nearest;
  const last = mantissa.replace(/\.?0*$/, "").length - 1;
  const readsBack = (text: string): boolean =>
    Number(exponent === "" ? text : `${text}e${exponent}`) === Math.abs(value);
  let greatest = mantissa;
  for (let digit = Number(mantissa[last]) + 1; digit <= 9; digit++) {
    const candidate = mantissa.slice(0, last) + digit + mantissa.slice(last + 1);
    if (readsBack(candidate)) greatest = candidate;
  }
  return `${value < 0 ? "-" : ""}${greatest}${exponent === "" ? "" : `e${exponent}`}`;
}
