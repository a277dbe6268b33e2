// The largest safe integer has 16 digits. Before a number stands one of these, and before most digits of a hash does not.
const longDigits = /[:[,\s-]\d{16}/;

/**
 * JSON.parse, with integers that a double cannot hold as bigint where they fit into 64 bits.
 * @throws SyntaxError as JSON.parse does.
 */
export function parseJson(text: string): unknown {
  return longDigits.test(text) ? parseExact(text) : JSON.parse(text);
}

/**
 * Long integers are handed through JSON.parse as strings. To tell them from the strings of the text, all string values
 * get a letter in front for the time being; keys stay.
 */
function parseExact(text: string): unknown {
  let marked = "";
  let copied = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (char === quote) {
      const end = stringEnd(text, at);
      if (!keyAt(text, end)) {
        marked += `${text.slice(copied, at)}"s`;
        copied = at + 1;
      }
      at = end - 1;
    } else if (isDigit(char)) {
      const end = numberEnd(text, at);
      const begin = text.charCodeAt(at - 1) === minus ? at - 1 : at;
      const digits = text.slice(begin, end);
      // A leading zero or a stray letter is left for JSON.parse to refuse.
      if (end - at >= 16 && /^-?[1-9]\d*$/.test(digits)) {
        marked += `${text.slice(copied, begin)}"n${digits}"`;
        copied = end;
      }
      at = end - 1;
    }
  }
  try {
    return JSON.parse(marked + text.slice(copied), (_, value: unknown) => {
      if (typeof value !== "string") return value;
      return value.startsWith("n") ? integerOf(value.slice(1)) : value.slice(1);
    });
  } catch {
    // Broken: the message is to speak of the text as it was written.
    return JSON.parse(text);
  }
}

function integerOf(digits: string): number | bigint {
  const near = Number(digits);
  if (Number.isSafeInteger(near)) return near;
  const exact = BigInt(digits);
  return BigInt.asIntN(64, exact) === exact ? exact : near;
}

const quote = 0x22;
const minus = 0x2d;
const backslash = 0x5c;
const colon = 0x3a;

function isDigit(char: number): boolean {
  return char >= 0x30 && char <= 0x39;
}

/** Just behind the closing quote of the string that opens at `begin`. */
function stringEnd(text: string, begin: number): number {
  for (let at = begin + 1; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (char === backslash) at++;
    else if (char === quote) return at + 1;
  }
  return text.length;
}

function keyAt(text: string, from: number): boolean {
  let at = from;
  while (at < text.length && text.charCodeAt(at) <= 0x20) at++;
  return text.charCodeAt(at) === colon;
}

/** Behind everything that could belong to a number: digits, dot, exponent. */
function numberEnd(text: string, begin: number): number {
  let at = begin;
  while (at < text.length && /[\d.eE+-]/.test(text.charAt(at))) at++;
  return at;
}
