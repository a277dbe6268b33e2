import { literal, type Scanner } from "./scan.ts";

/** Character classes of PCRE, without the Unicode properties option: `\d \w \s` and POSIX names are ASCII. (pcre2pattern) */

const posix: Readonly<Record<string, string>> = {
  alpha: "a-zA-Z",
  digit: "0-9",
  alnum: "a-zA-Z0-9",
  upper: "A-Z",
  lower: "a-z",
  space: "\\t-\\r\\x20",
  blank: "\\t\\x20",
  punct: "!-\\/:-@\\[-`\\{-~",
  print: "\\x20-~",
  graph: "!-~",
  cntrl: "\\x00-\\x1f\\x7f",
  word: "a-zA-Z0-9_",
  xdigit: "0-9a-fA-F",
  ascii: "\\x00-\\x7f",
};

/** Shorthands that Oniguruma lacks or means differently, as the inside of a class. */
const spaces: Readonly<Record<string, string>> = {
  h: "\\t\\p{Zs}\\x{180e}",
  v: "\\n\\x0b\\f\\r\\x{85}\\x{2028}\\x{2029}",
};

/** `\h`, `\V` and the like outside a class; undefined for other letters. */
export function spaceClass(letter: string): string | undefined {
  const inside = spaces[letter.toLowerCase()];
  if (inside === undefined) return undefined;
  return letter === letter.toLowerCase() ? `[${inside}]` : `[^${inside}]`;
}

/** `\p{Lu}`, `\pL`, `\P{^Greek}`; PCRE's own properties spelled out. */
export function property(scanner: Scanner, negated: boolean): string {
  const found = scanner.match(/\{(\^?)\s*([\w &]+?)\s*\}|([A-Za-z])/y);
  if (found === null) scanner.fail("a property without a name");
  const [, caret, braced, letter] = found;
  const name = braced ?? letter ?? "";
  const isNegated = negated !== (caret === "^");
  const own: Readonly<Record<string, string>> = {
    Any: "\\x{0}-\\x{10ffff}",
    "L&": "\\p{Lu}\\p{Ll}\\p{Lt}",
    Xan: "\\p{L}\\p{N}",
    Xwd: "\\p{L}\\p{N}_",
    Xsp: "\\t-\\r\\x{85}\\p{Z}",
    Xps: "\\t-\\r\\x{85}\\p{Z}",
  };
  const inside = own[name];
  if (inside !== undefined) return `[${isNegated ? "^" : ""}${inside}]`;
  return `\\${isNegated ? "P" : "p"}{${name}}`;
}

/** The character that an escape with a number means: `\x41`, `\x{1F600}`, `\o{101}`, `\cA`, `\t`; undefined for other escapes. */
export function characterEscape(scanner: Scanner, letter: string): string | undefined {
  const plain: Readonly<Record<string, string>> = { a: "\x07", e: "\x1b", f: "\f", n: "\n", r: "\r", t: "\t" };
  const character = plain[letter];
  if (character !== undefined) return character;
  if (letter === "x") {
    const found = scanner.match(/\{([0-9A-Fa-f]+)\}|([0-9A-Fa-f]{0,2})/y);
    return codePoint(scanner, Number.parseInt(found?.[1] ?? (found?.[2] || "0"), 16));
  }
  if (letter === "o") {
    const found = scanner.match(/\{([0-7]+)\}/y);
    if (found === null) scanner.fail("\\o without octal digits in braces");
    return codePoint(scanner, Number.parseInt(found[1] ?? "", 8));
  }
  if (letter === "c") {
    const c = scanner.take().toUpperCase();
    if (!/^[\x20-\x7e]$/.test(c)) scanner.fail("\\c without a printable ASCII character");
    return String.fromCodePoint(c.charCodeAt(0) ^ 0x40);
  }
  return undefined;
}

export function codePoint(scanner: Scanner, value: number): string {
  if (!(value <= 0x10ffff) || (value >= 0xd800 && value <= 0xdfff))
    scanner.fail("a character number that is too large");
  return String.fromCodePoint(value);
}

type Member = { readonly kind: "character"; readonly text: string } | { readonly kind: "set"; readonly text: string };

/** A class after its `[`, as Oniguruma reads it; there `[` and `&&` inside mean something, so nothing stays bare. */
export function characterClass(scanner: Scanner): string {
  const negated = scanner.accept("^");
  const parts: string[] = [];
  let first = true;
  let quoting = false;
  while (true) {
    if (scanner.done) scanner.fail("a class that is not closed");
    if (quoting && scanner.accept("\\E")) {
      quoting = false;
      continue;
    }
    if (!quoting && scanner.accept("\\Q")) {
      quoting = true;
      continue;
    }
    if (!quoting && scanner.accept("\\E")) continue;
    if (!quoting && !first && scanner.accept("]")) break;
    first = false;
    const low: Member = quoting ? { kind: "character", text: scanner.take() } : member(scanner);
    const isRange = !quoting && scanner.peek("-") && !scanner.peek("-]") && !scanner.peek("-[:");
    if (!isRange || low.kind === "set") {
      parts.push(low.kind === "set" ? low.text : literal(low.text));
      continue;
    }
    scanner.take();
    const high = member(scanner);
    if (high.kind === "set") parts.push(literal(low.text), "\\-", high.text);
    else {
      if ((low.text.codePointAt(0) ?? 0) > (high.text.codePointAt(0) ?? 0)) scanner.fail("a range that runs backwards");
      parts.push(`${literal(low.text)}-${literal(high.text)}`);
    }
  }
  return `[${negated ? "^" : ""}${parts.join("")}]`;
}

function member(scanner: Scanner): Member {
  const named = scanner.match(/\[:(\^?)(\w+):\]/y);
  if (named !== null) {
    const inside = posix[named[2] ?? ""];
    if (inside === undefined) scanner.fail(`an unknown class [:${named[2]}:]`);
    return { kind: "set", text: named[1] === "^" ? `[^${inside}]` : inside };
  }
  const c = scanner.take();
  if (c !== "\\") return { kind: "character", text: c };
  const letter = scanner.take();
  if (letter === "") scanner.fail("a backslash at the end");
  if (/[dDwWsS]/.test(letter)) return { kind: "set", text: `\\${letter}` };
  const space = spaceClass(letter);
  if (space !== undefined) return { kind: "set", text: space };
  if (letter === "p" || letter === "P") return { kind: "set", text: property(scanner, letter === "P") };
  if (letter === "b") return { kind: "character", text: "\b" };
  const character = characterEscape(scanner, letter);
  if (character !== undefined) return { kind: "character", text: character };
  if (/[0-7]/.test(letter)) {
    const rest = scanner.match(/[0-7]{0,2}/y)?.[0] ?? "";
    return { kind: "character", text: codePoint(scanner, Number.parseInt(letter + rest, 8)) };
  }
  if (/[A-Za-z0-9]/.test(letter)) scanner.fail(`\\${letter} in a class`);
  return { kind: "character", text: letter };
}
