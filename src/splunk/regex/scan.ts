/** A regular expression that PCRE does not accept, or that this engine cannot run as PCRE would. */
export class PatternError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "PatternError";
  }
}

/** The options that `(?imsxU)` sets and unsets. Case is left to the target of the translation. */
export interface Flags {
  readonly multiline: boolean;
  readonly dotAll: boolean;
  readonly extended: boolean;
  readonly ungreedy: boolean;
}

/** Reads a pattern character by character. */
export class Scanner {
  at = 0;
  depth = 0;
  readonly source: string;
  /** Capture groups in the whole pattern: `\10` is a back reference if there are ten. */
  readonly groupCount: number;
  constructor(source: string) {
    this.source = source;
    this.groupCount = countGroups(source);
  }

  get done(): boolean {
    return this.at >= this.source.length;
  }

  peek(text: string): boolean {
    return this.source.startsWith(text, this.at);
  }

  /** The next character, a whole code point; "" at the end. */
  get next(): string {
    const point = this.source.codePointAt(this.at);
    return point === undefined ? "" : String.fromCodePoint(point);
  }

  take(): string {
    const c = this.next;
    this.at += c.length;
    return c;
  }

  accept(text: string): boolean {
    if (!this.peek(text)) return false;
    this.at += text.length;
    return true;
  }

  /** Matches a sticky expression here and steps over it. */
  match(expression: RegExp): RegExpExecArray | null {
    expression.lastIndex = this.at;
    const found = expression.exec(this.source);
    if (found !== null) this.at = expression.lastIndex;
    return found;
  }

  fail(message: string): never {
    throw new PatternError(`${message} at offset ${this.at}`);
  }
}

function countGroups(source: string): number {
  let count = 0;
  let inClass = false;
  for (let i = 0; i < source.length; i++) {
    const c = source.charAt(i);
    if (c === "\\") {
      if (source.charAt(i + 1) === "Q") {
        const end = source.indexOf("\\E", i);
        i = end < 0 ? source.length : end + 1;
      } else i++;
    } else if (inClass) inClass = c !== "]";
    else if (c === "[") {
      inClass = true;
      if (source.charAt(i + 1) === "^") i++;
      if (source.charAt(i + 1) === "]") i++;
    } else if (c === "(" && (source.charAt(i + 1) !== "?" || /^\(\?(?:P?<(?![=!])|')/.test(source.slice(i, i + 5))))
      count++;
  }
  return count;
}

/** A character that stands for itself, as Oniguruma reads it. */
export function literal(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  if (/[A-Za-z0-9_]/.test(character)) return character;
  if (point > 0x7e) return `\\x{${point.toString(16)}}`;
  return point < 0x20 || point === 0x7f ? `\\x${point.toString(16).padStart(2, "0")}` : `\\${character}`;
}

/** `(*UTF8)` and the like at the very start set options; a pattern here is text in Unicode anyway. */
export function skipStartOptions(scanner: Scanner): void {
  while (scanner.match(/\(\*(?:UTF8?|UTF16|UTF32|NO_START_OPT|NO_AUTO_POSSESS)\)/y) !== null);
}
