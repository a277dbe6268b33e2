import { type DynamicArray, isArray, type Value } from "../types/value.ts";
import { tolong } from "./convert.ts";
import { textOf, tostring } from "./text.ts";

// Texts as code points, and Punycode. (scalar-functions: string functions)

export function unicodeCodepointsFromString(text: Value): DynamicArray {
  return Array.from(tostring(text), (letter) => letter.codePointAt(0) ?? 0);
}

/** Numbers and arrays of numbers in turn; what is no code point is left out. (unicode-codepoints-to-string-function) */
export function unicodeCodepointsToString(...parts: readonly Value[]): string {
  return parts
    .flatMap((part): DynamicArray => (isArray(part) ? part : [part]))
    .map((part) => {
      const code = Number(tolong(part) ?? -1);
      return code >= 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "";
    })
    .join("");
}

/** Whether the text is one that UTF-8 can say: no lone surrogate. (isutf8-function) */
export function isutf8(text: Value): boolean {
  return !/\p{Surrogate}/u.test(textOf(text));
}

const digitBase = 36;
const leastThreshold = 1;
const greatestThreshold = 26;
const firstOther = 128;
const longestPunycode = 4_096;

/** RFC 3492, without `xn--`; "" for a text of more than 4,096 letters. (punycode-from-string-function) */
export function punycodeFromString(text: Value): string {
  const codes = Array.from(textOf(text), (letter) => letter.codePointAt(0) ?? 0);
  if (codes.length > longestPunycode) return "";
  const basic = codes.filter((code) => code < firstOther);
  let out = String.fromCodePoint(...basic) + (basic.length > 0 && basic.length < codes.length ? "-" : "");
  let [done, next, delta, bias] = [basic.length, firstOther, 0, 72];
  while (done < codes.length) {
    const lowest = Math.min(...codes.filter((code) => code >= next));
    delta += (lowest - next) * (done + 1);
    next = lowest;
    for (const code of codes) {
      if (code < next) delta++;
      if (code !== next) continue;
      out += digitsOf(delta, bias);
      bias = adapted(delta, done + 1, done === basic.length);
      delta = 0;
      done++;
    }
    delta++;
    next++;
  }
  return out;
}

/** "" for what is no Punycode. (punycode-to-string-function) */
export function punycodeToString(text: Value): string {
  const source = textOf(text);
  const split = source.lastIndexOf("-");
  const letters = split < 0 ? [] : Array.from(source.slice(0, split), (letter) => letter.codePointAt(0) ?? 0);
  if (letters.some((code) => code >= firstOther) || source.length > longestPunycode) return "";
  let [next, place, bias, at] = [firstOther, 0, 72, split + 1];
  while (at < source.length) {
    const before = place;
    for (let weight = 1, k = digitBase; ; k += digitBase) {
      const digit = digitValue(source.charCodeAt(at++));
      if (digit < 0) return "";
      place += digit * weight;
      const limit = thresholdAt(k, bias);
      if (digit < limit) break;
      weight *= digitBase - limit;
      if (weight > 2 ** 40) return "";
    }
    const count = letters.length + 1;
    bias = adapted(place - before, count, before === 0);
    next += Math.floor(place / count);
    place %= count;
    if (next > 0x10ffff) return "";
    letters.splice(place++, 0, next);
  }
  return letters.map((code) => String.fromCodePoint(code)).join("");
}

const thresholdAt = (k: number, bias: number): number =>
  Math.min(greatestThreshold, Math.max(leastThreshold, k - bias));

function digitsOf(delta: number, bias: number): string {
  let out = "";
  let rest = delta;
  for (let k = digitBase; ; k += digitBase) {
    const limit = thresholdAt(k, bias);
    if (rest < limit) return out + rest.toString(digitBase).replace(/./, toPunycodeDigit);
    const digit = limit + ((rest - limit) % (digitBase - limit));
    out += toPunycodeDigit(digit.toString(digitBase));
    rest = Math.floor((rest - limit) / (digitBase - limit));
  }
}

/** a to z are 0 to 25, 0 to 9 are 26 to 35: the other way round than in JavaScript. */
function toPunycodeDigit(digit: string): string {
  const value = Number.parseInt(digit, digitBase);
  return value < 26 ? String.fromCharCode(97 + value) : String(value - 26);
}
function digitValue(code: number): number {
  if (code >= 48 && code <= 57) return code - 22;
  const letter = code | 32;
  return letter >= 97 && letter <= 122 ? letter - 97 : -1;
}

function adapted(delta: number, count: number, first: boolean): number {
  let rest = Math.floor(delta / (first ? 700 : 2));
  rest += Math.floor(rest / count);
  let k = 0;
  for (; rest > ((digitBase - leastThreshold) * greatestThreshold) / 2; k += digitBase)
    rest = Math.floor(rest / (digitBase - leastThreshold));
  return k + Math.floor(((digitBase - leastThreshold + 1) * rest) / (rest + 38));
}
