import { SplProblem } from "../../problem.ts";
import { parseAddress } from "../../search/ip.ts";
import { type EvalValue, isMulti, isNumeral, numberOf, numberText, textOf } from "../../value.ts";
import { type EvalFunction, many, ofTexts, ofValues, type Scope, strict } from "../function.ts";
import { printf } from "../printf.ts";
import { unsupported } from "./informational.ts";

/** Conversion functions. (Search Reference) */
export const conversionFunctions: Readonly<Record<string, EvalFunction>> = {
  tostring: ofValues(1, 2, ([value = null, format = null], scope) => asText(value, textOf(format), scope)),
  tonumber: strict(1, 2, ([value = null, base = 10], scope) => asNumber(value, numberOf(base) ?? 10, scope)),
  printf: ofValues(1, many, ([format = null, ...args]) => {
    const text = textOf(format);
    return text === null ? null : printf(text, args);
  }),
  ipmask: ofTexts(2, 2, ([mask = "", ip = ""]) => {
    const a = parseAddress(mask);
    const b = parseAddress(ip);
    if (a === null || b === null || a.bits !== 32 || b.bits !== 32) return null;
    const masked = a.value & b.value;
    return [24n, 16n, 8n, 0n].map((shift) => (masked >> shift) & 255n).join(".");
  }),
  toarray: unsupported("since 9.4"),
  tobool: unsupported("since 9.4"),
  todouble: unsupported("since 9.4"),
  toint: unsupported("since 9.4"),
  tomv: unsupported("since 9.4"),
  toobject: unsupported("since 9.4"),
};

function asText(value: EvalValue, format: string | null, scope: Scope): EvalValue {
  if (value === null || isMulti(value)) return value;
  if (typeof value === "boolean") return value ? "True" : "False";
  if (format === null) return textOf(value);
  const number = numberOf(value);
  if (number === null)
    return format === "commas" || format === "hex" || format === "duration" || format === "binary"
      ? null
      : textOf(value);
  switch (format) {
    case "binary":
      return Math.trunc(number).toString(2);
    case "hex":
      return `0x${Math.trunc(number).toString(16).toUpperCase()}`;
    case "commas":
      return withCommas(number);
    case "duration":
      return duration(number);
    default:
      throw new SplProblem(
        "SPL203",
        scope.call,
        `tostring() has no format \`${format}\``,
        "use binary, hex, commas or duration",
      );
  }
}

/** Groups of three digits, and two decimal places if there are any. */
function withCommas(number: number): string {
  const text = Number.isInteger(number) ? numberText(number) : number.toFixed(2);
  const [whole = "", fraction] = text.split(".");
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ",");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** Seconds as `HH:MM:SS`, with `D+` before it from a day on. */
export function duration(seconds: number): string {
  const sign = seconds < 0 ? "-" : "";
  const all = Math.abs(seconds);
  const whole = Math.floor(all);
  const micros = Math.round((all - whole) * 1e6);
  const two = (n: number): string => String(n).padStart(2, "0");
  const clock = [Math.floor(whole / 3600) % 24, Math.floor(whole / 60) % 60, whole % 60].map(two).join(":");
  const days = Math.floor(whole / 86_400);
  const fraction = micros === 0 ? "" : `.${String(micros).padStart(6, "0")}`;
  return `${sign}${days > 0 ? `${days}+` : ""}${clock}${fraction}`;
}

/** A number written in a base from 2 to 36; null for a text that is none, but a constant that is none is a mistake. */
function asNumber(value: EvalValue, base: number, scope: Scope): EvalValue {
  if (isMulti(value)) return null;
  if (!Number.isInteger(base) || base < 2 || base > 36)
    throw new SplProblem("SPL203", scope.call, "the base of tonumber() is 2 to 36");
  const text = textOf(value) ?? "";
  let result: number | null;
  if (base === 10) result = isNumeral(value) ? value.value : numberOf(value);
  else {
    const digits = text.replace(base === 16 ? /^(-?)0[xX]/ : /^(-?)$/, "$1");
    const allowed = "0123456789abcdefghijklmnopqrstuvwxyz".slice(0, base);
    const isValid =
      /^-?[0-9A-Za-z]+$/.test(digits) && [...digits.toLowerCase().replace("-", "")].every((d) => allowed.includes(d));
    result = isValid ? Number.parseInt(digits, base) : null;
  }
  if (result === null && scope.call.args[0]?.kind === "string") {
    throw new SplProblem("SPL203", scope.call, `\`${text}\` is no number in base ${base}`);
  }
  return base === 10 && isNumeral(value) ? value : result;
}
