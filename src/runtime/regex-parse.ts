import { classes, literal, literalInClass, posix, unicodeClass } from "./regex-classes.ts";

/** A regular expression as a tree. Case folding and the meaning of `.`, `^` and `$` under flags are resolved in it. */
export type Node =
  | { readonly kind: "empty" }
  /** One character out of a set; `source` is the same set as a JavaScript class for the `v` flag, `fold` without regard to case. */
  | { readonly kind: "set"; readonly source: string; readonly fold: boolean }
  | { readonly kind: "assert"; readonly what: Assertion }
  | { readonly kind: "group"; readonly index: number; readonly body: Node }
  | { readonly kind: "sequence"; readonly items: readonly Node[] }
  | { readonly kind: "choice"; readonly items: readonly Node[] }
  | {
      readonly kind: "repeat";
      readonly body: Node;
      readonly min: number;
      readonly max: number;
      readonly greedy: boolean;
    };
export type Assertion = "text-start" | "text-end" | "line-start" | "line-end" | "word-edge" | "no-word-edge";

export interface ParsedPattern {
  readonly root: Node;
  /** How many capture groups there are, the whole match not counted. */
  readonly groups: number;
  readonly names: ReadonlyMap<string, number>;
}

/** A pattern that the engine refuses. */
export class PatternError extends Error {}

const most = { depth: 200, repeat: 1000, length: 20_000 };

interface Flags {
  readonly fold: boolean;
  readonly lines: boolean;
  readonly dotAll: boolean;
  /** `U`: lazy and greedy change places. */
  readonly swapGreed: boolean;
  /** `x`: blanks and comments do not count. */
  readonly extended: boolean;
}
const noFlags: Flags = { fold: false, lines: false, dotAll: false, swapGreed: false, extended: false };

/**
 * Reads a pattern in the syntax of Kusto's engine: no look-around, no back-references; `\d \w \s` and `\b` know all scripts.
 * (regex)
 * @throws PatternError
 */
export function parsePattern(pattern: string, initial: Partial<Flags> = {}): ParsedPattern {
  if (pattern.length > most.length) throw new PatternError("the pattern is too long");
  const flags = { ...noFlags, ...initial };
  try {
    return new PatternReader(pattern, flags, true).read();
  } catch (problem) {
    // `[[",\]]` has only one meaning: the second bracket is a letter.
    if (!(problem instanceof UnclosedClass)) throw problem;
    return new PatternReader(pattern, flags, false).read();
  }
}

class UnclosedClass extends PatternError {}

const controls: Readonly<Record<string, number>> = { a: 7, f: 12, t: 9, n: 10, r: 13, v: 11 };

class PatternReader {
  readonly #letters: readonly string[];
  #at = 0;
  #depth = 0;
  #groups = 0;
  #flags: Flags;
  readonly #names = new Map<string, number>();

  /** Whether a bracket in a class begins a class of its own. */
  readonly #nested: boolean;

  constructor(pattern: string, flags: Flags, nested: boolean) {
    this.#letters = Array.from(pattern);
    this.#nested = nested;
    this.#flags = flags;
  }

