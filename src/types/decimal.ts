/** Significant digits of a decimal. */
const precision = 34;
const largestExponent = 6_144;

/** A decimal number of up to 34 digits: `coefficient` × 10^-`scale`, without zeros at the end. */
export class Decimal {
  readonly coefficient: bigint;
  readonly scale: number;
  constructor(coefficient: bigint, scale: number) {
    this.coefficient = coefficient;
    this.scale = scale;
  }
  /** The nearest real. */
  valueOf(): number {
    return Number(`${this.coefficient}e${-this.scale}`);
  }
  /** `-12.5`, without an exponent. */
  toString(): string {
    if (this.scale <= 0) return String(this.coefficient * 10n ** BigInt(-this.scale));
    const digits = String(this.coefficient < 0n ? -this.coefficient : this.coefficient).padStart(this.scale + 1, "0");
    const sign = this.coefficient < 0n ? "-" : "";
    return `${sign}${digits.slice(0, -this.scale)}.${digits.slice(-this.scale)}`;
  }
}

/** Rounded to 34 digits, halves to the even neighbour; null beyond the range of a decimal. */
export function decimalOf(coefficient: bigint, scale: number): Decimal | null {
  if (coefficient === 0n) return new Decimal(0n, 0);
  let [digits, places] = rounded(coefficient, scale);
  const zeros = /0*$/.exec(String(digits))?.[0].length ?? 0;
  if (zeros > 0) {
    digits /= 10n ** BigInt(zeros);
    places -= zeros;
  }
  return Math.abs(places) > largestExponent ? null : new Decimal(digits, places);
}

function rounded(coefficient: bigint, scale: number): [bigint, number] {
  const surplus = String(coefficient).replace("-", "").length - precision;
  if (surplus <= 0) return [coefficient, scale];
  const unit = 10n ** BigInt(surplus);
  const rest = coefficient % unit;
  const twice = (rest < 0n ? -rest : rest) * 2n;
  let digits = coefficient / unit;
  if (twice > unit || (twice === unit && digits % 2n !== 0n)) digits += coefficient < 0n ? -1n : 1n;
  return [digits, scale - surplus];
}

const decimalText = /^([+-]?)(\d{0,1000})(?:\.(\d{0,1000}))?(?:e([+-]?\d{1,4}))?$/i;

/** `12`, `-1.50`, `.5`, `1e-3`; null for what is no decimal. */
export function parseDecimal(text: string): Decimal | null {
  const match = decimalText.exec(text.trim());
  if (match === null) return null;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = match;
  if (whole === "" && fraction === "") return null;
  const coefficient = BigInt(whole + fraction);
  return decimalOf(sign === "-" ? -coefficient : coefficient, fraction.length - Number(exponent));
}

/** Both as whole numbers of one unit. */
export function aligned(
  left: Decimal,
  right: Decimal,
): { readonly left: bigint; readonly right: bigint; scale: number } {
  const scale = Math.max(left.scale, right.scale);
  const at = (value: Decimal): bigint => value.coefficient * 10n ** BigInt(scale - value.scale);
  return { left: at(left), right: at(right), scale };
}

export function addDecimals(left: Decimal, right: Decimal): Decimal | null {
  const both = aligned(left, right);
  return decimalOf(both.left + both.right, both.scale);
}
export function subtractDecimals(left: Decimal, right: Decimal): Decimal | null {
  const both = aligned(left, right);
  return decimalOf(both.left - both.right, both.scale);
}
export function multiplyDecimals(left: Decimal, right: Decimal): Decimal | null {
  return decimalOf(left.coefficient * right.coefficient, left.scale + right.scale);
}

/** Null by zero. */
export function divideDecimals(left: Decimal, right: Decimal): Decimal | null {
  if (right.coefficient === 0n) return null;
  const shift = precision + 2 + String(right.coefficient).length;
  const quotient = (left.coefficient * 10n ** BigInt(shift)) / right.coefficient;
  return decimalOf(quotient, left.scale - right.scale + shift);
}

/** The remainder from 0 up to the divisor's size; null by zero. */
export function moduloDecimals(left: Decimal, right: Decimal): Decimal | null {
  if (right.coefficient === 0n) return null;
  const both = aligned(left, right);
  const rest = both.left % both.right;
  return decimalOf(rest < 0n ? rest + (both.right < 0n ? -both.right : both.right) : rest, both.scale);
}

/** Below, at or above zero. */
export function orderOfDecimals(left: Decimal, right: Decimal): number {
  const both = aligned(left, right);
  return both.left < both.right ? -1 : both.left > both.right ? 1 : 0;
}
