import type { Long } from "../../types/value.ts";

const longMax = 2n ** 63n;

/** A whole number in decimal or `0x` form, with a sign; null where it is none or does not fit in 64 bits. */
export function readLong(text: string): Long | null {
  const match = /^([+-]?)(0[xX][0-9a-fA-F]+|\d+)$/.exec(text);
  const digits = match?.[2];
  if (digits === undefined) return null;
  if (digits.length > 40) return null;
  const magnitude = BigInt(digits);
  const negative = match?.[1] === "-";
  if (magnitude > (negative ? longMax : longMax - 1n)) return null;
  return toLong(negative ? -magnitude : magnitude);
}

/** A number where that is exact, else the bigint. */
export function toLong(value: bigint): Long {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** `1.5`, `1e3`, `-2`, `nan`, `+inf`; null where it is none of these. */
export function readReal(text: string): number | null {
  const special = /^([+-]?)(nan|inf)$/i.exec(text);
  if (special) {
    if (special[2]?.toLowerCase() === "nan") return Number.NaN;
    return special[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text) ? Number(text) : null;
}

/** A real that reads back as a real and not as a whole number. */
export function writeReal(value: number): string {
  if (Number.isNaN(value)) return "real(nan)";
  if (!Number.isFinite(value)) return value > 0 ? "real(+inf)" : "real(-inf)";
  const text = Object.is(value, -0) ? "-0" : String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}