  read(): ParsedPattern {
    const root = this.#choice();
    if (this.#at < this.#letters.length) throw new PatternError("a closing parenthesis without an opening one");
    return { root, groups: this.#groups, names: this.#names };
  }

  #peek(ahead = 0): string {
    return this.#letters[this.#at + ahead] ?? "";
  }

  #take(text: string): boolean {
    if (!Array.from(text).every((letter, i) => this.#peek(i) === letter)) return false;
    this.#at += Array.from(text).length;
    return true;
  }

  #choice(): Node {
    if (++this.#depth > most.depth) throw new PatternError("groups are nested too deep");
    const items = [this.#sequence()];
    while (this.#take("|")) items.push(this.#sequence());
    this.#depth--;
    const [only] = items;
    return items.length === 1 && only !== undefined ? only : { kind: "choice", items };
  }

  #sequence(): Node {
    const items: Node[] = [];
    for (;;) {
      if (this.#flags.extended) this.#skipBlanks();
      const letter = this.#peek();
      if (letter === "" || letter === "|" || letter === ")") break;
      const item = this.#atom();
      if (item !== null) items.push(this.#repeated(item));
    }
    const [only] = items;
    if (only === undefined) return { kind: "empty" };
    return items.length === 1 ? only : { kind: "sequence", items };
  }

  #skipBlanks(): void {
    for (;;) {
      if (/\s/.test(this.#peek())) this.#at++;
      else if (this.#peek() === "#") while (this.#peek() !== "" && this.#peek() !== "\n") this.#at++;
      else return;
    }
  }

  #repeated(item: Node): Node {
    let node = item;
    for (;;) {
      if (this.#flags.extended) this.#skipBlanks();
      const bounds = this.#bounds();
      if (bounds === null) return node;
      if (node.kind === "assert" && node === item && bounds.max > 1) node = { kind: "group", index: -1, body: node };
      const lazy = this.#take("?");
      node = { kind: "repeat", body: node, ...bounds, greedy: lazy === this.#flags.swapGreed };
    }
  }

  /** `*`, `+`, `?`, `{n}`, `{n,}`, `{n,m}`; other braces stand for themselves. */
  #bounds(): { readonly min: number; readonly max: number } | null {
    if (this.#take("*")) return { min: 0, max: Number.POSITIVE_INFINITY };
    if (this.#take("+")) return { min: 1, max: Number.POSITIVE_INFINITY };
    if (this.#take("?")) return { min: 0, max: 1 };
    if (this.#peek() !== "{") return null;
    const text = this.#letters.slice(this.#at, this.#at + 16).join("");
    const counted = /^\{(\d{1,5})(,(\d{0,5}))?\}/.exec(text);
    if (counted === null) return null;
    this.#at += counted[0].length;
    const min = Number(counted[1]);
    const max = counted[2] === undefined ? min : counted[3] === "" ? Number.POSITIVE_INFINITY : Number(counted[3]);
    if (min > max) throw new PatternError(`the repetition ${counted[0]} has its bounds in the wrong order`);
    if (min > most.repeat || (max > most.repeat && max !== Number.POSITIVE_INFINITY)) {
      throw new PatternError(`the repetition ${counted[0]} is above ${most.repeat}`);
    }
    return { min, max };
  }

  /** Null for what only sets flags. */
  #atom(): Node | null {
    const letter = this.#peek();
    this.#at++;
    switch (letter) {
      case "(":
        return this.#group();
      case "[":
        return this.#set(this.#class());
      case ".":
        return { kind: "set", source: this.#flags.dotAll ? String.raw`[\s\S]` : String.raw`[^\n]`, fold: false };
      case "^":
        return { kind: "assert", what: this.#flags.lines ? "line-start" : "text-start" };
      case "$":
        return { kind: "assert", what: this.#flags.lines ? "line-end" : "text-end" };
      case "*":
      case "+":
      case "?":
        throw new PatternError(`nothing to repeat before ${letter}`);
      case "\\":
        return this.#escape();
      default:
        return this.#set(literal(letter.codePointAt(0) ?? 0));
    }
  }

  #set(source: string): Node {
    return { kind: "set", source, fold: this.#flags.fold };
  }

  #group(): Node | null {
    const outer = this.#flags;
    let index = -1;
    if (!this.#take("?")) index = ++this.#groups;
    else if (this.#take("P<") || (this.#peek() === "<" && !/[=!]/.test(this.#peek(1)) && this.#take("<"))) {
      index = ++this.#groups;
      this.#name(index);
    } else if (this.#setFlags()) return null;
    const body = this.#choice();
    if (!this.#take(")")) throw new PatternError("an opening parenthesis without a closing one");
    this.#flags = outer;
    return { kind: "group", index, body };
  }

  #name(index: number): void {
    let name = "";
    while (this.#peek() !== ">" && this.#peek() !== "") name += this.#letters[this.#at++];
    if (!this.#take(">") || !/^[\p{L}_][\p{L}\p{N}_.[\]]*$/u.test(name))
      throw new PatternError("a group's name is not valid");
    if (this.#names.has(name)) throw new PatternError(`the group name ${name} is used twice`);
    this.#names.set(name, index);
  }

  /** `(?i)` is read whole: true. Of `(?i:` and `(?:` the group's body is left: false. */
  #setFlags(): boolean {
    const found = /^([imsUuxR]*)(?:-([imsUuxR]+))?([:)])/.exec(this.#letters.slice(this.#at, this.#at + 20).join(""));
    if (found === null) {
      const unknown = /^(?:<?[=!])/.test(this.#peek() + this.#peek(1));
      throw new PatternError(unknown ? "look-around is not supported" : "an unknown kind of group");
    }
    const [all, on = "", off = "", end] = found;
    this.#at += all.length;
    const flag = (letter: string, now: boolean): boolean => (off.includes(letter) ? false : on.includes(letter) || now);
    this.#flags = {
      fold: flag("i", this.#flags.fold),
      lines: flag("m", this.#flags.lines),
      dotAll: flag("s", this.#flags.dotAll),
      swapGreed: flag("U", this.#flags.swapGreed),
      extended: flag("x", this.#flags.extended),
    };
    return end === ")";
  }

  #escape(): Node {
    const letter = this.#peek();
    switch (letter) {
      case "A":
        this.#at++;
        return { kind: "assert", what: "text-start" };
      case "z":
        this.#at++;
        return { kind: "assert", what: "text-end" };
      case "b":
        this.#at++;
        return { kind: "assert", what: "word-edge" };
      case "B":
        this.#at++;
        return { kind: "assert", what: "no-word-edge" };
      case "Q":
        this.#at++;
        return this.#quoted();
      default:
        return this.#set(this.#classEscape() ?? literal(this.#charEscape()));
    }
  }

  /** `\Q…\E` */
  #quoted(): Node {
    const items: Node[] = [];
    while (this.#peek() !== "" && !this.#take("\\E")) {
      items.push(this.#set(literal(this.#peek().codePointAt(0) ?? 0)));
      this.#at++;
    }
    return { kind: "sequence", items };
  }

  /** `\d`, `\pL`, `\p{Greek}` after the backslash; null where the escape is of one character. */
  #classEscape(): string | null {
    const letter = this.#peek();
    const source = Object.hasOwn(classes, letter) ? classes[letter] : undefined;
    if (source !== undefined) {
      this.#at++;
      return source;
    }
    if (letter !== "p" && letter !== "P") return null;
    this.#at++;
    const text = this.#letters.slice(this.#at, this.#at + 64).join("");
    const found = /^(?:\{(\^?)([\w=:&. -]+)\}|(\w))/.exec(text);
    if (found === null) throw new PatternError("a Unicode class without a name");
    this.#at += found[0].length;
    const negated = (letter === "P") !== (found[1] === "^");
    const name = found[2] ?? found[3] ?? "";
    const set = unicodeClass(name);
    if (set === null) throw new PatternError(`the Unicode class ${name} is not known`);
    return `[${negated ? "^" : ""}${set}]`;
  }

  /** The code point of `\n`, `\x41`, `\x{1F600}`, `\u0041`, `\.` after the backslash. */
  #charEscape(): number {
    const letter = this.#peek();
    if (letter === "") throw new PatternError("a backslash at the end");
    this.#at++;
    const control = Object.hasOwn(controls, letter) ? controls[letter] : undefined;
    if (control !== undefined) return control;
    if (letter === "x" || letter === "u" || letter === "U")
      return this.#hex(letter === "x" ? 2 : letter === "u" ? 4 : 8);
    if (letter === "0") {
      const octal = /^[0-7]{0,2}/.exec(this.#peek() + this.#peek(1))?.[0] ?? "";
      this.#at += octal.length;
      return Number.parseInt(`0${octal}`, 8);
    }
    if (/[1-9]/.test(letter)) throw new PatternError("back-references are not supported");
    if (/[A-Za-z]/.test(letter)) throw new PatternError(`the escape \\${letter} is not known`);
    return letter.codePointAt(0) ?? 0;
  }

  #hex(digits: number): number {
    const text = this.#letters.slice(this.#at, this.#at + 12).join("");
    const found = /^\{([\dA-Fa-f]{1,8})\}/.exec(text) ?? new RegExp(`^([\\dA-Fa-f]{${digits}})`).exec(text);
    const code = Number.parseInt(found?.[1] ?? "", 16);
    if (found === null || code > 0x10ffff) throw new PatternError("a code point that does not exist");
    this.#at += found[0].length;
    return code;
  }

  /** A character class after its opening bracket, as a JavaScript class for the `v` flag. */
  #class(): string {
    if (++this.#depth > most.depth) throw new PatternError("classes are nested too deep");
    const negated = this.#take("^");
    let parts = "";
    for (let first = true; first || this.#peek() !== "]"; first = false) {
      if (this.#peek() === "") throw new UnclosedClass("an opening bracket without a closing one");
      const operator = /^(?:&&|--|~~)/.exec(this.#peek() + this.#peek(1))?.[0];
      if (operator !== undefined && !first) throw new PatternError("set operations in a class are not supported");
      parts += this.#classItem();
    }
    this.#at++;
    this.#depth--;
    return `[${negated ? "^" : ""}${parts}]`;
  }

  #classItem(): string {
    if (this.#peek() === "[") {
      const named = /^\[:(\^?)(\w+):\]/.exec(this.#letters.slice(this.#at, this.#at + 16).join(""));
      const set = named === null ? undefined : posix[named[2] ?? ""];
      if (named !== null && set !== undefined) {
        this.#at += named[0].length;
        return `[${named[1]}${set}]`;
      }
      this.#at++;
      const plain = !this.#nested || this.#peek() === "]" || this.#peek() === "";
      return plain ? literalInClass(0x5b) : this.#class();
    }
    const low = this.#classChar();
    if (typeof low === "string") return low;
    if (this.#peek() !== "-" || this.#peek(1) === "]" || this.#peek(1) === "") return literalInClass(low);
    this.#at++;
    const high = this.#classChar();
    if (typeof high === "string" || high < low)
      throw new PatternError("a range in a class has its ends in the wrong order");
    return `${literalInClass(low)}-${literalInClass(high)}`;
  }

  /** A class, or one character's code point. */
  #classChar(): string | number {
    const letter = this.#peek();
    this.#at++;
    if (letter !== "\\") return letter.codePointAt(0) ?? 0;
    if (this.#take("b")) return 8;
    return this.#classEscape() ?? this.#charEscape();
  }
}
