// Sets of characters, written as classes for the `v` flag.

/** Letters, digits, combining marks and connectors, of all scripts. */
export const wordLetters = String.raw`\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}`;
/** They know all scripts: `\s` matches a no-break space. */
export const classes: Readonly<Record<string, string>> = {
  d: String.raw`[\p{Nd}]`,
  D: String.raw`[^\p{Nd}]`,
  w: `[${wordLetters}]`,
  W: `[^${wordLetters}]`,
  s: String.raw`[\p{White_Space}]`,
  S: String.raw`[^\p{White_Space}]`,
};
export const posix: Readonly<Record<string, string>> = {
  alnum: "0-9A-Za-z",
  alpha: "A-Za-z",
  ascii: String.raw`\x00-\x7f`,
  blank: String.raw`\t\x20`,
  cntrl: String.raw`\x00-\x1f\x7f`,
  digit: "0-9",
  graph: String.raw`\x21-\x7e`,
  lower: "a-z",
  print: String.raw`\x20-\x7e`,
  punct: String.raw`\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e`,
  space: String.raw`\t-\r\x20`,
  upper: "A-Z",
  word: "0-9A-Za-z_",
  xdigit: "0-9A-Fa-f",
};

/** One code point as a class. */
export function literal(code: number): string {
  return `[${literalInClass(code)}]`;
}
export function literalInClass(code: number): string {
  return /^[0-9A-Za-z]$/.test(String.fromCodePoint(code)) ? String.fromCodePoint(code) : `\\u{${code.toString(16)}}`;
}

/** The class of a Unicode property or script by its name, or null where none has it. */
export function unicodeClass(name: string): string | null {
  const plain = name.trim().replace(":", "=");
  if (plain === "Any") return String.raw`\s\S`;
  const tried = [`\\p{${plain}}`, `\\p{Script=${plain}}`, `\\p{${capital(plain)}}`, `\\p{Script=${capital(plain)}}`];
  const found = tried.find((source) => {
    try {
      return new RegExp(source, "v") instanceof RegExp;
    } catch {
      return false;
    }
  });
  return found ?? null;
}
const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1).toLowerCase();
