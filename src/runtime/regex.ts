import { compile, type Program, run } from "./regex-machine.ts";
import { type NativePattern, nativePattern } from "./regex-native.ts";
import { type ParsedPattern, PatternError, parsePattern } from "./regex-parse.ts";

/** The places of a match in UTF-16 units, and the texts of its groups: 0 is the whole match, null a group that took no part. */
export interface Match {
  readonly start: number;
  readonly end: number;
  readonly groups: readonly (string | null)[];
}

/** A pattern ready to match, in time linear in the text. */
export interface Regex {
  test(text: string): boolean;
  /** The leftmost match from a place on. */
  exec(text: string, from?: number): Match | null;
  /** All matches, left to right, without overlap. */
  matches(text: string): readonly Match[];
  readonly groups: number;
  readonly names: ReadonlyMap<string, number>;
}

const cache = new Map<string, Regex>();
const mostCached = 500;

/** The pattern, compiled once. A pattern that is not valid matches nothing; `regexProblem` says why. Flags are those of `(?flags)`. */
export function regex(pattern: string, flags = ""): Regex {
  const key = `${flags}/${pattern}`;
  let found = cache.get(key);
  if (found === undefined) {
    found = compiled(pattern, flags) ?? nothing;
    if (cache.size >= mostCached) cache.clear();
    cache.set(key, found);
  }
  return found;
}

/** Why the engine refuses a pattern, as half a sentence, or null where it does not. */
export function regexProblem(pattern: string): string | null {
  try {
    compile(parsePattern(pattern));
    return null;
  } catch (problem) {
    if (problem instanceof PatternError) return problem.message;
    throw problem;
  }
}

/** How many groups a pattern has; 0 for one that is not valid. */
export function regexGroups(pattern: string): number {
  return regex(pattern).groups;
}

/** The pattern that matches exactly this text. */
export function quotePattern(text: string): string {
  return text.replace(/[\\.+*?()|[\]{}^$#&\-~]/g, "\\$&");
}

const nothing: Regex = { test: () => false, exec: () => null, matches: () => [], groups: 0, names: new Map() };

function compiled(pattern: string, flags: string): Regex | null {
  try {
    const parsed = parsePattern(pattern, {
      fold: flags.includes("i"),
      lines: flags.includes("m"),
      dotAll: flags.includes("s"),
      swapGreed: flags.includes("U"),
    });
    return new CompiledRegex(parsed, compile(parsed));
  } catch (problem) {
    if (problem instanceof PatternError) return null;
    throw problem;
  }
}

/** The platform's engine is used for texts so short that its time is bounded by about this many steps. */
const mostNativeSteps = 4_000_000;

class CompiledRegex implements Regex {
  readonly groups: number;
  readonly names: ReadonlyMap<string, number>;
  readonly #program: Program;
  readonly #native: NativePattern | null;
  readonly #search: RegExp | null;
  /** The longest text that the platform's engine gets. */
  readonly #longest: number;

  constructor(pattern: ParsedPattern, program: Program) {
    this.groups = pattern.groups;
    this.names = pattern.names;
    this.#program = program;
    this.#native = nativePattern(pattern.root);
    this.#search = this.#native && new RegExp(this.#native.source, `g${this.#native.flags}`);
    this.#longest =
      this.#native === null || this.#native.degree <= 1
        ? Number.POSITIVE_INFINITY
        : mostNativeSteps ** (1 / this.#native.degree);
  }

  test(text: string): boolean {
    if (this.#search === null || text.length > this.#longest) return run(this.#program, 0, text, 0) !== null;
    this.#search.lastIndex = 0;
    return this.#search.test(text);
  }

  exec(text: string, from = 0): Match | null {
    if (this.#search === null || text.length > this.#longest) return this.#run(text, from);
    this.#search.lastIndex = from;
    const found = this.#search.exec(text);
    if (found === null) return null;
    const groups = Array.from({ length: this.groups + 1 }, (_, i) => found[i] ?? null);
    return { start: found.index, end: found.index + found[0].length, groups };
  }

  #run(text: string, from: number): Match | null {
    const slots = run(this.#program, this.groups, text, from);
    if (slots === null) return null;
    const groups = Array.from({ length: this.groups + 1 }, (_, i) => {
      const [start = -1, end = -1] = slots.slice(2 * i, 2 * i + 2);
      return start < 0 || end < 0 ? null : text.slice(start, end);
    });
    return { start: slots[0] ?? 0, end: slots[1] ?? 0, groups };
  }

  /** An empty match right behind another match does not count. */
  matches(text: string): readonly Match[] {
    const found: Match[] = [];
    for (let from = 0; from <= text.length; ) {
      const match = this.exec(text, from);
      if (match === null) break;
      const empty = match.start === match.end;
      if (!empty || match.end !== found.at(-1)?.end) found.push(match);
      from = empty ? match.end + ((text.codePointAt(match.end) ?? 0) > 0xffff ? 2 : 1) : match.end;
    }
    return found;
  }
}
