/** What a string token stands for, or where its text is wrong. `at` and `length` are offsets in the token. */
export type StringReading =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly at: number; readonly length: number; readonly message: string };

const simple: Readonly<Record<string, string>> = {
  "\\": "\\",
  '"': '"',
  "'": "'",
  t: "\t",
  n: "\n",
  r: "\r",
  a: "\u0007",
  b: "\b",
  f: "\f",
  v: "\v",
};
const coded = /^(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/;
const octal = /^[0-7]{1,3}/;

/**
 * Reads a string token of any form: `"…"` and `'…'` with escapes, verbatim `@"…"` and `@'…'`, ``` and ~~~ blocks,
 * each also after `h` or `H`. (scalar-data-types/string)
 */
export function readString(image: string): StringReading {
  const start = image[0] === "h" || image[0] === "H" ? 1 : 0;
  if (image[start] === "@") {
    const quote = image[start + 1] ?? '"';
    return { ok: true, value: image.slice(start + 2, -1).replaceAll(quote + quote, quote) };
  }
  if (image[start] === "`" || image[start] === "~") return { ok: true, value: image.slice(start + 3, -3) };
  const body = image.slice(start + 1, -1);
  let slash = body.indexOf("\\");
  if (slash < 0) return { ok: true, value: body };
  const parts: string[] = [];
  let done = 0;
  for (; slash >= 0; slash = body.indexOf("\\", done)) {
    parts.push(body.slice(done, slash));
    const found = readEscape(body, slash + 1);
    if (found === null) {
      const letter = String.fromCodePoint(body.codePointAt(slash + 1) ?? 0);
      const message = `\`\\${letter}\` is not an escape of a string`;
      return { ok: false, at: start + 1 + slash, length: 1 + letter.length, message };
    }
    parts.push(found.value);
    done = slash + 1 + found.length;
  }
  parts.push(body.slice(done));
  return { ok: true, value: parts.join("") };
}

function readEscape(body: string, at: number): { readonly value: string; readonly length: number } | null {
  const letter = body[at] ?? "";
  if (Object.hasOwn(simple, letter)) return { value: simple[letter] ?? "", length: 1 };
  const rest = body.slice(at, at + 9);
  const digits = octal.exec(rest);
  if (digits) return { value: String.fromCharCode(Number.parseInt(digits[0], 8)), length: digits[0].length };
  const code = coded.exec(rest);
  if (!code) return null;
  const point = Number.parseInt(code[1] ?? code[2] ?? code[3] ?? "", 16);
  return point > 0x10ffff ? null : { value: String.fromCodePoint(point), length: code[0].length };
}

/** A string as KQL: verbatim where it has backslashes and nothing that needs an escape, else with escapes. */
export function quoteString(value: string): string {
  if (/^[ !#-[\]-~]*$/.test(value)) return `"${value}"`;
  if (value.includes("\\") && isPlain(value)) {
    return value.includes('"') && !value.includes("'") ? `@'${value}'` : `@"${value.replaceAll('"', '""')}"`;
  }
  const quote = value.includes('"') && !value.includes("'") ? "'" : '"';
  let text = quote;
  for (let i = 0; i < value.length; i++) text += escaped(value, i, quote);
  return text + quote;
}

const control = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;
const written: Readonly<Record<string, string>> = { "\t": "\\t", "\n": "\\n", "\r": "\\r", "\\": "\\\\" };

/** No character of it needs an escape: no control or invisible characters, no half of a surrogate pair. */
function isPlain(value: string): boolean {
  return !control.test(value);
}

function escaped(value: string, i: number, quote: string): string {
  const unit = value[i] ?? "";
  if (unit === quote) return `\\${quote}`;
  const short = written[unit];
  if (short !== undefined) return short;
  if (unit >= " " && unit <= "~") return unit;
  const code = value.charCodeAt(i);
  const high = code >= 0xd800 && code <= 0xdbff;
  const low = code >= 0xdc00 && code <= 0xdfff;
  const next = value.charCodeAt(i + 1);
  const before = value.charCodeAt(i - 1);
  if (high && next >= 0xdc00 && next <= 0xdfff) return unit;
  if (low && before >= 0xd800 && before <= 0xdbff) return unit;
  return high || low || control.test(unit) ? `\\u${code.toString(16).padStart(4, "0")}` : unit;
}
