import { type EvalValue, isMulti, numberOf, textOf } from "../value.ts";

/** A text in a format of C's printf: flags `- + # 0 space ' `, width, precision, `%d i s c f F e g o x X u %`. (Conversion functions: printf) */
export function printf(format: string, args: readonly EvalValue[]): string | null {
  let next = 0;
  let isNull = false;
  const take = (): EvalValue => args[next++] ?? null;
  const text = format.replace(
    /%([-+ #0']*)(\*|\d+)?(?:\.(\*|\d+)?)?(?:hh|h|ll|l|L|z|j|t)?([a-zA-Z%])/g,
    (found: string, flags: string, width: string | undefined, precision: string | undefined, letter: string) => {
      if (letter === "%") return "%";
      const hasPrecision = /\.(?:\*|\d*)[a-zA-Z]*$/.test(found);
      const size = width === "*" ? (numberOf(take()) ?? 0) : Number(width ?? 0);
      const digits = !hasPrecision ? null : precision === "*" ? (numberOf(take()) ?? 0) : Number(precision ?? 0);
      const value = take();
      if (value === null || isMulti(value)) {
        isNull = true;
        return "";
      }
      const body = convert(letter, value, digits, flags);
      if (body === null) {
        isNull = true;
        return "";
      }
      return padded(
        body,
        Math.min(Math.abs(size), 10_000),
        flags.includes("-") || size < 0,
        flags.includes("0") && !/[sc]/.test(letter),
      );
    },
  );
  return isNull ? null : text;
}

function convert(letter: string, value: EvalValue, digits: number | null, flags: string): string | null {
  const places = Math.min(digits ?? 6, 100);
  if (letter === "s") {
    const text = textOf(value) ?? "";
    return digits === null ? text : [...text].slice(0, digits).join("");
  }
  if (letter === "c") {
    const number = numberOf(value);
    return number === null
      ? ([...(textOf(value) ?? "")][0] ?? "")
      : String.fromCodePoint(Math.max(0, Math.min(0x10ffff, Math.trunc(number))));
  }
  const number = numberOf(value);
  if (number === null) return null;
  switch (letter) {
    case "d":
    case "i":
    case "u": {
      const whole = Math.trunc(number);
      const grouped = String(Math.abs(whole)).padStart(digits ?? 0, "0");
      return sign(whole, flags) + (flags.includes("'") ? grouped.replace(/\B(?=(?:\d{3})+$)/g, ",") : grouped);
    }
    case "f":
    case "F":
      return sign(number, flags) + Math.abs(number).toFixed(places);
    case "e":
    case "E": {
      const text = Math.abs(number)
        .toExponential(places)
        .replace(/e([+-])(\d)$/, "e$10$2");
      return sign(number, flags) + (letter === "E" ? text.toUpperCase() : text);
    }
    case "g":
    case "G":
      return sign(number, flags) + String(Number(Math.abs(number).toPrecision(Math.max(1, places))));
    case "o":
      return (flags.includes("#") ? "0" : "") + Math.trunc(number).toString(8);
    case "x":
      return (
        (flags.includes("#") ? "0x" : "") +
        Math.trunc(number)
          .toString(16)
          .padStart(digits ?? 0, "0")
      );
    case "X":
      return (
        (flags.includes("#") ? "0X" : "") +
        Math.trunc(number)
          .toString(16)
          .toUpperCase()
          .padStart(digits ?? 0, "0")
      );
    default:
      return null;
  }
}

function sign(number: number, flags: string): string {
  if (number < 0) return "-";
  return flags.includes("+") ? "+" : flags.includes(" ") ? " " : "";
}

function padded(text: string, width: number, left: boolean, zeros: boolean): string {
  if (left) return text.padEnd(width);
  if (!zeros) return text.padStart(width);
  const lead = /^(?:[+\- ]|0[xX])?/.exec(text)?.[0] ?? "";
  return lead + text.slice(lead.length).padStart(width - lead.length, "0");
}
